-- What members asked for under a key of their own, and was done: a request whose answer was lost may come again, and is
-- not done again. Which request it was, and no word of it.
create table requests_done (
  workspace_id uuid not null references workspaces,
  member_id uuid not null,
  request_key text not null,
  path text not null,
  done_at timestamptz not null,
  primary key (workspace_id, member_id, request_key, path)
);
create index requests_done_oldest on requests_done (workspace_id, done_at);

alter table requests_done enable row level security;
alter table requests_done force row level security;
create policy one_workspace on requests_done to dragoman_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on requests_done to dragoman_app;
