-- What somebody of ours has to see to before it is too late: open at most once about the same thing, and over by itself
-- when its cause is.
create table alarms (
  workspace_id uuid not null,
  alarm_id uuid not null,
  subject_kind text not null check (subject_kind in ('channel', 'conversation', 'workspace')),
  subject uuid not null,
  channel_id uuid, -- whose viewers may see it; null: every member
  what text not null check (what in (
    'window_closing', 'trouble', 'token_ends', 'rights_missing', 'sends_fail', 'unsubscribed', 'silent')),
  level smallint not null, -- the greater, the more urgent: then it is told again
  reason text, -- one sentence of ours, where what is wrong has many forms
  until timestamptz, -- by when it has to be seen to
  since timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, alarm_id),
  foreign key (workspace_id, channel_id) references channels
);
create unique index alarms_open on alarms (workspace_id, subject, what) where ended_at is null;
create index alarms_over on alarms (workspace_id, ended_at) where ended_at is not null;

-- Who was told of which, outside of the screen: once, and again only when it grew more urgent.
create table alarms_told (
  workspace_id uuid not null,
  alarm_id uuid not null,
  member_id uuid not null,
  level smallint not null,
  told_at timestamptz not null,
  primary key (workspace_id, alarm_id, member_id),
  foreign key (workspace_id, alarm_id) references alarms on delete cascade,
  foreign key (workspace_id, member_id) references members
);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['alarms', 'alarms_told'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;

-- Who wanted to be told of nothing is told of no alarms either.
alter table notification_settings add column alarms boolean not null default true;
alter table notification_settings no force row level security;
update notification_settings set alarms = false where who = 'nothing';
alter table notification_settings force row level security;

-- What is near its end or in trouble already is an alarm from now on.
alter table conversations no force row level security;
alter table channels no force row level security;
alter table alarms no force row level security;
insert into alarms (workspace_id, alarm_id, subject_kind, subject, channel_id, what, level, until, since)
  select workspace_id, gen_random_uuid(), 'conversation', conversation_id, channel_id, 'window_closing', 1,
         window_closing_until, now()
  from conversations c
  where window_closing_until is not null and waiting_since is not null
    and exists (select from channels h where h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
                                         and h.state <> 'removed');
insert into alarms (workspace_id, alarm_id, subject_kind, subject, channel_id, what, level, reason, since)
  select workspace_id, gen_random_uuid(), 'channel', channel_id, channel_id, 'trouble', 1, trouble, now()
  from channels where state = 'attention';
alter table conversations force row level security;
alter table channels force row level security;
alter table alarms force row level security;
