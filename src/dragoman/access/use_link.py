"""A one-time link is used: all that it promises happens in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from dragoman.access import store, workspace_store
from dragoman.access.actions import add_account, add_workspace, join, new_account
from dragoman.access.links import account_of, link_of, still_good
from dragoman.access.model import (
    Account,
    Link,
    Purpose,
    Role,
    WorkspaceKind,
    checked_email,
    checked_name,
)
from dragoman.access.sessions import open_session
from dragoman.access.sign_in import account_with_password
from dragoman.access.store import StoredAccount
from dragoman.access.tokens import hash_of
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.services import Services


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody who came by a link writes about themselves."""

    name: str | None = None
    email: str | None = None
    password: str | None = field(default=None, repr=False)
    workspace_name: str | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Whose session it will be: an account to be added, or one whose password was right."""

    account: StoredAccount
    is_new: bool
    device: str | None


async def use_link(services: Services, token: str, newcomer: Newcomer, network: str) -> str:
    """The token of a new session.

    Raises Refused: the link is no longer good, a field is missing or wrong, or the password of an account that
    exists already does not fit.
    """
    link = await link_of(services.database, token)
    match link.purpose:
        case Purpose.FIRST_OWNER:
            return await _found_workspace(services, token, newcomer, network)
        case Purpose.INVITATION:
            return await _accept_invitation(services, token, link, newcomer, network)
        case Purpose.SIGN_IN:
            return await _sign_in(services.database, token, link, newcomer.device)


async def _found_workspace(services: Services, token: str, newcomer: Newcomer, network: str) -> str:
    workspace_name = checked_name(newcomer.workspace_name or "", field="workspace_name")
    person = await _person(services, checked_email(newcomer.email or ""), newcomer.name, newcomer, network)
    workspace_id = new_id()
    async with _using(services.database, token, workspace_id, person.account.account_id) as tx:
        await store.lock_first_owner(tx)
        if await workspace_store.workspace_ids(services.database):
            raise Refused(
                "conflict", "The first workspace has its owner already: ask them to invite you.", 409
            )
        await add_workspace(tx, workspace_id, workspace_name, WorkspaceKind.PRODUCTION)
        return await _enter(tx, person, workspace_id, Role.OWNER)


async def _accept_invitation(
    services: Services, token: str, link: Link, newcomer: Newcomer, network: str
) -> str:
    workspace_id, role = _invited_to(link)
    email = link.email or checked_email(newcomer.email or "")
    person = await _person(services, email, newcomer.name or link.name, newcomer, network)
    async with _using(services.database, token, workspace_id, person.account.account_id) as tx:
        await _not_here_yet(tx, workspace_id, person.account.account_id)
        return await _enter(tx, person, workspace_id, role)


async def join_by_link(services: Services, token: str, account: Account) -> None:
    """Whoever is signed in already accepts an invitation as who they are.

    Raises Refused: the link is no longer good, is no invitation, is for somebody else, or they are in already.
    """
    link = await link_of(services.database, token)
    if link.purpose is not Purpose.INVITATION:
        raise not_found("This link is no invitation.")
    workspace_id, role = _invited_to(link)
    if link.email not in (None, account.email):
        raise Refused("conflict", f"This invitation is for {link.email}: sign out first.", 409)
    async with _using(services.database, token, workspace_id, account.account_id) as tx:
        await _not_here_yet(tx, workspace_id, account.account_id)
        await join(tx, workspace_id, account, role)


def _invited_to(link: Link) -> tuple[UUID, Role]:
    if link.workspace_id is None or link.role is None:
        raise ValueError("an invitation names a workspace and a role")
    return link.workspace_id, link.role


async def _not_here_yet(tx: Transaction, workspace_id: UUID, account_id: UUID) -> None:
    """An invitation brings somebody in; it never changes the role of who is in."""
    if await workspace_store.membership(tx, workspace_id, account_id) is not None:
        raise Refused("conflict", "You are a member of this workspace already.", 409)


async def _sign_in(database: Database, token: str, link: Link, device: str | None) -> str:
    if link.account_id is None:
        raise ValueError("a link to sign in names an account")
    async with _using(database, token, None, link.account_id) as tx:
        return await open_session(tx, link.account_id, device)


async def _person(
    services: Services, email: str, name: str | None, newcomer: Newcomer, network: str
) -> Person:
    """Passwords are hashed here, before any row is locked."""
    if newcomer.password is None:
        raise invalid(password="Choose a password.")  # noqa: S106 a sentence
    if await account_of(services.database, email) is None:
        return Person(
            await new_account(email, name or "", newcomer.password), is_new=True, device=newcomer.device
        )
    account = await account_with_password(services, email, newcomer.password, network)
    return Person(account, is_new=False, device=newcomer.device)


@asynccontextmanager
async def _using(
    database: Database, token: str, workspace_id: UUID | None, account_id: UUID
) -> AsyncIterator[Transaction]:
    """What is done inside is done by the link, once."""
    names = {"token_hash": hash_of(token).hex(), "account_id": str(account_id)}
    async with database.transaction(workspace_id, **names) as tx:
        still_good(await store.good_link(tx, hash_of(token), now()))
        await store.use_link(tx, hash_of(token), now())
        yield tx


async def _enter(tx: Transaction, person: Person, workspace_id: UUID, role: Role) -> str:
    if person.is_new:
        await add_account(tx, person.account)
    await join(tx, workspace_id, person.account, role)
    return await open_session(tx, person.account.account_id, person.device)
