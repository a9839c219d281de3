-- What members are writing and have not sent. The id is the browser's own, so that saving twice is saving once; the
-- version is what it had seen, so that two of them never write over each other. Teammates see that there is one.
create table drafts (
  workspace_id uuid not null,
  conversation_id uuid not null,
  draft_id uuid not null,
  member_id uuid not null,
  version integer not null,
  text text not null,
  reply_to uuid, -- the message that is quoted
  expects_answer boolean, -- null: the text tells
  begun_seq bigint, -- what its author had seen when they began
  begun_arrival timestamptz,
  saved_at timestamptz not null,
  primary key (workspace_id, conversation_id, draft_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create index drafts_of_member on drafts (workspace_id, member_id, conversation_id);
create index drafts_oldest on drafts (workspace_id, saved_at);

create table draft_files (
  workspace_id uuid not null,
  conversation_id uuid not null,
  draft_id uuid not null,
  nth smallint not null,
  attachment_id uuid not null,
  primary key (workspace_id, conversation_id, draft_id, nth),
  foreign key (workspace_id, conversation_id, draft_id) references drafts on delete cascade
);
create index draft_files_of_attachment on draft_files (workspace_id, attachment_id);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['drafts', 'draft_files'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
