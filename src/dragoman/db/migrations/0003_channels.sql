create table connections (
  workspace_id uuid not null references workspaces,
  connection_id uuid not null,
  platform text not null,
  hook_key text not null, -- the unguessable end of the one webhook address
  secrets bytea, -- sealed: see access/sealing.py
  secrets_key text, -- which master key sealed them
  settings jsonb not null default '{}',
  simulated boolean not null default false,
  delivery text not null check (delivery in ('webhook', 'polling')),
  poll_cursor text, -- how far polling has stored
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, connection_id),
  unique (workspace_id, hook_key)
);

create table channels (
  workspace_id uuid not null,
  channel_id uuid not null,
  connection_id uuid not null,
  platform text not null,
  account text not null, -- the platform's id of it
  name text not null,
  handle text,
  state text not null check (state in ('testing', 'live', 'attention', 'removed')),
  trouble text, -- one sentence for an admin, with state attention
  next_send_at timestamptz not null default '-infinity', -- pace: the next free slot
  created_at timestamptz not null,
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, connection_id) references connections
);
create unique index one_channel_per_account on channels (workspace_id, platform, account) where state <> 'removed';

create table team_channels (
  workspace_id uuid not null,
  team_id uuid not null,
  channel_id uuid not null,
  primary key (workspace_id, team_id, channel_id),
  foreign key (workspace_id, team_id) references teams,
  foreign key (workspace_id, channel_id) references channels
);
