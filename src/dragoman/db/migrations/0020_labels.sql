-- What a team calls its conversations by. `folded` is the name as it is compared: in one case, in one form.
create table labels (
  workspace_id uuid not null references workspaces,
  label_id uuid not null,
  name text not null,
  folded text not null,
  colour text not null check (colour in ('grey', 'coral', 'honey', 'leaf', 'teal', 'sky', 'plum', 'rose')),
  created_at timestamptz not null,
  primary key (workspace_id, label_id)
);
create unique index labels_name on labels (workspace_id, folded);

-- The channel stands here too: how many use a label is counted by what a member may see, from the index alone.
create table conversation_labels (
  workspace_id uuid not null,
  conversation_id uuid not null,
  label_id uuid not null,
  channel_id uuid not null,
  primary key (workspace_id, conversation_id, label_id),
  foreign key (workspace_id, conversation_id) references conversations,
  foreign key (workspace_id, label_id) references labels
);
create index conversation_labels_of on conversation_labels (workspace_id, label_id, channel_id, conversation_id);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['labels', 'conversation_labels'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
