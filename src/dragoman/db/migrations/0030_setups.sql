-- A channel that is being connected, from its first step to the message there and back. What was entered lies with the
-- connection, which there is from the beginning: its address and verify token must be known before it can work.
create table setups (
  workspace_id uuid not null,
  connection_id uuid not null,
  way text not null default '', -- of several ways to log in
  renews uuid, -- a living channel, whose credentials these will take the place of
  state text not null check (state in ('waiting_for_you', 'waiting_for_platform', 'testing', 'live')),
  step text not null default '', -- where the guide stands
  checks jsonb not null default '[]', -- what was tried, in order, and what came of it
  approvals jsonb not null default '{}', -- by name: when it was asked for and granted
  begun_by uuid not null,
  begun_at timestamptz not null,
  primary key (workspace_id, connection_id),
  foreign key (workspace_id, connection_id) references connections
);

do $$
declare
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  execute 'alter table setups enable row level security';
  execute 'alter table setups force row level security';
  execute format('create policy one_workspace on setups to dragoman_app using (%s) with check (%s)', here, here);
  execute 'grant select, insert, update, delete on setups to dragoman_app';
end $$;
