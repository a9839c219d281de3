-- Accounts are the only thing outside workspaces. A row shows itself only to somebody who can name it: the account's id, its
-- e-mail address, or the hash of a token (see 0007_row_level_security.sql).
create table accounts (
  account_id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null check (length(name) between 1 and 100),
  password_hash text,
  created_at timestamptz not null
);

create table account_sessions (
  token_hash bytea primary key,
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz not null
);
create index account_sessions_of on account_sessions (account_id);

-- First owner, invitation, sign-in: a link works once, and only its hash is kept.
create table one_time_links (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('first_owner', 'invitation', 'sign_in')),
  account_id uuid references accounts,
  workspace_id uuid references workspaces,
  email text,
  name text,
  role text check (role in ('owner', 'admin', 'member')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table sign_in_attempts (
  subject bytea not null, -- keyed hash of the e-mail address or of the network address
  window_start timestamptz not null,
  failures integer not null,
  primary key (subject, window_start)
);

-- What has expired opens nothing any more: the clock sweeps it away, and sees nothing of it but its time.
grant select (expires_at), delete on account_sessions to dragoman_clock;
grant select (expires_at), delete on one_time_links to dragoman_clock;
grant select (window_start), delete on sign_in_attempts to dragoman_clock;
create policy clock_sweeps on account_sessions to dragoman_clock using (expires_at < now());
create policy clock_sweeps on one_time_links to dragoman_clock using (expires_at < now());
create policy clock_sweeps on sign_in_attempts to dragoman_clock using (window_start < now() - interval '1 hour');
