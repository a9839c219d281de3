"""Every statement about accounts, their sessions, one-time links and attempts to sign in.

A row shows itself only to a transaction that names its account, address, token or subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from dragoman.access.model import Account, Link, Purpose, Role
from dragoman.db.database import Transaction

SIGNED_OUT = "dragoman_signed_out"  # LISTEN channel: the hash of an ended session, in hex


@dataclass(frozen=True, slots=True)
class StoredAccount:
    account_id: UUID
    email: str
    name: str
    password_hash: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    token_hash: bytes
    account_id: UUID
    last_used_at: datetime


@dataclass(frozen=True, slots=True)
class ListedSession:
    session_id: UUID
    token_hash: bytes = field(repr=False)
    device: str | None
    created_at: datetime
    last_used_at: datetime


async def account_by_email(tx: Transaction, email: str) -> StoredAccount | None:
    return await tx.one(
        StoredAccount,
        "select account_id, email, name, password_hash from accounts where email = %(email)s",
        {"email": email},
    )


async def account_by_id(tx: Transaction, account_id: UUID) -> StoredAccount | None:
    return await tx.one(
        StoredAccount,
        "select account_id, email, name, password_hash from accounts where account_id = %(account_id)s",
        {"account_id": account_id},
    )


async def add_account(tx: Transaction, account: StoredAccount, at: datetime) -> None:
    """Raises psycopg.errors.UniqueViolation where the address has an account already."""
    await tx.execute(
        """insert into accounts (account_id, email, name, password_hash, created_at)
           values (%(account_id)s, %(email)s, %(name)s, %(password_hash)s, %(at)s)""",
        {
            "account_id": account.account_id,
            "email": account.email,
            "name": account.name,
            "password_hash": account.password_hash,
            "at": at,
        },
    )


async def set_profile(tx: Transaction, account_id: UUID, name: str, email: str, locale: str | None) -> None:
    """Raises psycopg.errors.UniqueViolation where the address has an account already."""
    # The column ``locale`` takes the first three languages only: what is chosen lies with the preferences,
    # and is looked for in the column where nobody has chosen since.
    await tx.execute(
        """update accounts set name = %(name)s, email = %(email)s, locale = null,
                               preferences = preferences || jsonb_build_object('locale', %(locale)s::text)
           where account_id = %(account)s""",
        {"account": account_id, "name": name, "email": email, "locale": locale},
    )


@dataclass(frozen=True, slots=True)
class Taste:
    """How somebody likes to read and work."""

    locale: str | None
    preferences: dict[str, Any]


async def taste_of(tx: Transaction, account_id: UUID) -> Taste | None:
    return await tx.one(
        Taste,
        """select coalesce(preferences ->> 'locale', locale) as locale, preferences
           from accounts where account_id = %(account)s""",
        {"account": account_id},
    )


async def add_to_preferences(tx: Transaction, account_id: UUID, changed: Jsonb) -> None:
    """What stands in both is as in ``changed``."""
    await tx.execute(
        "update accounts set preferences = preferences || %(changed)s where account_id = %(account)s",
        {"account": account_id, "changed": changed},
    )


async def set_password(tx: Transaction, account_id: UUID, password_hash: str) -> None:
    await tx.execute(
        "update accounts set password_hash = %(password_hash)s where account_id = %(account_id)s",
        {"account_id": account_id, "password_hash": password_hash},
    )


# ------------------------------------------------------------------------------------------------------- sessions


async def add_session(
    tx: Transaction,
    token_hash: bytes,
    account_id: UUID,
    at: datetime,
    life: timedelta,
    device: str | None = None,
) -> None:
    await tx.execute(
        """insert into account_sessions (token_hash, account_id, device, created_at, expires_at, last_used_at)
           values (%(token_hash)s, %(account_id)s, %(device)s, %(at)s, %(expires_at)s, %(at)s)""",
        {
            "token_hash": token_hash,
            "account_id": account_id,
            "device": device,
            "at": at,
            "expires_at": at + life,
        },
    )


async def session(tx: Transaction, token_hash: bytes, at: datetime) -> Session | None:
    """While it lasts."""
    return await tx.one(
        Session,
        """select token_hash, account_id, last_used_at from account_sessions
           where token_hash = %(token_hash)s and expires_at > %(at)s""",
        {"token_hash": token_hash, "at": at},
    )


async def account_of(tx: Transaction, session: Session) -> Account | None:
    """A session names its account, so that the transaction may see it from here on."""
    await tx.execute(
        "select set_config('app.account_id', %(account_id)s, true)", {"account_id": str(session.account_id)}
    )
    found = await account_by_id(tx, session.account_id)
    return Account(found.account_id, found.email, found.name, session.token_hash) if found else None


async def keep_session(tx: Transaction, token_hash: bytes, at: datetime, life: timedelta) -> None:
    """It lasts ``life`` from now."""
    await tx.execute(
        """update account_sessions set last_used_at = %(at)s, expires_at = %(expires_at)s
           where token_hash = %(token_hash)s""",
        {"token_hash": token_hash, "at": at, "expires_at": at + life},
    )


async def sessions_of(tx: Transaction, account_id: UUID, at: datetime, limit: int) -> list[ListedSession]:
    """While they last, the one used last first."""
    rows = await tx.rows(
        """select session_id, token_hash, device, created_at, last_used_at from account_sessions
           where account_id = %(account)s and expires_at > %(at)s
           order by last_used_at desc, session_id limit %(limit)s""",
        {"account": account_id, "at": at, "limit": limit},
    )
    return [ListedSession(*row) for row in rows]


async def token_hash_of(tx: Transaction, account_id: UUID, session_id: UUID) -> bytes | None:
    found: bytes | None = await tx.value(
        """select token_hash from account_sessions
           where account_id = %(account)s and session_id = %(session)s""",
        {"account": account_id, "session": session_id},
    )
    return found


async def end_all_sessions_but(tx: Transaction, account_id: UUID, token_hash: bytes) -> None:
    """Heard of as ``end_session`` is."""
    await tx.execute(
        """with ended as (
               delete from account_sessions
               where account_id = %(account)s and token_hash <> %(token_hash)s returning token_hash
           )
           select pg_notify(%(channel)s, encode(token_hash, 'hex')) from ended""",
        {"account": account_id, "token_hash": token_hash, "channel": SIGNED_OUT},
    )


async def end_session(tx: Transaction, token_hash: bytes) -> None:
    """Every process hears of it at COMMIT and closes the session's streams."""
    await tx.execute(
        "delete from account_sessions where token_hash = %(token_hash)s", {"token_hash": token_hash}
    )
    await tx.execute(
        "select pg_notify(%(channel)s, %(payload)s)", {"channel": SIGNED_OUT, "payload": token_hash.hex()}
    )


# ------------------------------------------------------------------------------------------------- one-time links


async def add_link(tx: Transaction, token_hash: bytes, link: Link, at: datetime, life: timedelta) -> None:
    await tx.execute(
        """insert into one_time_links (token_hash, purpose, account_id, workspace_id, email, name, role,
                                       invited_by, created_at, expires_at)
           values (%(token_hash)s, %(purpose)s, %(account_id)s, %(workspace_id)s, %(email)s, %(name)s,
                   %(role)s, %(invited_by)s, %(at)s, %(expires_at)s)""",
        {
            "token_hash": token_hash,
            "purpose": link.purpose,
            "account_id": link.account_id,
            "workspace_id": link.workspace_id,
            "email": link.email,
            "name": link.name,
            "role": link.role,
            "invited_by": link.invited_by,
            "at": at,
            "expires_at": at + life,
        },
    )


async def good_link(tx: Transaction, token_hash: bytes, at: datetime) -> Link | None:
    """Locked until the transaction ends, so that two who open it at once use it one after the other."""
    row = await tx.row(
        """select purpose, email, name, role, workspace_id, account_id from one_time_links
           where token_hash = %(token_hash)s and used_at is null and expires_at > %(at)s
           for update""",
        {"token_hash": token_hash, "at": at},
    )
    if row is None:
        return None
    purpose, email, name, role, workspace_id, account_id = row
    return Link(Purpose(purpose), email, name, Role(role) if role else None, workspace_id, account_id)


async def use_link(tx: Transaction, token_hash: bytes, at: datetime) -> None:
    await tx.execute(
        "update one_time_links set used_at = %(at)s where token_hash = %(token_hash)s",
        {"token_hash": token_hash, "at": at},
    )


async def lock_first_owner(tx: Transaction) -> None:
    """One first owner at a time, whichever of the links is used."""
    await tx.execute("select pg_advisory_xact_lock(hashtext('dragoman first owner'))")


# ------------------------------------------------------------------------------------------- attempts to sign in


async def add_attempt(tx: Transaction, subject: bytes, at: datetime) -> None:
    """Counted by the minute, so that the window slides."""
    await tx.execute(
        """insert into sign_in_attempts as a (subject, window_start, failures)
           values (%(subject)s, date_trunc('minute', %(at)s), 1)
           on conflict (subject, window_start) do update set failures = a.failures + 1""",
        {"subject": subject, "at": at},
    )


async def attempts_since(tx: Transaction, subject: bytes, since: datetime) -> tuple[int, datetime | None]:
    """How many, and the minute of the first of them."""
    row = await tx.row(
        """select coalesce(sum(failures), 0)::integer, min(window_start) from sign_in_attempts
           where subject = %(subject)s and window_start > %(since)s""",
        {"subject": subject, "since": since},
    )
    return (row[0], row[1]) if row else (0, None)


async def forgive_attempts(tx: Transaction, subject: bytes) -> None:
    await tx.execute("delete from sign_in_attempts where subject = %(subject)s", {"subject": subject})


async def forgive_one_attempt(tx: Transaction, subject: bytes, at: datetime) -> None:
    await tx.execute(
        """update sign_in_attempts set failures = failures - 1
           where subject = %(subject)s and window_start = date_trunc('minute', %(at)s) and failures > 0""",
        {"subject": subject, "at": at},
    )


async def sweep_expired(tx: Transaction) -> None:
    """Sessions, links and attempts that open nothing any more; nothing where somebody else sweeps just now.

    The transaction becomes the clock's, which sees of them only when they end.
    """
    await tx.execute("set local role dragoman_clock")
    if not await tx.value("select pg_try_advisory_xact_lock(hashtext('dragoman sweep of access'))"):
        return
    await tx.execute("delete from account_sessions where expires_at < now()")
    await tx.execute("delete from one_time_links where expires_at < now()")
    await tx.execute("delete from sign_in_attempts where window_start < now() - interval '1 hour'")
