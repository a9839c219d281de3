-- Whether a stored file belongs to anything.
create index attachments_stored on attachments (workspace_id, storage_key) where storage_key is not null;
