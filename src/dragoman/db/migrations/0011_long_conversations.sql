-- Of a conversation with tens of thousands of messages: those of ours that a receipt may still raise.
create index messages_unread on messages (workspace_id, conversation_id, sent_at)
  where side = 'team' and state = 'sent' and receipt < 3;
