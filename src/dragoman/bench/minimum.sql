-- The machine's own limit for `bench pipeline`: the rows that 120 envelopes leave behind, made up inside PostgreSQL
-- and committed in the two batches in which a worker commits them. pgbench runs this over one connection.
\set first random(0, 960)
begin;
insert into envelopes (workspace_id, envelope_id, connection_id, received_at, due_at, body)
select '{workspace}', uuidv7(), '{connection}', now(), null, decode(repeat('7b', {body_bytes}), 'hex') from generate_series(1, 120);
insert into arrivals (workspace_id, arrival_id, envelope_id, connection_id, channel_id, account, natural_key, kind, lane,
                      received_at, due_at)
select '{workspace}', uuidv7(), uuidv7(), '{connection}', '{channel}', '7100200300', 'message:' || uuidv7(), 'message',
       n % 64, now(), now()
from generate_series(1, 120) n;
commit;
begin;
update arrivals set due_at = null, outcome = 'conversation', attempts = attempts + 1
where workspace_id = '{workspace}' and due_at is not null;
insert into messages (workspace_id, message_id, conversation_id, channel_id, turn_id, side, origin, external_id, sent_at,
                      arrived_at, text, waits)
select '{workspace}', uuidv7(), ('00000000-0000-7000-8000-' || lpad((:first + n % 40)::text, 12, '0'))::uuid,
       '{channel}', uuidv7(), 'customer', 'customer', uuidv7()::text, now(), now(), 'which size is the one in black', true
from generate_series(1, 120) n;
insert into turns (workspace_id, turn_id, conversation_id, side, first_at, last_at, fragments, arrived_first_at,
                   arrived_last_at, settled_at, settled_fragments)
select '{workspace}', uuidv7(), ('00000000-0000-7000-8000-' || lpad((:first + n)::text, 12, '0'))::uuid, 'customer',
       now(), now(), 3, now(), now(), now(), 3
from generate_series(0, 39) n;
update conversations set last_message_at = now(), waiting_since = now(), unanswered_count = unanswered_count + 3
where workspace_id = '{workspace}' and conversation_id = any (
  select ('00000000-0000-7000-8000-' || lpad((:first + n)::text, 12, '0'))::uuid from generate_series(0, 39) n);
with taken as (
  update workspaces set seq = seq + 200 where workspace_id = '{workspace}' returning seq
)
insert into changes (workspace_id, seq, kind, at, conversation_id)
select '{workspace}', taken.seq - 200 + n, 'message', now(), uuidv7() from taken, generate_series(1, 200) n;
commit;
