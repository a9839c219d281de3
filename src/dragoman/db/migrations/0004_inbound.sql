-- What came in, as bytes, stored before it is acknowledged. due_at: when it wants to be parsed; null: done or parked.
create table envelopes (
  workspace_id uuid not null,
  envelope_id uuid not null,
  connection_id uuid not null,
  received_at timestamptz not null,
  body bytea not null,
  due_at timestamptz,
  attempts smallint not null default 0,
  parked_reason text,
  primary key (workspace_id, envelope_id)
);
create index envelopes_due on envelopes (workspace_id, due_at) where due_at is not null;
create index envelopes_parked on envelopes (workspace_id, envelope_id) where parked_reason is not null;

-- One thing in an envelope. Kept for good, without text. due_at: when it wants to be placed; null: it has its outcome.
create table arrivals (
  workspace_id uuid not null,
  arrival_id uuid not null,
  envelope_id uuid not null,
  connection_id uuid not null,
  channel_id uuid, -- null: the account was unknown when it came (parked)
  account text not null,
  natural_key text not null,
  kind text not null,
  lane smallint not null,
  received_at timestamptz not null,
  due_at timestamptz,
  attempts smallint not null default 0,
  outcome text check (outcome in ('conversation', 'shelved', 'applied', 'duplicate', 'imported', 'blocked', 'parked')),
  reason text,
  duplicate_of uuid,
  conversation_id uuid,
  message_id uuid,
  primary key (workspace_id, arrival_id),
  check ((due_at is null) = (outcome is not null))
);
create unique index arrivals_natural_key on arrivals (workspace_id, channel_id, natural_key)
  where duplicate_of is null and channel_id is not null;
create index arrivals_due on arrivals (workspace_id, lane, due_at) where due_at is not null;
create index arrivals_parked on arrivals (workspace_id, arrival_id) where outcome = 'parked';
create index arrivals_of_envelope on arrivals (workspace_id, envelope_id);

-- Timers, chores and sends: work to be done later, in the same lanes, written with its cause.
create table jobs (
  workspace_id uuid not null,
  job_id uuid not null,
  lane smallint not null,
  kind text not null,
  subject uuid not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  payload jsonb not null default '{}',
  parked_reason text,
  primary key (workspace_id, job_id),
  unique (workspace_id, kind, subject)
);
create index jobs_due on jobs (workspace_id, lane, due_at) where parked_reason is null;
