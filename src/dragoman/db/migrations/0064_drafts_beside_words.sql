-- What a reply offers beside its words and files is kept with its draft, as far as it is written.
alter table drafts
    add column choices text[] not null default '{}' check (cardinality(choices) <= 20),
    add column location jsonb,
    add column contact jsonb;
