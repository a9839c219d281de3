-- The picture that a person shows of themselves at the platform: an attachment of their channel without a message.
alter table identities add column picture_id uuid;
