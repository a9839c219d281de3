-- An account may come by another one's connection, when its owner connects it: bodies call it by a name that the
-- platform may replace, while its own id stays.
alter table channels
  add column lasting_id text, -- null: an account that our own credentials speak for
  add column connected_at timestamptz; -- by the platform's clock: the name of the newest connection counts
create unique index one_channel_per_connected_account on channels (workspace_id, platform, lasting_id)
  where state <> 'removed' and lasting_id is not null;
