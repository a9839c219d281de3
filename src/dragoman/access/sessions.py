"""Sessions: opened, used, ended. Their tokens are kept nowhere, only hashes."""

from __future__ import annotations

from uuid import UUID

from dragoman.access import store
from dragoman.access.model import SESSION_LIFE, SESSION_RENEWED_AFTER, Account
from dragoman.access.tokens import hash_of, new_token
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now


async def open_session(tx: Transaction, account_id: UUID) -> str:
    """Its token. The transaction must name the account."""
    token = new_token()
    await store.add_session(tx, hash_of(token), account_id, now(), SESSION_LIFE)
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
