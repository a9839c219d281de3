-- When the platform's reply window shuts follows from what the customer did last, by the platform's rule; that an end is
-- near is marked by a timer, so that views, counts and browsers learn of it by the log.
alter table conversations
  add column customer_wrote_at timestamptz, -- the newest move that the longer time, for a person's own words, counts from
  add column window_closing_until timestamptz; -- the end that is near; null: none is
create index conversations_window_closing on conversations
  (workspace_id, channel_id, window_closing_until, conversation_id)
  where window_closing_until is not null and waiting_since is not null;

-- What is here already: it counts from their newest message, and a timer looks at each once. Nobody's policy lets the
-- owner of the tables see a row, so for that moment they are not forced upon it.
alter table conversations no force row level security;
alter table messages no force row level security;
alter table jobs no force row level security;
update conversations c set customer_wrote_at = (
  select max(m.sent_at) from messages m
  where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id and m.origin = 'customer'
    and m.external_id is not null)
where c.last_customer_at is not null;
insert into jobs (workspace_id, job_id, lane, kind, subject, due_at)
  select workspace_id, gen_random_uuid(), lane, 'window', conversation_id, now()
  from conversations where last_customer_at is not null;
alter table conversations force row level security;
alter table messages force row level security;
alter table jobs force row level security;
