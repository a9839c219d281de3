"""Members get another role, or leave. What they wrote keeps their name; their streams begin anew, or end."""

from __future__ import annotations

from uuid import UUID

from dragoman.access import invitation_store, workspace_store
from dragoman.access.model import Membership, Role, checked_email, right_over
from dragoman.db.database import Database, Transaction
from dragoman.drafts.forgetting import forget_drafts_of
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.team.leaving import hand_everything_back


async def change_role(database: Database, by: Membership, member_id: UUID, role: Role) -> None:
    """Raises Refused: ``by`` may not, there is no such member, or they are the last owner."""
    by.needs(right_over(role))
    async with database.transaction(by.workspace_id) as tx:
        owners = await workspace_store.owners(tx, by.workspace_id)
        was = await _role_of(tx, by, member_id)
        if was is role:
            return
        by.needs(right_over(was))
        _not_the_last_owner(was, owners)
        await workspace_store.set_role(tx, by.workspace_id, member_id, role)
        await invitation_store.take_back_all_of(tx, by.workspace_id, member_id)
        tx.changed("member", member_id=member_id)


async def remove(database: Database, by: Membership, member_id: UUID) -> None:
    """They see nothing of the workspace from now on, and nobody comes in by a link that they made.

    Raises Refused as ``change_role`` does.
    """
    async with database.transaction(by.workspace_id) as tx:
        owners = await workspace_store.owners(tx, by.workspace_id)
        role = await _role_of(tx, by, member_id)
        by.needs(right_over(role))
        await _leave(tx, by.workspace_id, member_id, role, owners)


async def remove_by_email(database: Database, workspace_id: UUID, email: str) -> None:
    """The same for whoever runs the server, who needs no right. Raises Refused."""
    email = checked_email(email)
    async with database.transaction(workspace_id) as tx:
        owners = await workspace_store.owners(tx, workspace_id)
        found = await workspace_store.member_by_email(tx, workspace_id, email)
        if found is None:
            raise not_found(f"{email} is no member of this workspace.")
        await _leave(tx, workspace_id, *found, owners)


async def _leave(tx: Transaction, workspace_id: UUID, member_id: UUID, role: Role, owners: int) -> None:
    _not_the_last_owner(role, owners)
    await workspace_store.end_membership(tx, workspace_id, member_id, now())
    await invitation_store.take_back_all_of(tx, workspace_id, member_id)
    await forget_drafts_of(tx, member_id)
    await hand_everything_back(tx, member_id)
    tx.changed("member", member_id=member_id)


async def _role_of(tx: Transaction, by: Membership, member_id: UUID) -> Role:
    role = await workspace_store.role_of(tx, by.workspace_id, member_id)
    if role is None:
        raise not_found("There is no such member.")
    return role


def _not_the_last_owner(role: Role, owners: int) -> None:
    if role is Role.OWNER and owners == 1:
        raise Refused("conflict", "The last owner stays: make somebody else an owner first.", 409)
