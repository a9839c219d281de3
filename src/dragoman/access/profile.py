"""What a person changes about themselves: name, address, language of the screen, password."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from uuid import UUID

from psycopg.errors import UniqueViolation

from dragoman.access import passwords, store, workspace_store
from dragoman.access.links import account_of
from dragoman.access.model import Account, checked_email, checked_name, checked_password
from dragoman.access.sign_in import account_with_password
from dragoman.db.database import Database
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.services import Services

NEW_PASSWORD_BYTES = 12  # 16 characters
NO_SESSION = b""


@dataclass(frozen=True, slots=True)
class Profile:
    """``password``: theirs, needed for another address. ``locale`` None: as the browser wishes."""

    name: str
    email: str
    locale: str | None
    password: str | None = field(default=None, repr=False)


async def change_profile(services: Services, account: Account, wanted: Profile, network: str) -> None:
    """Every workspace of theirs hears of it. Raises Refused for a wrong field or a taken address."""
    name, email = checked_name(wanted.name), checked_email(wanted.email)
    if email != account.email:
        await _checked_as_theirs(services, account, wanted.password, network, field="password")
    async with services.database.transaction(account_id=str(account.account_id)) as tx:
        try:
            await store.set_profile(tx, account.account_id, name, email, wanted.locale)
        except UniqueViolation:
            raise Refused("conflict", f"{email} has an account already.", 409) from None
    await _tell_workspaces(services.database, account.account_id, name, email)


async def change_password(services: Services, account: Account, old: str, new: str, network: str) -> None:
    """Every other session of theirs ends. Raises Refused: the old one does not fit, or the new one is none."""
    await _checked_as_theirs(services, account, old, network, field="old_password")
    password_hash = await passwords.hashed(checked_password(new))
    async with services.database.transaction(account_id=str(account.account_id)) as tx:
        await store.set_password(tx, account.account_id, password_hash)
        await store.end_all_sessions_but(tx, account.account_id, account.session_hash)


async def replace_password(database: Database, email: str) -> str:
    """A new password for somebody who has forgotten theirs, told this once; every session of theirs ends.

    Raises Refused where nobody has this address.
    """
    account = await account_of(database, checked_email(email))
    if account is None:
        raise not_found(f"{email} has no account.")
    password = token_urlsafe(NEW_PASSWORD_BYTES)
    password_hash = await passwords.hashed(password)
    async with database.transaction(account_id=str(account.account_id)) as tx:
        await store.set_password(tx, account.account_id, password_hash)
        await store.end_all_sessions_but(tx, account.account_id, NO_SESSION)
    return password


async def _checked_as_theirs(
    services: Services, account: Account, password: str | None, network: str, *, field: str
) -> None:
    """Counted as an attempt to sign in is. Not 401, which would say that the session has ended."""
    try:
        await account_with_password(services, account.email, password or "", network)
    except Refused as refused:
        if refused.code != "wrong_credentials":
            raise
        raise invalid(**{field: "This is not your password."}) from None


async def _tell_workspaces(database: Database, account_id: UUID, name: str, email: str) -> None:
    """One transaction each, as the change log of each wants it; saving once more mends what a crash left out."""
    async with database.transaction(account_id=str(account_id)) as tx:
        memberships = await workspace_store.memberships_of(tx, account_id)
    for member in memberships:
        async with database.transaction(member.workspace_id) as tx:
            await workspace_store.set_name_and_email(tx, member.workspace_id, member.member_id, name, email)
            tx.changed("member", member_id=member.member_id)
