-- What rules call outside of the house. Address and secret are sealed: whoever knows either could speak in our name,
-- or to somebody in theirs.
create table webhooks (
  workspace_id uuid not null,
  webhook_id uuid not null,
  name text not null,
  secrets bytea not null,
  secrets_key text not null,
  made_at timestamptz not null,
  primary key (workspace_id, webhook_id),
  foreign key (workspace_id) references workspaces
);

-- Written in the transaction of the rule that calls. No words of customers: they are read when the call leaves.
create table webhook_calls (
  workspace_id uuid not null,
  call_id uuid not null,
  webhook_id uuid not null,
  key text not null, -- what it is made for, so that it is made once
  made_at timestamptz not null,
  trigger text, -- null: somebody tries the webhook
  rule_id uuid,
  conversation_id uuid,
  turn_id uuid, -- what the customer wrote last by then
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
  attempts smallint not null default 0,
  due_at timestamptz, -- of the next attempt; in hand: when it is taken to be lost
  in_hand_until timestamptz,
  tried_at timestamptz,
  status smallint, -- what the last attempt was answered; null: nothing
  trouble text, -- why it did not arrive, one sentence of ours
  primary key (workspace_id, call_id),
  unique (workspace_id, key),
  foreign key (workspace_id, webhook_id) references webhooks on delete cascade,
  foreign key (workspace_id, conversation_id) references conversations,
  check ((state = 'waiting') = (due_at is not null)),
  check ((trigger is null) = (conversation_id is null))
);
create index webhook_calls_due on webhook_calls (workspace_id, webhook_id, due_at) where state = 'waiting';
create index webhook_calls_of_webhook on webhook_calls (workspace_id, webhook_id, call_id desc);

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['webhooks', 'webhook_calls'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
