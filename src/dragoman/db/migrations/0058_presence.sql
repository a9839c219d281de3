-- Who is here: a browser of theirs listens, and somebody has touched it lately. It is kept, and not only reckoned, so
-- that colleagues are told when it changes.
alter table member_presence
  add column active_at timestamptz,
  add column here_since timestamptz; -- null: they are not here
