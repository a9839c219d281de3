-- A day of the ledger, looked up again: all kept envelopes of it parsed once more, how far that has come and what it found.
create table ledger_days (
  workspace_id uuid not null,
  day date not null, -- by the clock of the workspace
  first_id uuid not null, -- envelopes from this id on
  last_id uuid not null, -- and before this one
  state text not null check (state in ('running', 'done', 'failed')),
  cursor uuid not null, -- up to this envelope it has looked
  total integer not null, -- envelopes that there were to look at when it began
  verified integer not null default 0, -- of them, those parsed again
  arrivals integer, -- that came in on this day; null: not counted yet
  unaccounted integer not null default 0,
  missing jsonb not null default '[]', -- the first hundred: [{envelope_id, natural_key, what}]
  asked_by uuid, -- null: it began by itself
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, day)
);

-- What an alarm may be about, alarms/model.py says: a list here had to be written anew with each.
alter table alarms drop constraint alarms_what_check;
alter table alarms add constraint alarms_what_check check (what ~ '^[a-z_]{1,40}$');

do $$
declare
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  execute 'alter table ledger_days enable row level security';
  execute 'alter table ledger_days force row level security';
  execute format('create policy one_workspace on ledger_days to dragoman_app using (%s) with check (%s)', here, here);
  execute 'grant select, insert, update, delete on ledger_days to dragoman_app';
end $$;
