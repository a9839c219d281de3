-- The second wall. Every table has row-level security, forced, so that even the owner of the table obeys it while stepped down.
do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array[
    'workspaces', 'members', 'teams', 'team_members', 'lanes', 'connections', 'channels', 'team_channels',
    'envelopes', 'arrivals', 'jobs', 'contacts', 'identities', 'identity_addresses', 'conversations', 'episodes',
    'turns', 'messages', 'reactions', 'reads', 'attachments', 'changes', 'counters'
  ] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;

-- Who signs in names their account; that shows them the workspaces that they belong to.
create policy my_memberships on members for select to dragoman_app
  using (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

alter table accounts enable row level security;
alter table accounts force row level security;
create policy who_can_name_it on accounts to dragoman_app
  using (account_id = nullif(current_setting('app.account_id', true), '')::uuid
         or email = nullif(current_setting('app.email', true), ''));
alter table account_sessions enable row level security;
alter table account_sessions force row level security;
create policy who_can_name_it on account_sessions to dragoman_app
  using (token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex')
         or account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table one_time_links enable row level security;
alter table one_time_links force row level security;
create policy who_can_name_it on one_time_links to dragoman_app
  using (token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'));
alter table sign_in_attempts enable row level security;
alter table sign_in_attempts force row level security;
create policy who_can_name_it on sign_in_attempts to dragoman_app
  using (subject = decode(nullif(current_setting('app.subject', true), ''), 'hex'));
grant select, insert, update, delete on accounts, account_sessions, one_time_links, sign_in_attempts to dragoman_app;

-- The door stores envelopes, of any workspace, and reads nothing.
grant insert on envelopes to dragoman_door;
create policy door_stores on envelopes for insert to dragoman_door with check (true);

-- The clock learns where work is due.
grant select (workspace_id, due_at) on envelopes to dragoman_clock;
grant select (workspace_id, lane, due_at) on arrivals to dragoman_clock;
grant select (workspace_id, lane, due_at, parked_reason) on jobs to dragoman_clock;
create policy clock_reads on envelopes for select to dragoman_clock using (true);
create policy clock_reads on arrivals for select to dragoman_clock using (true);
create policy clock_reads on jobs for select to dragoman_clock using (true);
grant select (workspace_id, lane) on lanes to dragoman_clock;
create policy clock_reads on lanes for select to dragoman_clock using (true);
