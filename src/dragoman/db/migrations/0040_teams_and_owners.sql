-- Whose a conversation is: a member's, and the queue of a team in which it stands. Either may be there without the other.
alter table conversations add column team_id uuid;
create index conversations_unassigned on conversations (workspace_id, channel_id, waiting_since, conversation_id)
  where status = 'open' and waiting_for = 'us' and owner_id is null;
create index conversations_of_team on conversations (workspace_id, channel_id, team_id, waiting_since, conversation_id)
  where status = 'open' and waiting_for = 'us' and team_id is not null;
create index conversations_owned on conversations (workspace_id, owner_id, status, channel_id) where owner_id is not null;
create index conversations_in_team on conversations (workspace_id, team_id) where team_id is not null;
create index team_members_of on team_members (workspace_id, member_id);

alter table workspaces add column reply_takes boolean not null default true; -- who answers what nobody has, has it

-- Nobody owned anything so far.
alter table conversations no force row level security;
alter table counters no force row level security;
insert into counters (workspace_id, channel_id, name, value)
  select workspace_id, channel_id, 'unassigned', count(*) from conversations
  where status = 'open' and waiting_for = 'us' and owner_id is null group by workspace_id, channel_id;
alter table conversations force row level security;
alter table counters force row level security;
