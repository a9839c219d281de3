-- What the platform approved before it is sent, as it was when it was last asked. Kept per channel, also where several
-- share one list, so that what a member may see is decided as it is for everything else.
create table templates (
  workspace_id uuid not null,
  channel_id uuid not null,
  name text not null,
  language text not null, -- the platform's code
  state text not null check (state in ('approved', 'pending', 'rejected', 'paused', 'disabled', 'unfit')),
  words text not null, -- all that it says, folded: by what it is found
  content jsonb not null, -- the whole of it, as the channel reads it
  primary key (workspace_id, channel_id, name, language),
  foreign key (workspace_id, channel_id) references channels
);

-- When the platform was last asked for them, and why it gave none then.
alter table channels add column templates_looked_at timestamptz;
alter table channels add column templates_trouble text;

do $$
declare
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  execute 'alter table templates enable row level security';
  execute 'alter table templates force row level security';
  execute format('create policy one_workspace on templates to dragoman_app using (%s) with check (%s)', here, here);
  execute 'grant select, insert, update, delete on templates to dragoman_app';
end $$;
