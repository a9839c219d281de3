"""Signing in with a password."""

from __future__ import annotations

from dragoman.access import attempts, passwords, store
from dragoman.access.attempts import Attempt
from dragoman.access.model import checked_email, checked_password
from dragoman.access.sessions import open_session
from dragoman.access.store import StoredAccount
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused
from dragoman.services import Services


async def sign_in(
    services: Services, email: str, password: str, network: str, device: str | None = None
) -> str:
    """The token of a new session. ``network`` is the address that attempts are counted by.

    Raises Refused: ``wrong_credentials``, which does not tell whether the address is known, or ``slow_down``.
    """
    account = await account_with_password(services, email, password, network)
    async with services.database.transaction(account_id=str(account.account_id)) as tx:
        token = await open_session(tx, account.account_id, device)
    async with services.database.transaction() as tx:
        await store.sweep_expired(tx)
    return token


async def account_with_password(services: Services, email: str, password: str, network: str) -> StoredAccount:
    """Counts the attempt, and forgives it when it fits. Raises Refused as ``sign_in`` does."""
    email = _email_or_refused(email)
    attempt = Attempt.of(services.sealer, email, network, now())
    await attempts.count(services.database, attempt)
    account = await _account(services.database, email)
    known_hash = account.password_hash if account else None
    if not await passwords.fits(password, known_hash) or account is None or known_hash is None:
        raise wrong_credentials()
    await attempts.forgive(services.database, attempt)
    if passwords.is_outdated(known_hash):
        await change_password(services.database, account, password)
    return account


async def change_password(database: Database, account: StoredAccount, password: str) -> None:
    password_hash = await passwords.hashed(checked_password(password))
    async with database.transaction(account_id=str(account.account_id)) as tx:
        await store.set_password(tx, account.account_id, password_hash)


def wrong_credentials() -> Refused:
    return Refused("wrong_credentials", "The e-mail address or the password is wrong.", 401)


def _email_or_refused(written: str) -> str:
    try:
        return checked_email(written)
    except Refused:
        raise wrong_credentials() from None


async def _account(database: Database, email: str) -> StoredAccount | None:
    async with database.transaction(email=email) as tx:
        return await store.account_by_email(tx, email)
