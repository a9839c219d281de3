-- The words of messages and the names of people, folded and cut by us: the server's dictionaries know a few languages only.
-- Each word begins with a sign for its workspace, so that one index serves all of them and reads of none but one.
create table search_words (
  workspace_id uuid not null,
  message_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  said_by uuid, -- the identity of a customer, else the member; null: neither is known
  sent_at timestamptz not null,
  words tsvector not null,
  primary key (workspace_id, message_id)
);
create index search_words_newest on search_words (workspace_id, sent_at desc, message_id desc);
create index search_words_words on search_words using gin (words) with (gin_pending_list_limit = 512);

create table search_names (
  workspace_id uuid not null,
  identity_id uuid not null,
  channel_id uuid not null,
  words tsvector not null,
  primary key (workspace_id, identity_id)
);
create index search_names_words on search_names using gin (words) with (gin_pending_list_limit = 512);

-- How far both follow the change log. What was said before that is taken up from the newest message downward.
create table search_progress (
  workspace_id uuid primary key references workspaces,
  upto bigint not null, -- the last change that was looked at
  above uuid, -- messages from here on are in; null: all are
  folding integer not null -- the way of folding by which they are in
);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['search_words', 'search_names', 'search_progress'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
alter table search_progress force row level security;

-- Under a policy `@@` uses no index. So the statements that search run as the owner, whom no policy holds, and take the
-- workspace themselves: from the same setting as the policy, never from whoever calls.

create function search_newest_words(
  wanted tsquery, channels uuid[], authors uuid[], since timestamptz, below_at timestamptz, below_id uuid,
  walked integer, most integer
) returns table (message_id uuid, sent_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
  select n.message_id, n.sent_at from (
    select w.message_id, w.sent_at, w.channel_id, w.said_by, w.words from search_words w
    where w.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
      and (w.sent_at, w.message_id) < (below_at, below_id) and w.sent_at >= since
    order by w.sent_at desc, w.message_id desc limit walked
  ) as n
  where (wanted is null or n.words @@ wanted) and (channels is null or n.channel_id = any(channels))
    and (authors is null or n.said_by = any(authors))
  order by n.sent_at desc, n.message_id desc limit most
$$;

create function search_all_words(
  wanted tsquery, channels uuid[], authors uuid[], since timestamptz, below_at timestamptz, below_id uuid,
  most integer
) returns table (message_id uuid, sent_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
  with found as materialized (
    select w.workspace_id, w.message_id, w.sent_at from search_words w
    where w.words @@ wanted and (channels is null or w.channel_id = any(channels))
      and (authors is null or w.said_by = any(authors))
  )
  select f.message_id, f.sent_at from found f
  where f.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
    and (f.sent_at, f.message_id) < (below_at, below_id) and f.sent_at >= since
  order by f.sent_at desc, f.message_id desc limit most
$$;

create function search_all_names(wanted tsquery, channels uuid[], most integer) returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  with found as materialized (
    select n.workspace_id, n.identity_id from search_names n
    where n.words @@ wanted and (channels is null or n.channel_id = any(channels))
  )
  select f.identity_id from found f
  where f.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid limit most
$$;

do $$
declare
  f text;
begin
  foreach f in array array['search_newest_words', 'search_all_words', 'search_all_names'] loop
    execute format('revoke all on function %I from public', f);
    execute format('grant execute on function %I to dragoman_app', f);
  end loop;
end $$;
