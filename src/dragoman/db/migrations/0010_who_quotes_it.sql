-- Which messages quote a message: they show its words, so they change when it does.
create index messages_quoting on messages (workspace_id, channel_id, reply_to) where reply_to is not null;
