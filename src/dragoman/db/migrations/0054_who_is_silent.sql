-- Rules that wait for silence look for it every minute.
create index conversations_silent on conversations (workspace_id, said_at, conversation_id)
  where status = 'open' and waiting_for = 'them';
