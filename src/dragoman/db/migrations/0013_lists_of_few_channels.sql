-- The views of a member who may see some channels only: merged from each of them, whatever the others hold.
create index conversations_waiting_of_channel on conversations
  (workspace_id, channel_id, waiting_since, conversation_id) where status = 'open' and waiting_for = 'us';
create index conversations_all_of_channel on conversations
  (workspace_id, channel_id, last_message_at desc, conversation_id desc) where status <> 'unopened';
create index conversations_closed_of_channel on conversations
  (workspace_id, channel_id, closed_at desc, conversation_id desc) where status = 'closed';
