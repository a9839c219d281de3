"""Routes of a workspace: its members, and the invitations to become one."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from dragoman.access import invitations, membership, workspace_store
from dragoman.access.http import Member, SharedServices
from dragoman.access.invitation_store import Invitation
from dragoman.access.model import Role
from dragoman.access.workspace_store import ListedMember
from dragoman.kit.errors import invalid

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["members"])

PAGE = 50
MAX_PAGE = 100

Line = Annotated[str, Field(max_length=1000)]


class RoleGiven(BaseModel):
    role: Role


class InvitationAsked(RoleGiven):
    """Without an address the link is good for whoever has it."""

    email: Line | None = None
    name: Line | None = None


class InvitationShown(BaseModel):
    id: UUID
    email: str | None
    name: str | None
    role: Role
    invited_by: UUID | None
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, found: Invitation) -> Self:
        return cls(
            id=found.invitation_id,
            email=found.email,
            name=found.name,
            role=found.role,
            invited_by=found.invited_by,
            created_at=found.created_at,
            expires_at=found.expires_at,
        )


class Invitations(BaseModel):
    items: list[InvitationShown]


class InvitationMade(BaseModel):
    """The address is told this once: nobody can look it up again."""

    link: str


class MemberListed(BaseModel):
    id: UUID
    name: str
    email: str
    role: Role
    joined_at: datetime

    @classmethod
    def of(cls, found: ListedMember) -> Self:
        return cls(
            id=found.member_id,
            name=found.name,
            email=found.email,
            role=Role(found.role),
            joined_at=found.joined_at,
        )


class MemberPage(BaseModel):
    items: list[MemberListed]
    next_cursor: str | None


@router.get("/members")
async def members(
    by: Member,
    services: SharedServices,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> MemberPage:
    """Those who have not left, by name."""
    async with services.database.reading(by.workspace_id) as tx:
        after = _place(cursor) if cursor else None
        found = await workspace_store.members_page(tx, by.workspace_id, after, limit + 1)
    page = found[:limit]
    more = _cursor(page[-1]) if len(found) > limit else None
    return MemberPage(items=[MemberListed.of(each) for each in page], next_cursor=more)


@router.post("/members/{member_id}/role", status_code=204)
async def change_role(by: Member, services: SharedServices, member_id: UUID, given: RoleGiven) -> None:
    await membership.change_role(services.database, by, member_id, given.role)


@router.post("/members/{member_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, member_id: UUID) -> None:
    await membership.remove(services.database, by, member_id)


@router.get("/invitations")
async def open_invitations(by: Member, services: SharedServices) -> Invitations:
    """Those that nobody has used yet; not paged, since no more than 100 can be open."""
    found = await invitations.open_invitations(services.database, by)
    return Invitations(items=[InvitationShown.of(each) for each in found])


@router.post("/invitations", status_code=201)
async def invite(by: Member, services: SharedServices, asked: InvitationAsked) -> InvitationMade:
    link = await invitations.new_invitation(services, by, asked.email, asked.name, asked.role)
    return InvitationMade(link=link)


@router.post("/invitations/{invitation_id}/take-back", status_code=204)
async def take_back(by: Member, services: SharedServices, invitation_id: UUID) -> None:
    await invitations.take_back(services.database, by, invitation_id)


def _cursor(last: ListedMember) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((last.name, last.member_id))).decode()


def _place(cursor: str) -> tuple[str, UUID]:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=tuple[str, UUID])
    except ValueError:
        raise invalid(cursor="This is not a cursor that we gave out.") from None
