-- A reaction that was taken back stays, without its emoji: should its beginning come later, it is known for older.
alter table reactions alter column emoji drop not null;
