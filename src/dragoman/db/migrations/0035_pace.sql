-- Platforms limit what we send to one person, with bursts, and sound and film more than words; and who waits sees why.
alter table conversations add column paced_until timestamptz; -- by then its sends would have left at an even pace; null: nothing was sent
alter table channels add column next_slow_send_at timestamptz not null default '-infinity'; -- of the kinds that have a pace of their own
alter table messages add column leaves_at timestamptz; -- queued: not before then, and not for our own undo
