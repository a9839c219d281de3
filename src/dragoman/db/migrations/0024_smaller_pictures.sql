-- Smaller versions of a picture lie in the storage beside it: their bytes, null where there is none. And a WebP of a
-- few pixels, in base64, that stands in its place while it is on its way.
alter table attachments
  add column small_bytes integer,
  add column large_bytes integer,
  add column blur text check (length(blur) <= 1000);
