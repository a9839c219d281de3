create table contacts (
  workspace_id uuid not null references workspaces,
  contact_id uuid not null,
  name text,
  created_at timestamptz not null,
  primary key (workspace_id, contact_id)
);

-- Messages and conversations know the identity only, so that merging contacts moves identities and can be undone.
create table identities (
  workspace_id uuid not null,
  identity_id uuid not null,
  channel_id uuid not null,
  contact_id uuid not null,
  address text not null, -- the one we write to; all are in identity_addresses
  name text,
  username text,
  locale text,
  blocked_us_at timestamptz,
  profile_at timestamptz, -- when the platform was last asked for the profile
  created_at timestamptz not null,
  primary key (workspace_id, identity_id),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, contact_id) references contacts
);
create index identities_of_contact on identities (workspace_id, contact_id);

create table identity_addresses (
  workspace_id uuid not null,
  channel_id uuid not null,
  address text not null,
  identity_id uuid not null,
  primary key (workspace_id, channel_id, address),
  foreign key (workspace_id, identity_id) references identities
);

-- The one continuing thread of an identity on a channel. 'unopened': something arrived, nothing was opened by it yet.
-- waiting_for and waiting_since are what model.py makes of the facts below them, stored for the views' indexes.
create table conversations (
  workspace_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  identity_id uuid not null,
  thread_key text not null default '',
  lane smallint not null,
  status text not null check (status in ('unopened', 'open', 'snoozed', 'closed')),
  waiting_for text not null check (waiting_for in ('us', 'expert', 'them', 'nobody')),
  waiting_since timestamptz,
  -- facts
  first_unanswered_at timestamptz, -- a place in the timeline is three columns: time, the platform's order, id
  first_unanswered_order bigint,
  first_unanswered_id uuid,
  last_unanswered_at timestamptz,
  last_unanswered_order bigint,
  last_unanswered_id uuid,
  unanswered_count integer not null default 0,
  answered_at timestamptz, -- the place up to which a person of ours has answered
  answered_order bigint,
  answered_id uuid,
  passed_over_id uuid, -- what had arrived up to here was left unanswered by closing; the customer reopened it since
  episode_id uuid,
  opened_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  owner_id uuid,
  -- the newest message, by the order of the timeline
  last_message_at timestamptz,
  last_message_order bigint,
  last_message_id uuid,
  last_side text,
  last_turn_id uuid,
  newest_id uuid, -- the message that arrived last: every later one gets a greater id
  last_arrived_at timestamptz, -- when the newest of the customer's messages reached us: unread is younger than one's mark
  last_customer_at timestamptz, -- the newest move of the customer that the platform's reply window counts from
  delivered_up_to timestamptz,
  read_up_to timestamptz,
  held_elsewhere boolean not null default false, -- another app controls the thread
  send_lease uuid, -- one request at a time leaves a conversation
  send_lease_until timestamptz,
  reach jsonb not null default '{}', -- what the channel needs to reach it
  created_at timestamptz not null,
  primary key (workspace_id, conversation_id),
  unique (workspace_id, channel_id, identity_id, thread_key),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, identity_id) references identities
);
create index conversations_waiting on conversations (workspace_id, waiting_since, conversation_id)
  where status = 'open' and waiting_for = 'us';
create index conversations_all on conversations (workspace_id, last_message_at desc, conversation_id desc)
  where status <> 'unopened';
create index conversations_closed on conversations (workspace_id, closed_at desc, conversation_id desc)
  where status = 'closed';

create table episodes (
  workspace_id uuid not null,
  episode_id uuid not null,
  conversation_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  primary key (workspace_id, episode_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create index episodes_of_conversation on episodes (workspace_id, conversation_id, opened_at);

create table turns (
  workspace_id uuid not null,
  turn_id uuid not null,
  conversation_id uuid not null,
  side text not null check (side in ('customer', 'team')),
  first_at timestamptz not null, -- platform's time, of its first and last fragment
  last_at timestamptz not null,
  fragments integer not null,
  arrived_first_at timestamptz not null, -- our time: the settling counts from arrival
  arrived_last_at timestamptz not null,
  settled_at timestamptz,
  settled_fragments integer not null default 0,
  primary key (workspace_id, turn_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create index turns_of_conversation on turns (workspace_id, conversation_id, first_at);

-- The timeline's order: sent_at (the platform's time, cut), the platform's own order, then arrival (message_id grows with it).
create table messages (
  workspace_id uuid not null,
  message_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  turn_id uuid not null,
  side text not null check (side in ('customer', 'team')),
  origin text not null check (origin in ('customer', 'member', 'elsewhere', 'automatic')),
  author_id uuid, -- the member who wrote it
  external_id text,
  sent_at timestamptz not null,
  platform_order bigint not null default 0,
  platform_at timestamptz, -- the platform's time as it came, before any cut
  arrived_at timestamptz not null,
  text text,
  parts jsonb not null default '[]',
  reply_to text, -- external id of the quoted message
  edited_at timestamptz,
  deleted_at timestamptz,
  late boolean not null default false,
  waits boolean not null, -- said by the customer and wants an answer
  from_edit boolean not null default false, -- we saw only an edit of it so far
  -- outbound
  state text check (state in ('queued', 'sending', 'sent', 'failed', 'unknown')),
  receipt smallint not null default 0, -- 0 none, 1 sent, 2 delivered, 3 read: it only rises
  reason text,
  idempotency_key text,
  answers_at timestamptz, -- the place in the timeline that its author had seen: what it answers
  answers_order bigint,
  answers_id uuid,
  seen_seq bigint, -- the last change its author had seen
  hold_until timestamptz, -- undo is possible until then
  then_close boolean not null default false, -- the conversation closes once this is accepted
  attempts smallint not null default 0,
  dispatched_at timestamptz, -- when the request left
  waited_seconds integer, -- how long the customer had waited when this answer was accepted
  primary key (workspace_id, message_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create unique index messages_external on messages (workspace_id, channel_id, external_id);
create unique index messages_idempotency on messages (workspace_id, conversation_id, idempotency_key);
create index messages_timeline on messages (workspace_id, conversation_id, sent_at, platform_order, message_id);
create index messages_of_turn on messages (workspace_id, turn_id);
create index messages_open_sends on messages (workspace_id, conversation_id, message_id)
  where state in ('queued', 'sending', 'unknown');

create index messages_answers on messages (workspace_id, sent_at) where origin = 'member' and state = 'sent';

create table reactions (
  workspace_id uuid not null,
  message_id uuid not null,
  side text not null check (side in ('customer', 'team')),
  emoji text not null,
  at timestamptz not null,
  primary key (workspace_id, message_id, side),
  foreign key (workspace_id, message_id) references messages
);

-- How far each member has read. Unread is personal; waiting is shared.
create table reads (
  workspace_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  read_up_to timestamptz not null,
  primary key (workspace_id, conversation_id, member_id)
);

create table attachments (
  workspace_id uuid not null,
  attachment_id uuid not null,
  channel_id uuid, -- null: uploaded by a member, not sent yet
  message_id uuid,
  uploaded_by uuid,
  kind text not null check (kind in ('image', 'animation', 'video', 'audio', 'voice', 'file', 'sticker')),
  source bytea, -- what fetches it, sealed: a platform's links are secrets
  source_key text,
  state text not null check (state in ('waiting', 'stored', 'linked', 'failed', 'refused')),
  reason text,
  name text,
  mime_type text, -- the platform's or the uploader's claim
  sniffed_type text, -- what the bytes are: decides how it is served
  size_bytes bigint,
  width integer,
  height integer,
  duration_seconds real,
  emoji text,
  storage_key text,
  created_at timestamptz not null,
  primary key (workspace_id, attachment_id)
);
create index attachments_of_message on attachments (workspace_id, message_id);
