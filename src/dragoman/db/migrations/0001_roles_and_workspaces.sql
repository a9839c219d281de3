-- Roles. The processes log in as the owner of the database and step down to one of these in every transaction.
--   dragoman_app    serves: sees one workspace at a time, by row-level security
--   dragoman_door   stores envelopes and can do nothing else
--   dragoman_clock  finds out where work is due: workspace, lane and time, no content
do $$
declare
  wanted text;
begin
  foreach wanted in array array['dragoman_app', 'dragoman_door', 'dragoman_clock'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception when duplicate_object or unique_violation then
        null; -- roles belong to the whole server: a database beside this one was faster
      end;
    end if;
    if not pg_has_role(current_user, wanted, 'member') then
      execute format('grant %I to current_user', wanted);
    end if;
  end loop;
end $$;

grant usage on schema public to dragoman_app, dragoman_door, dragoman_clock;

create table workspaces (
  workspace_id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  kind text not null check (kind in ('production', 'trial')),
  seq bigint not null default 0, -- the last number taken in the change log: gap-free
  log_from bigint not null default 0, -- changes up to here are forgotten: who asks for older ones starts over
  bodies_kept_days integer not null default 30 check (bodies_kept_days between 1 and 3650),
  undo_seconds integer not null default 5 check (undo_seconds between 0 and 60),
  created_at timestamptz not null
);

-- Members carry their own name and address, since an account is visible to nobody but its owner.
create table members (
  workspace_id uuid not null references workspaces,
  member_id uuid not null,
  account_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  email text not null,
  role text not null check (role in ('owner', 'admin', 'member')),
  sees_all_channels boolean not null default true,
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (workspace_id, member_id),
  unique (workspace_id, account_id)
);
create index members_of_account on members (account_id);

create table teams (
  workspace_id uuid not null references workspaces,
  team_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  primary key (workspace_id, team_id)
);

create table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, team_id, member_id),
  foreign key (workspace_id, team_id) references teams,
  foreign key (workspace_id, member_id) references members
);

-- 64 lanes per workspace: work of one conversation always falls into the same one, and one worker at a time holds it.
create table lanes (
  workspace_id uuid not null references workspaces,
  lane smallint not null check (lane between 0 and 63),
  primary key (workspace_id, lane)
);
