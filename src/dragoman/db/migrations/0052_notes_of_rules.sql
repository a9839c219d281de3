-- A note that a rule wrote has no author among members.
alter table notes
  alter column author_id drop not null,
  add column rule_id uuid,
  add constraint notes_are_somebodys check ((author_id is null) <> (rule_id is null));
