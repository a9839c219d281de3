-- Internal words in the timeline. A table of their own: nothing that counts, sends or answers messages can meet one.
create table notes (
  workspace_id uuid not null,
  note_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  author_id uuid not null,
  text text, -- members are mentioned as <@id>; null: deleted
  written_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, note_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create index notes_timeline on notes (workspace_id, conversation_id, written_at, note_id);

create table note_mentions (
  workspace_id uuid not null,
  note_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, note_id, member_id),
  foreign key (workspace_id, note_id) references notes
);

-- Of each member and conversation the newest note that mentions them, until they have seen it and after.
create table mentions (
  workspace_id uuid not null,
  member_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  note_id uuid not null,
  mentioned_at timestamptz not null,
  seen_at timestamptz,
  primary key (workspace_id, member_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create index mentions_newest on mentions (workspace_id, member_id, mentioned_at desc, conversation_id desc);
create index mentions_unseen on mentions (workspace_id, member_id, channel_id) where seen_at is null;
create index mentions_of_conversation on mentions (workspace_id, conversation_id);

-- A view with a filter, under a name: for one member, or, where owner_id is null, for the workspace.
create table saved_views (
  workspace_id uuid not null references workspaces,
  view_id uuid not null,
  name text not null,
  owner_id uuid,
  made_by uuid not null,
  base text not null,
  filter jsonb not null,
  place integer not null, -- their order in the navigation
  created_at timestamptz not null,
  primary key (workspace_id, view_id)
);
create index saved_views_of on saved_views (workspace_id, owner_id);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['notes', 'note_mentions', 'mentions', 'saved_views'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
