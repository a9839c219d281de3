-- What members speak and know, when they work and how much of it at once: who a conversation is for. Read whole, all
-- members together, so lists are values here and not tables.
create table member_work (
  workspace_id uuid not null,
  member_id uuid not null,
  languages jsonb not null default '[]', -- [{language, level}], BCP 47
  skills jsonb not null default '[]', -- words
  zone text, -- IANA; null: the workspace's
  shifts jsonb, -- [{day, start, end}], Monday is 1, minutes after midnight; null: the workspace's business hours
  days_off jsonb not null default '[]', -- [{first, last}]
  capacity smallint not null default 20 check (capacity between 1 and 1000), -- open conversations at a time
  away_since timestamptz,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references members
);

-- Who has a screen open: written once a minute at most, by whichever process serves it. And when routing gave them
-- something last: who was given something longest ago is next among those who have as much to do.
create table member_presence (
  workspace_id uuid not null,
  member_id uuid not null,
  seen_at timestamptz,
  given_at timestamptz,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references members
);

alter table workspaces
  add column zone text not null default 'UTC',
  add column shifts jsonb, -- business hours; null: at all times
  add column holidays jsonb not null default '[]', -- [{day, name}]
  add column routing boolean not null default true,
  add column fallback_team uuid; -- gets what nobody else can take

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['member_work', 'member_presence'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;

-- Somebody waits whom nobody here can take: one for each language and reason why.
alter table alarms drop constraint alarms_what_check;
alter table alarms add constraint alarms_what_check check (what in (
  'window_closing', 'trouble', 'token_ends', 'rights_missing', 'sends_fail', 'unsubscribed', 'silent', 'unrouted'));
