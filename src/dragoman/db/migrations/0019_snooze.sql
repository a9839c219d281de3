-- Until when a conversation is out of sight, and by whom. It stays written when the time has come, until somebody attends
-- to it: so what nobody waits for comes back to where one sees it.
alter table conversations
  add column snoozed_until timestamptz,
  add column snoozed_by uuid;
create index conversations_snoozed on conversations
  (workspace_id, channel_id, snoozed_until, conversation_id) where snoozed_until is not null and waiting_for <> 'us';
create index conversations_snoozed_waiting on conversations
  (workspace_id, channel_id, waiting_since, conversation_id) where status = 'snoozed' and waiting_since is not null;
