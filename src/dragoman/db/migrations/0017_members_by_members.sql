-- Members invite each other: who may see an invitation and take it back is the workspace, which never learns its token.
alter table one_time_links
  add column link_id uuid not null default gen_random_uuid(),
  add column invited_by uuid;
create index one_time_links_of on one_time_links (workspace_id, created_at desc, link_id) where purpose = 'invitation';
create policy invitations_seen on one_time_links for select to dragoman_app
  using (purpose = 'invitation' and workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
create policy invitations_taken_back on one_time_links for delete to dragoman_app
  using (purpose = 'invitation' and workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

-- A person tells their sessions apart by the device, ends them one by one, and keeps the language they read in.
alter table account_sessions
  add column session_id uuid not null default gen_random_uuid(),
  add column device text;
alter table accounts add column locale text check (locale in ('en', 'pl', 'de'));
