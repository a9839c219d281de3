-- What a fragment is by itself: a class of noise, or null, when it says something.
alter table messages add column noise text;

-- The verdict on the whole turn, of the customer's only: why it is quiet, or null, when it is work. `opened_by`: a
-- person took it from the shelf, and it stays work. The language is what settling found; null: unknown.
alter table turns
  add column noise text,
  add column opened_by uuid,
  add column shelved_by uuid, -- the rule that shelved it
  add column language text,
  add column language_confidence real,
  add column probable_language text;

-- The newest question of ours that is not answered, as a place in the timeline; what had arrived when it was closed; and
-- when something was last said that is no noise: what lists are ordered by.
alter table conversations
  add column asked_at timestamptz,
  add column asked_order bigint,
  add column asked_id uuid,
  add column closed_up_to uuid,
  add column said_at timestamptz;
alter table conversations no force row level security;
update conversations set said_at = last_message_at, closed_up_to = case when status = 'closed' then newest_id end;
-- What we asked within the last week and nobody has answered: by the marks of a question, as settling will.
alter table messages no force row level security;
update conversations c set asked_at = m.sent_at, asked_order = m.platform_order, asked_id = m.message_id
from messages m
where m.workspace_id = c.workspace_id and m.message_id = c.last_message_id and m.side = 'team' and m.state = 'sent'
  and m.origin in ('member', 'elsewhere') and m.deleted_at is null and m.sent_at > now() - interval '8 days'
  and (m.expects_answer or m.text ~ '[?？؟;⸮՞]');
alter table messages force row level security;
alter table conversations force row level security;

drop index conversations_all;
create index conversations_all on conversations
  (workspace_id, channel_id, said_at desc, conversation_id desc) where status <> 'unopened';

-- A reaction that answers our question waits like a message: it has a place, and so an id that grows with arrival.
alter table reactions add column reaction_id uuid, add column opened_by uuid;
create unique index reactions_by_id on reactions (workspace_id, reaction_id) where reaction_id is not null;

-- The language of a person: found, or said by a member, which is final.
alter table contacts
  add column language text,
  add column language_confidence real,
  add column language_said_by uuid,
  add column language_said_at timestamptz;

-- Where quiet arrivals are seen. An item is a turn, or a reaction to a message of ours (by its reaction_id).
create table shelf (
  workspace_id uuid not null,
  item_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  kind text not null check (kind in ('turn', 'reaction')),
  class text not null,
  rule_id uuid, -- which rule put it here; null: noise by itself
  at timestamptz not null, -- the platform's time
  shelved_at timestamptz not null,
  opened_at timestamptz, -- a person took it from here
  opened_by uuid,
  status_before text, -- the conversation's, before that
  primary key (workspace_id, item_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create index shelf_by_time on shelf (workspace_id, shelved_at desc, item_id desc) where opened_at is null;
create index shelf_of_channel on shelf (workspace_id, channel_id, shelved_at desc, item_id desc) where opened_at is null;
create index shelf_of_conversation on shelf (workspace_id, conversation_id);

-- Classes of noise that open a conversation on this channel all the same.
create table wanted_classes (
  workspace_id uuid not null,
  channel_id uuid not null,
  class text not null,
  primary key (workspace_id, channel_id, class),
  foreign key (workspace_id, channel_id) references channels
);

-- Why a conversation is where it is: what was decided without anybody's click, and what members did about it. `what`
-- holds ids, codes and numbers, never anybody's words.
create table trail (
  workspace_id uuid not null,
  entry_id uuid not null,
  conversation_id uuid not null,
  turn_id uuid,
  at timestamptz not null,
  kind text not null,
  cause text not null check (cause in ('member', 'rule', 'routing', 'system')),
  rule_id uuid,
  member_id uuid,
  what jsonb not null,
  primary key (workspace_id, entry_id),
  foreign key (workspace_id, conversation_id) references conversations
);
create index trail_of_conversation on trail (workspace_id, conversation_id, entry_id desc);
create index trail_of_rule on trail (workspace_id, rule_id, entry_id desc) where rule_id is not null;

do $$
declare
  t text;
  here constant text := $q$workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid$q$;
begin
  foreach t in array array['shelf', 'wanted_classes', 'trail'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_workspace on %I to dragoman_app using (%s) with check (%s)', t, here, here);
    execute format('grant select, insert, update, delete on %I to dragoman_app', t);
  end loop;
end $$;
