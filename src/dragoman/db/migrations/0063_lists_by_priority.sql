-- A list may be filtered by priority. Few conversations have another one than the normal one: they are found at once.
create index conversations_prioritised on conversations (workspace_id, channel_id, priority)
  where priority <> 'normal' and status <> 'unopened';
