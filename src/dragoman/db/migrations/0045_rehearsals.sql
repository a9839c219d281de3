-- A rule tried on what was said, without effects: how far it has come, and what it found.
create table rehearsals (
  workspace_id uuid not null,
  rehearsal_id uuid not null,
  rule_id uuid not null, -- that it is, or would be
  content jsonb not null,
  days smallint not null check (days between 1 and 90),
  state text not null check (state in ('running', 'stopped', 'done', 'failed')),
  since timestamptz not null,
  until timestamptz not null,
  total integer not null, -- turns that there were to look at when it began, about
  cursor uuid not null, -- up to this turn it has looked
  looked integer not null default 0,
  touched integer not null default 0, -- it would have done something about so many
  answered integer not null default 0, -- of them, those that a person of ours answered
  added integer not null default 0, -- that the present rules leave alone
  dropped integer not null default 0, -- that the present rules touch, and it would not
  started_by uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, rehearsal_id)
);
create index rehearsals_by_time on rehearsals (workspace_id, started_at desc);

create table rehearsal_hits (
  workspace_id uuid not null,
  rehearsal_id uuid not null,
  turn_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  kind text not null check (kind in ('same', 'added', 'dropped')),
  answered boolean not null,
  primary key (workspace_id, rehearsal_id, turn_id),
  foreign key (workspace_id, rehearsal_id) references rehearsals on delete cascade
);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['rehearsals', 'rehearsal_hits'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
