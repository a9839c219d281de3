-- How often anything about a workspace's rules has changed: whoever has read them knows by it whether to read again.
-- Its lock puts changes of rules in order.
create table rule_sets (
  workspace_id uuid not null,
  version bigint not null,
  primary key (workspace_id)
);

create table rules (
  workspace_id uuid not null,
  rule_id uuid not null,
  place integer not null, -- their order: the smaller, the earlier it is asked
  content jsonb not null,
  version integer not null, -- of its content: the newest of rule_versions
  changed_by uuid not null,
  changed_at timestamptz not null,
  failures smallint not null default 0, -- in a row
  parked_at timestamptz, -- it failed too often, and waits for a person
  parked_reason text,
  removed_at timestamptz, -- what it did names it still
  primary key (workspace_id, rule_id)
);
create index rules_in_order on rules (workspace_id, place, rule_id) where removed_at is null;

create table rule_versions (
  workspace_id uuid not null,
  rule_id uuid not null,
  version integer not null,
  content jsonb not null,
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (workspace_id, rule_id, version),
  foreign key (workspace_id, rule_id) references rules
);

-- A rule runs once about the same: about a turn, or a wait that begins with a message.
create table rule_runs (
  workspace_id uuid not null,
  rule_id uuid not null,
  subject uuid not null,
  conversation_id uuid not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('nothing', 'done', 'failed', 'too_many')),
  primary key (workspace_id, rule_id, subject),
  foreign key (workspace_id, rule_id) references rules,
  foreign key (workspace_id, conversation_id) references conversations
);
create index rule_runs_of_conversation on rule_runs (workspace_id, conversation_id, at desc);
create index rule_runs_by_time on rule_runs (workspace_id, at);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['rule_sets', 'rules', 'rule_versions', 'rule_runs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
