-- What a rule or routing did and somebody took back again.
alter table trail add column reverted_at timestamptz;
