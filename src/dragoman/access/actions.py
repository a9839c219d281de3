"""Accounts, workspaces and members come into being."""

from __future__ import annotations

from uuid import UUID

from psycopg.errors import UniqueViolation

from dragoman.access import passwords, store, workspace_store
from dragoman.access.model import Account, Role, WorkspaceKind, checked_email, checked_name, checked_password
from dragoman.access.store import StoredAccount
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused
from dragoman.kit.ids import new_id
from dragoman.work import jobs
from dragoman.work.sweeping import first_sweep


async def create_workspace(database: Database, name: str, kind: WorkspaceKind) -> UUID:
    """An empty workspace. Raises Refused for a name that cannot be."""
    workspace_id = new_id()
    async with database.transaction(workspace_id) as tx:
        await add_workspace(tx, workspace_id, checked_name(name, field="workspace_name"), kind)
    return workspace_id


async def add_workspace(tx: Transaction, workspace_id: UUID, name: str, kind: WorkspaceKind) -> None:
    """With its 64 lanes and its hourly sweep."""
    await workspace_store.add_workspace(tx, workspace_id, name, kind, now())
    await jobs.schedule(tx, [first_sweep(workspace_id, now())])


async def create_account(database: Database, email: str, name: str, password: str | None) -> UUID:
    """Without a password it opens by a one-time link only.

    Raises Refused: what is wrong with a field, or ``conflict`` where the address has an account already.
    """
    account = await new_account(email, name, password)
    async with database.transaction(account_id=str(account.account_id)) as tx:
        await add_account(tx, account)
    return account.account_id


async def new_account(email: str, name: str, password: str | None) -> StoredAccount:
    """Checked, its password hashed, not stored yet. Raises Refused."""
    password_hash = None if password is None else await passwords.hashed(checked_password(password))
    return StoredAccount(new_id(), checked_email(email), checked_name(name), password_hash)


async def add_account(tx: Transaction, account: StoredAccount) -> None:
    try:
        await store.add_account(tx, account, now())
    except UniqueViolation:
        raise Refused("conflict", f"{account.email} has an account already.", 409) from None


async def add_member(database: Database, workspace_id: UUID, email: str, role: Role) -> UUID:
    """The account of this address becomes a member, at once. Raises Refused where there is no such account."""
    email = checked_email(email)
    async with database.transaction(workspace_id, email=email) as tx:
        account = await store.account_by_email(tx, email)
        if account is None:
            raise Refused("not_found", f"{email} has no account.", 404)
        return await join(tx, workspace_id, account, role)


async def join(tx: Transaction, workspace_id: UUID, account: StoredAccount | Account, role: Role) -> UUID:
    """The new member's id; every browser of the workspace hears of them."""
    member_id = await workspace_store.add_member(
        tx, workspace_id, new_id(), account.account_id, account.name, account.email, role, now()
    )
    tx.changed("member", member_id=member_id)
    return member_id
