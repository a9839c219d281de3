-- A view is merged from the channels that a member may see, whatever the others hold: one index serves every member.
drop index conversations_waiting;
drop index conversations_all;
drop index conversations_closed;
create index conversations_waiting on conversations
  (workspace_id, channel_id, waiting_since, conversation_id) where status = 'open' and waiting_for = 'us';
create index conversations_all on conversations
  (workspace_id, channel_id, last_message_at desc, conversation_id desc) where status <> 'unopened';
create index conversations_closed on conversations
  (workspace_id, channel_id, closed_at desc, conversation_id desc) where status = 'closed';
