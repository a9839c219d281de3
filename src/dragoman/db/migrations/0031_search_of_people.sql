-- What some customers said is found through their conversations. By the index of words alone, a word that is said often
-- brought everybody's messages first, of which those of few people were left.
create function search_words_of_people(
  wanted tsquery, channels uuid[], people uuid[], since timestamptz, below_at timestamptz, below_id uuid, most integer
) returns table (message_id uuid, sent_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
  with here as (
    select nullif(current_setting('app.workspace_id', true), '')::uuid as workspace_id
  ), said as materialized (
    select m.workspace_id, m.message_id, c.identity_id from here
    join conversations c on c.workspace_id = here.workspace_id and c.identity_id = any(people)
    join messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
      and m.sent_at >= since and m.sent_at <= below_at
  )
  select w.message_id, w.sent_at from said
  join search_words w on w.workspace_id = said.workspace_id and w.message_id = said.message_id
    and w.said_by = said.identity_id
  where w.words @@ wanted and (channels is null or w.channel_id = any(channels))
    and (w.sent_at, w.message_id) < (below_at, below_id)
  order by w.sent_at desc, w.message_id desc limit most
$$;
revoke all on function search_words_of_people from public;
grant execute on function search_words_of_people to dragoman_app;
