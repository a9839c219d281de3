-- What happened, numbered without gaps per workspace; ids and fields only, text is joined when it is read.
create table changes (
  workspace_id uuid not null,
  seq bigint not null,
  kind text not null,
  at timestamptz not null,
  channel_id uuid, -- whose viewers may see it; null: every member
  conversation_id uuid,
  message_id uuid,
  turn_id uuid,
  member_id uuid, -- who did it
  only_for uuid, -- private to this member
  fields jsonb,
  primary key (workspace_id, seq)
);
create index changes_of_conversation on changes (workspace_id, conversation_id, seq);

create table counters (
  workspace_id uuid not null,
  channel_id uuid not null,
  name text not null, -- waiting, open, closed
  value bigint not null,
  primary key (workspace_id, channel_id, name)
);
