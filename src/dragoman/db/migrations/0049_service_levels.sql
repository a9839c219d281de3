-- How soon whom is to be answered: asked in their order, the first that fits holds. Read whole, so what each says is one
-- value.
create table service_levels (
  workspace_id uuid not null,
  level_id uuid not null,
  place integer not null, -- the smaller, the earlier it is asked
  content jsonb not null,
  primary key (workspace_id, level_id)
);
create index service_levels_in_order on service_levels (workspace_id, place, level_id);
alter table service_levels enable row level security;
alter table service_levels force row level security;
create policy one_workspace on service_levels to dragoman_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on service_levels to dragoman_app;

-- The clock of one who waits, by the service level that holds for them; null where none does, or nobody waits.
alter table conversations
  add column service_level_id uuid,
  add column service_reply text check (service_reply in ('first', 'next')),
  add column service_since timestamptz, -- when they began to wait
  add column service_at_risk_at timestamptz,
  add column service_due_at timestamptz,
  add column service_state text check (service_state in ('running', 'at_risk', 'overdue')), -- as the timer found it
  add column service_told text check (service_told in ('running', 'at_risk', 'overdue')); -- of that somebody has heard
create index conversations_on_the_clock on conversations (workspace_id, conversation_id)
  where service_level_id is not null;
create index conversations_at_risk on conversations (workspace_id, channel_id, service_due_at, conversation_id)
  where service_state in ('at_risk', 'overdue');

-- What became of it, for reports: when the first reply of an episode was due, whether it came in time, and how many did.
alter table episodes
  add column first_reply_due_at timestamptz,
  add column first_reply_met boolean,
  add column replies_met integer not null default 0,
  add column replies_missed integer not null default 0;
