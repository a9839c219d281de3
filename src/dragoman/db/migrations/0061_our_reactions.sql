-- A reaction of ours is shown at once and sent beside it: why the platform did not take it stands with it.
alter table reactions add column refused text check (length(refused) <= 1000);
