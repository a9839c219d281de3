-- How far back the past is read in when a channel is connected; 0: not at all.
alter table workspaces add column history_days integer not null default 90 check (history_days between 0 and 730);

-- Since when a channel needs attention: from then on, or before, something may have passed us by.
alter table channels add column trouble_since timestamptz;

-- Reading in what a platform remembers: all of a time when a channel was connected, or what a gap held. Done in small
-- steps; where it stands is here, so that it goes on after anything.
create table backfills (
  workspace_id uuid not null,
  backfill_id uuid not null,
  channel_id uuid not null,
  why text not null check (why in ('connected', 'gap')),
  since timestamptz not null,
  until timestamptz, -- what was said later comes by itself; null: up to now
  state text not null check (state in ('running', 'stopped', 'done', 'failed')),
  touched_since timestamptz not null, -- of this pass: conversations without a word since then are left out
  pass_began_at timestamptz not null,
  cursor text, -- the platform's; null: the first page of this pass
  pages integer not null default 0, -- of this pass
  conversations integer not null default 0, -- read so far
  found integer not null default 0, -- messages that were not known before
  reached timestamptz, -- how far back it has come
  reason text, -- why it failed, or what it waits for
  stuck_since timestamptz, -- since when it waits for that
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, backfill_id),
  foreign key (workspace_id, channel_id) references channels
);
create unique index one_backfill_at_a_time on backfills (workspace_id, channel_id, why) where state = 'running';
create index backfills_of_channel on backfills (workspace_id, channel_id, why, started_at desc);

-- A person opened it out of what was read in: that alone can be taken back.
alter table episodes add column taken_up boolean not null default false;

-- Whom nobody answered before a channel was connected.
create index conversations_unopened on conversations (workspace_id, channel_id, last_message_at, conversation_id)
  where status = 'unopened' and last_side = 'customer';

do $$
declare
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  execute 'alter table backfills enable row level security';
  execute 'alter table backfills force row level security';
  execute format('create policy one_workspace on backfills to dragoman_app using (%s) with check (%s)', here, here);
  execute 'grant select, insert, update, delete on backfills to dragoman_app';
end $$;
