"""Sessions: opened, used, ended. Their tokens are kept nowhere, only hashes."""

from __future__ import annotations

from uuid import UUID

from dragoman.access import store
from dragoman.access.model import SESSION_LIFE, SESSION_RENEWED_AFTER, Account
from dragoman.access.store import ListedSession
from dragoman.access.tokens import hash_of, new_token
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import not_found

MOST_LISTED = 100


async def open_session(tx: Transaction, account_id: UUID, device: str | None) -> str:
    """Its token. The transaction must name the account."""
    token = new_token()
    await store.add_session(tx, hash_of(token), account_id, now(), SESSION_LIFE, device)
    return token


async def account_of_session(database: Database, token_hash: bytes) -> Account | None:
    """None when the session has ended. One in use lasts 30 days from its last use."""
    async with database.transaction(token_hash=token_hash.hex()) as tx:
        session = await store.session(tx, token_hash, now())
        if session is None:
            return None
        if session.last_used_at < now() - SESSION_RENEWED_AFTER:
            await store.keep_session(tx, token_hash, now(), SESSION_LIFE)
        return await store.account_of(tx, session)


async def end_session(database: Database, token_hash: bytes) -> None:
    """Every process hears of it, and closes the session's streams."""
    async with database.transaction(token_hash=token_hash.hex()) as tx:
        await store.end_session(tx, token_hash)


async def sessions_of(database: Database, account: Account) -> list[ListedSession]:
    """The 100 used last; a session that is in use says so once an hour."""
    async with database.transaction(account_id=str(account.account_id)) as tx:
        return await store.sessions_of(tx, account.account_id, now(), MOST_LISTED)


async def end_session_of(database: Database, account: Account, session_id: UUID) -> None:
    """Raises Refused (404) where the account has no such session."""
    async with database.transaction(account_id=str(account.account_id)) as tx:
        token_hash = await store.token_hash_of(tx, account.account_id, session_id)
        if token_hash is None:
            raise not_found("This session has ended already.")
        await store.end_session(tx, token_hash)


async def end_other_sessions(database: Database, account: Account) -> None:
    async with database.transaction(account_id=str(account.account_id)) as tx:
        await store.end_all_sessions_but(tx, account.account_id, account.session_hash)
