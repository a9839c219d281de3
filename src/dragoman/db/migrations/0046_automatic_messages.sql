-- What the house says by itself: a message of ours that no member wrote.
alter table messages
  add column said_by text check (said_by in ('greeting', 'away', 'rule')),
  add column rule_id uuid; -- of the rule that said it

-- Each is said once: the key stays when the message is taken out of the timeline again.
create table said_by_itself (
  workspace_id uuid not null,
  conversation_id uuid not null,
  key text not null, -- what it was said for: an episode, or a rule and a turn
  at timestamptz not null,
  primary key (workspace_id, conversation_id, key),
  foreign key (workspace_id, conversation_id) references conversations
);

do $$
declare
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  alter table said_by_itself enable row level security;
  alter table said_by_itself force row level security;
  execute format('create policy one_workspace on said_by_itself to dragoman_app using (%s) with check (%s)', here, here);
  grant select, insert, update, delete on said_by_itself to dragoman_app;
end $$;
