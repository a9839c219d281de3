"""One-time links: how they are made, and what they show before they are used. Their tokens are kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from dragoman.access import store, workspace_store
from dragoman.access.model import LINK_LIFE, Link, Purpose, Role, checked_email, checked_name
from dragoman.access.store import StoredAccount
from dragoman.access.tokens import hash_of, new_token
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.kit.errors import not_found


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """What a link is for, before it is used. ``has_account``: the person gives the password they have."""

    purpose: Purpose
    email: str | None
    name: str | None
    workspace_name: str | None
    has_account: bool


async def invite(
    database: Database,
    settings: Settings,
    workspace_id: UUID,
    email: str | None,
    name: str | None,
    role: Role,
    *,
    invited_by: UUID | None = None,
) -> str:
    """The address where a person becomes a member, good for 7 days. Raises Refused for a wrong field."""
    link = Link(
        Purpose.INVITATION,
        checked_email(email) if email else None,
        checked_name(name) if name else None,
        role,
        workspace_id,
        account_id=None,
        invited_by=invited_by,
    )
    return await new_link(database, settings, link)


async def sign_in_link(
    database: Database, settings: Settings, email: str, *, life: timedelta = LINK_LIFE[Purpose.SIGN_IN]
) -> str:
    """The address that signs this account in without a password. Raises Refused where there is no account."""
    email = checked_email(email)
    async with database.transaction(email=email) as tx:
        account = await store.account_by_email(tx, email)
    if account is None:
        raise not_found(f"{email} has no account.")
    link = Link(Purpose.SIGN_IN, email, account.name, None, None, account.account_id)
    return await new_link(database, settings, link, life)


async def new_link(database: Database, settings: Settings, link: Link, life: timedelta | None = None) -> str:
    """The address that the link is; ``life`` None: as long as its purpose allows."""
    token = new_token()
    async with database.transaction(token_hash=hash_of(token).hex()) as tx:
        await store.add_link(tx, hash_of(token), link, now(), life or LINK_LIFE[link.purpose])
    # After the "#", where no server and no proxy writes it into a log.
    return f"{settings.own_url}/welcome#{token}"


async def look_at_link(database: Database, token: str) -> LinkSeen:
    """Raises Refused (404) where it was used, has expired or never was."""
    link = await link_of(database, token)
    workspace_name = None
    if link.workspace_id:
        async with database.transaction(link.workspace_id) as tx:
            found = await workspace_store.workspace(tx, link.workspace_id)
            workspace_name = found.name if found else None
    has_account = link.email is not None and await account_of(database, link.email) is not None
    return LinkSeen(link.purpose, link.email, link.name, workspace_name, has_account)


async def link_of(database: Database, token: str) -> Link:
    """Raises Refused (404) as ``look_at_link`` does."""
    async with database.transaction(token_hash=hash_of(token).hex()) as tx:
        return still_good(await store.good_link(tx, hash_of(token), now()))


def still_good(link: Link | None) -> Link:
    if link is None:
        raise not_found("This link has been used already, or has expired: ask for a new one.")
    return link


async def account_of(database: Database, email: str) -> StoredAccount | None:
    async with database.transaction(email=email) as tx:
        return await store.account_by_email(tx, email)
