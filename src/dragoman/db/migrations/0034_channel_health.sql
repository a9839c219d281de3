-- How a channel does, as far as it is looked at from time to time.
create table channel_health (
  workspace_id uuid not null,
  channel_id uuid not null,
  checked_at timestamptz, -- when the platform was asked last
  heard_at timestamptz, -- when the newest message of a customer reached us
  resubscribed_at timestamptz, -- when its delivery was begun anew last, and
  resubscribed smallint not null default 0, -- how often, each less than a day after the one before
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channels
);

-- Its rhythm: of each hour of the last weeks, in how many conversations customers wrote.
create table heard_hours (
  workspace_id uuid not null,
  channel_id uuid not null,
  hour timestamptz not null,
  conversations integer not null,
  primary key (workspace_id, channel_id, hour),
  foreign key (workspace_id, channel_id) references channels
);

-- When its channels were listened to last.
alter table workspaces add column listened_at timestamptz;

-- The token belongs to the credentials: since when we have it, until when it lives, when its renewal was tried last.
alter table connections
  add column token_since timestamptz not null default now(),
  add column token_until timestamptz,
  add column renewal_tried_at timestamptz;
alter table connections no force row level security;
update connections set token_since = created_at;
alter table connections force row level security;

create index messages_failed on messages (workspace_id, channel_id, message_id) where state = 'failed';

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['channel_health', 'heard_hours'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
