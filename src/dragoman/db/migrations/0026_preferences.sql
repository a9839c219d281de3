-- How a person likes to work, the same on every device of theirs: their keys. What is not there is as usual.
alter table accounts
  add column preferences jsonb not null default '{}'
    check (jsonb_typeof(preferences) = 'object' and octet_length(preferences::text) <= 32768);
