-- What a member wants to be told of, and on which devices. No row: as model.py has it for everybody.
create table notification_settings (
  workspace_id uuid not null,
  member_id uuid not null,
  who text not null check (who in ('waiting', 'nothing')),
  shows text not null check (shows in ('words', 'name', 'nothing')),
  sound boolean not null,
  quiet_days smallint not null check (quiet_days between 0 and 127), -- a bit each, Monday's the lowest; 0: never quiet
  quiet_from smallint not null check (quiet_from between 0 and 1439), -- minutes after midnight
  quiet_to smallint not null check (quiet_to between 0 and 1439), -- not later than quiet_from: of the day after
  time_zone text not null,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references members
);

create table muted_channels (
  workspace_id uuid not null,
  member_id uuid not null,
  channel_id uuid not null,
  primary key (workspace_id, member_id, channel_id),
  foreign key (workspace_id, member_id) references members,
  foreign key (workspace_id, channel_id) references channels
);

-- A browser that a member wants to be told on. It goes with the session in which it was added.
create table push_devices (
  workspace_id uuid not null,
  device_id uuid not null,
  member_id uuid not null,
  session_id uuid not null,
  endpoint_hash bytea not null, -- the same browser is there once, whoever sits before it
  secrets bytea not null, -- where to leave a message for it and what to encrypt it with, sealed
  secrets_key text not null,
  device text,
  locale text not null,
  created_at timestamptz not null,
  last_told_at timestamptz,
  trouble text,
  primary key (workspace_id, device_id),
  unique (workspace_id, endpoint_hash),
  foreign key (workspace_id, member_id) references members
);
create index push_devices_of on push_devices (workspace_id, member_id, created_at);

-- What a member has been told and has not looked at since: the next turn changes it silently.
create table notifications (
  workspace_id uuid not null,
  member_id uuid not null,
  conversation_id uuid not null,
  turn_id uuid not null,
  fragments integer not null,
  arrived_at timestamptz not null, -- of the newest fragment told
  told_at timestamptz not null,
  primary key (workspace_id, member_id, conversation_id),
  foreign key (workspace_id, member_id) references members,
  foreign key (workspace_id, conversation_id) references conversations
);

-- A browser takes messages for one sender's key only, whichever workspace they are about: it belongs to the installation.
create table installation_keys (
  name text primary key,
  public_key bytea not null,
  private_key bytea not null, -- sealed
  private_key_key text not null,
  created_at timestamptz not null
);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['notification_settings', 'muted_channels', 'push_devices', 'notifications'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;

alter table installation_keys enable row level security;
alter table installation_keys force row level security;
create policy who_can_name_it on installation_keys to dragoman_app
  using (name = nullif(current_setting('app.installation_key', true), ''));
grant select, insert, update on installation_keys to dragoman_app;
