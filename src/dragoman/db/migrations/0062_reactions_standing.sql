-- What the customer sees of ours, as far as the platform has told: a change that is refused leaves it standing.
alter table reactions add column standing text;
update reactions set standing = emoji where side = 'team' and refused is null;
