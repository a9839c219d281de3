-- Conversations of one workspace, five messages each, as a quarter of a year leaves them behind: 3 of 100 wait, 7 are open
-- and answered, the rest is closed. What was said is put together from `phrases`, two each; the first message of a
-- conversation also names a number that no other does.
create or replace function pg_temp.id_at(at timestamptz, what text, n bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || left(md5(what || n), 3) || '8'
          || right(md5(what || n), 15))::uuid
$$;

create temp table crowd on commit drop as
select n, (%(channels)s::uuid[])[1 + n %% cardinality(%(channels)s::uuid[])] as channel_id,
       pg_temp.id_at(ends - interval '1 day', 'conversation', n) as conversation_id,
       ends - interval '1 day' as began, ends,
       (%(first_names)s::text[])[1 + n %% cardinality(%(first_names)s::text[])] || ' '
       || (%(last_names)s::text[])[1 + n / 7 %% cardinality(%(last_names)s::text[])] as name,
       n %% 100 < 3 as waits, case when n %% 100 < 10 then 'open' else 'closed' end as status
from generate_series(1::bigint, %(conversations)s) n, lateral (select now() - n * interval '90 days' / %(conversations)s as ends) e;

create temp table said on commit drop as
select c.n, k, c.conversation_id, c.channel_id, c.began, sent_at, pg_temp.id_at(sent_at, 'message', c.n * 5 + k) as message_id,
       pg_temp.id_at(sent_at - (case when k = 2 or k = 5 and c.waits then interval '7 s' else interval '0' end),
                     'turn', c.n * 5 + k - (case when k = 2 or k = 5 and c.waits then 1 else 0 end)) as turn_id,
       case when k = 3 or k = 5 and not c.waits then 'team' else 'customer' end as side,
       (c.n * 5 + k) * 7919 %% %(phrases)s as one, (c.n * 5 + k) * 104729 / 3 %% %(phrases)s as other
from pg_temp.crowd c, generate_series(1, 5) k,
     lateral (select c.ends - (array[3600, 3593, 1800, 7, 0])[k] * interval '1 s' as sent_at) at;
analyze pg_temp.crowd;
analyze pg_temp.said;

insert into contacts (workspace_id, contact_id, name, created_at)
select %(workspace)s, pg_temp.id_at(c.began, 'person', c.n), c.name, c.began from pg_temp.crowd c;

insert into identities (workspace_id, identity_id, channel_id, contact_id, address, name, profile_at, created_at)
select %(workspace)s, pg_temp.id_at(c.began, 'identity', c.n), c.channel_id, pg_temp.id_at(c.began, 'person', c.n), c.n::text,
       c.name, c.began, c.began
from pg_temp.crowd c;

insert into identity_addresses (workspace_id, channel_id, address, identity_id)
select %(workspace)s, c.channel_id, c.n::text, pg_temp.id_at(c.began, 'identity', c.n) from pg_temp.crowd c;

insert into conversations (workspace_id, conversation_id, channel_id, identity_id, lane, status, waiting_for, waiting_since,
                           first_unanswered_at, first_unanswered_order, first_unanswered_id,
                           last_unanswered_at, last_unanswered_order, last_unanswered_id, unanswered_count,
                           opened_at, closed_at, said_at, last_message_at, last_message_order, last_message_id, last_side,
                           newest_id, last_arrived_at, last_customer_at, created_at)
select %(workspace)s, c.conversation_id, c.channel_id, pg_temp.id_at(c.began, 'identity', c.n), c.n %% 64, c.status,
       case when c.waits then 'us' else 'nobody' end, case when c.waits then first.sent_at end,
       case when c.waits then first.sent_at end, case when c.waits then 0 end, case when c.waits then first.message_id end,
       case when c.waits then last.sent_at end, case when c.waits then 0 end, case when c.waits then last.message_id end,
       case when c.waits then 2 else 0 end,
       c.began, case when c.status = 'closed' then last.sent_at end, last.sent_at, last.sent_at, 0, last.message_id, last.side,
       last.message_id, first.sent_at, first.sent_at, c.began
from pg_temp.crowd c
join pg_temp.said first on first.n = c.n and first.k = 4
join pg_temp.said last on last.n = c.n and last.k = 5;

insert into turns (workspace_id, turn_id, conversation_id, side, first_at, last_at, fragments, arrived_first_at,
                   arrived_last_at, settled_at, settled_fragments)
select %(workspace)s, s.turn_id, s.conversation_id, s.side, min(s.sent_at), max(s.sent_at), count(*), min(s.sent_at),
       max(s.sent_at), max(s.sent_at), count(*)
from pg_temp.said s group by s.turn_id, s.conversation_id, s.side;

insert into messages (workspace_id, message_id, conversation_id, channel_id, turn_id, side, origin, author_id, external_id,
                      sent_at, arrived_at, text, state, receipt, waits)
select %(workspace)s, s.message_id, s.conversation_id, s.channel_id, s.turn_id, s.side,
       case when s.side = 'team' then 'member' else 'customer' end, case when s.side = 'team' then %(member)s::uuid end,
       s.message_id::text, s.sent_at, s.sent_at, one.text || ' ' || other.text || case when s.k = 1 then ' ' || (100000 + s.n)::text else '' end,
       case when s.side = 'team' then 'sent' end, case when s.side = 'team' then 3 else 0 end, s.side = 'customer'
from pg_temp.said s
join pg_temp.phrases one on one.nth = s.one
join pg_temp.phrases other on other.nth = s.other;

insert into search_words (workspace_id, message_id, conversation_id, channel_id, said_by, sent_at, words)
select %(workspace)s, s.message_id, s.conversation_id, s.channel_id,
       case when s.side = 'team' then %(member)s::uuid else pg_temp.id_at(s.began, 'identity', s.n) end, s.sent_at,
       one.words || other.words
       || case when s.k = 1 then array_to_tsvector(array[%(sign)s || (100000 + s.n)::text]) else ''::tsvector end
from pg_temp.said s
join pg_temp.phrases one on one.nth = s.one
join pg_temp.phrases other on other.nth = s.other;

insert into search_names (workspace_id, identity_id, channel_id, words)
select %(workspace)s, pg_temp.id_at(c.began, 'identity', c.n), c.channel_id,
       array_to_tsvector(array(select distinct %(sign)s || w from unnest(string_to_array(lower(c.name), ' ')) w))
from pg_temp.crowd c;

insert into counters (workspace_id, channel_id, name, value)
select %(workspace)s, c.channel_id, v.name, count(*)
from pg_temp.crowd c, lateral (values (case when c.waits then 'waiting' end), (case when c.status = 'closed' then 'closed' else 'open' end)) as v(name)
where v.name is not null group by c.channel_id, v.name
on conflict (workspace_id, channel_id, name) do update set value = excluded.value;

insert into search_progress (workspace_id, upto, above, folding)
select workspace_id, seq, null, %(folding)s from workspaces where workspace_id = %(workspace)s
on conflict (workspace_id) do update set upto = excluded.upto, above = null, folding = excluded.folding;
