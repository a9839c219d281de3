-- Who has been given a conversation by somebody else, and is still to be told of it. Once told, the row is gone.
create table givings (
  workspace_id uuid not null,
  member_id uuid not null,
  conversation_id uuid not null,
  given_at timestamptz not null,
  primary key (workspace_id, member_id, conversation_id),
  foreign key (workspace_id, member_id) references members,
  foreign key (workspace_id, conversation_id) references conversations
);

alter table notification_settings add column given boolean not null default true;

do $$
declare
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  alter table givings enable row level security;
  alter table givings force row level security;
  execute format('create policy one_workspace on givings to dragoman_app using (%s) with check (%s)', here, here);
  grant select, insert, update, delete on givings to dragoman_app;
end $$;
