-- How urgent a conversation is to us. Nobody has said so of those that are there.
alter table conversations
  add column priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent'));
