-- Who wants the evening line, and when. No row: they do not.
create table evening_settings (
  workspace_id uuid not null,
  member_id uuid not null,
  days smallint not null check (days between 1 and 127), -- a bit each, Monday's the lowest
  minute smallint not null check (minute between 0 and 1439), -- after midnight, by the clock of the zone
  zone text not null,
  locale text not null,
  stop_key text not null, -- whoever names it in an address ends these mails, and can do nothing else
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references members
);

-- One for each member and day, however often a worker dies.
create table evening_lines (
  workspace_id uuid not null,
  member_id uuid not null,
  day date not null,
  told_at timestamptz not null,
  answered integer not null,
  shelved integer not null,
  longest_wait_seconds integer not null,
  waiting integer not null,
  conversation_ids uuid[] not null, -- the first of who waited
  mailed_at timestamptz,
  trouble text check (trouble in ('address', 'server')), -- why it was not mailed
  primary key (workspace_id, member_id, day),
  foreign key (workspace_id, member_id) references members
);

-- What people of ours answered, here or in the network's own app, by its time: a day of it is read without the rest.
drop index messages_answers;
create index messages_answers on messages (workspace_id, sent_at) include (channel_id, conversation_id, waited_seconds)
  where state = 'sent' and origin in ('member', 'elsewhere');

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['evening_settings', 'evening_lines'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
