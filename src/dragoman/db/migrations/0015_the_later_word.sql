-- Blocking and coming back may arrive in any order: the later of the two, by the platform's time, is what holds.
alter table identities add column block_heard_at timestamptz; -- null: of no later word than blocked_us_at
