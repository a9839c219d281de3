"""Every statement about the invitations of a workspace, which are seen by whom they lead to and not by their token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dragoman.access.model import Role
from dragoman.db.database import Transaction


@dataclass(frozen=True, slots=True)
class Invitation:
    """One that nobody has used yet. ``invited_by`` None: whoever runs the server made it."""

    invitation_id: UUID
    email: str | None
    name: str | None
    role: Role
    invited_by: UUID | None
    created_at: datetime
    expires_at: datetime


async def still_open(tx: Transaction, workspace_id: UUID, at: datetime, limit: int) -> list[Invitation]:
    """Newest first."""
    rows = await tx.rows(
        """select link_id, email, name, role, invited_by, created_at, expires_at from one_time_links
           where workspace_id = %(workspace)s and purpose = 'invitation' and used_at is null
             and expires_at > %(at)s
           order by created_at desc, link_id limit %(limit)s""",
        {"workspace": workspace_id, "at": at, "limit": limit},
    )
    return [Invitation(link_id, email, name, Role(role), *rest) for link_id, email, name, role, *rest in rows]


async def take_back(tx: Transaction, workspace_id: UUID, invitation_id: UUID) -> Role | None:
    """The role that it would have given; None: it is not open any more."""
    row = await tx.row(
        """delete from one_time_links
           where workspace_id = %(workspace)s and link_id = %(link)s and purpose = 'invitation'
             and used_at is null
           returning role""",
        {"workspace": workspace_id, "link": invitation_id},
    )
    return Role(row[0]) if row else None


async def take_back_all_of(tx: Transaction, workspace_id: UUID, member_id: UUID) -> None:
    """Nobody comes in by the word of somebody who may no longer give it."""
    await tx.execute(
        """delete from one_time_links
           where workspace_id = %(workspace)s and invited_by = %(member)s and purpose = 'invitation'
             and used_at is null""",
        {"workspace": workspace_id, "member": member_id},
    )
