-- Every message paid for two indexes that next to none of them needs: a turn's messages are found by its stretch of
-- the timeline, and only what a member sent has an idempotency key.
drop index messages_of_turn;
drop index messages_idempotency;
create unique index messages_idempotency on messages (workspace_id, conversation_id, idempotency_key)
  where idempotency_key is not null;
