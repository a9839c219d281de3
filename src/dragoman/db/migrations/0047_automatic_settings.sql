-- What is said by itself, on which channels and in which languages: read whole, with every batch of turns that settles.
create table automatic_settings (
  workspace_id uuid not null,
  content jsonb not null, -- {greeting, away, channels, quiet_minutes}
  changed_by uuid, -- a member
  changed_at timestamptz not null,
  primary key (workspace_id)
);

do $$
declare
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  alter table automatic_settings enable row level security;
  alter table automatic_settings force row level security;
  execute format('create policy one_workspace on automatic_settings to dragoman_app using (%s) with check (%s)',
                 here, here);
  grant select, insert, update, delete on automatic_settings to dragoman_app;
end $$;
