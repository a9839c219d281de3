"""Members invite others by a link, see which of their links are open, and take them back."""

from __future__ import annotations

from uuid import UUID

from dragoman.access import invitation_store
from dragoman.access.invitation_store import Invitation
from dragoman.access.links import invite
from dragoman.access.model import Membership, Right, Role, right_over
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.services import Services

MOST_OPEN = 100  # in one workspace


async def open_invitations(database: Database, by: Membership) -> list[Invitation]:
    """Newest first. Raises Refused where ``by`` may not invite."""
    by.needs(Right.MANAGE_MEMBERS)
    async with database.reading(by.workspace_id) as tx:
        return await invitation_store.still_open(tx, by.workspace_id, now(), MOST_OPEN)


async def new_invitation(
    services: Services, by: Membership, email: str | None, name: str | None, role: Role
) -> str:
    """The address that lets one person in, told this once. Without ``email`` it is good for whoever has it.

    Raises Refused: ``by`` may not, a field is wrong, or too many are open.
    """
    by.needs(right_over(role))
    if len(await open_invitations(services.database, by)) >= MOST_OPEN:
        raise Refused("conflict", f"{MOST_OPEN} invitations are open already: take one back first.", 409)
    return await invite(
        services.database, services.settings, by.workspace_id, email, name, role, invited_by=by.member_id
    )


async def take_back(database: Database, by: Membership, invitation_id: UUID) -> None:
    """The link opens nothing from now on. Raises Refused: ``by`` may not, or it is not open any more."""
    by.needs(Right.MANAGE_MEMBERS)
    async with database.transaction(by.workspace_id) as tx:
        role = await invitation_store.take_back(tx, by.workspace_id, invitation_id)
        if role is None:
            raise not_found("This invitation is not open any more.")
        by.needs(right_over(role))
