"""Routes of assignment and of teams."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from msgspec import UNSET
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.live.shapes import Team
from dragoman.team import actions, store
from dragoman.team.model import MOST_IN_TEAM, Assignment

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["team"])


class AssignmentAsked(BaseModel):
    """What is left out stays; null: nobody's, in no team's queue."""

    owner_id: UUID | None = None
    team_id: UUID | None = None

    def assignment(self) -> Assignment:
        said = self.model_fields_set
        return Assignment(
            owner_id=self.owner_id if "owner_id" in said else UNSET,
            team_id=self.team_id if "team_id" in said else UNSET,
        )


class TeamAsked(BaseModel):
    name: Annotated[str, Field(max_length=1000)]
    member_ids: Annotated[list[UUID], Field(max_length=MOST_IN_TEAM)]


@router.post("/conversations/{conversation_id}/assign", status_code=204)
async def assign(by: Member, services: SharedServices, conversation_id: UUID, asked: AssignmentAsked) -> None:
    """409 ``conflict`` where the owner does not see the channel."""
    await actions.assign(services.database, by, conversation_id, asked.assignment())


@router.post("/teams", status_code=201)
async def create(by: Member, services: SharedServices, asked: TeamAsked) -> Team:
    """Needs ``manage_members``. Teams themselves come with the snapshot and the stream."""
    team_id = await actions.create_team(services.database, by, asked.name, asked.member_ids)
    async with services.database.reading(by.workspace_id) as tx:
        (made,) = await store.teams(tx, [team_id])
    return Team(**made)


@router.post("/teams/{team_id}", status_code=204)
async def change(by: Member, services: SharedServices, team_id: UUID, asked: TeamAsked) -> None:
    """Needs ``manage_members``."""
    await actions.change_team(services.database, by, team_id, asked.name, asked.member_ids)


@router.post("/teams/{team_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, team_id: UUID) -> None:
    """Needs ``manage_members``. Its conversations stay with who has them; the others are nobody's."""
    await actions.remove_team(services.database, by, team_id)
