"""Routes of set-ups: begin one, write into it, have it tried, see whether a message came, give it up."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Membership, Right
from dragoman.connecting.actions import hook_address
from dragoman.live.channel_shapes import Setup
from dragoman.services import Services
from dragoman.setups import actions, checking, practice, store

router = APIRouter(prefix="/api/w/{workspace_id}/setups", tags=["channels"])

Short = Annotated[str, Field(max_length=100)]


class SetupAsked(BaseModel):
    """``renews``: a channel that is to go on with other credentials. ``simulated``: an account of the simulator."""

    platform: Short
    way: Short = ""
    renews: UUID | None = None
    simulated: bool = False


class WayAsked(BaseModel):
    way: Short


class StepWritten(BaseModel):
    """A secret that is left out stays as it was."""

    step: Short
    fields: dict[str, str]


class ApprovalNoted(BaseModel):
    name: Short
    asked: bool
    granted: bool


class PracticeAsked(BaseModel):
    platform: Short


class OneSetup(BaseModel):
    """``written``: the public fields as they stand. ``given``: which secrets are there. ``shown``: what is to be
    entered at the platform, by its names. ``found``: what a step's try came upon."""

    setup: Setup
    written: dict[str, str]
    given: list[str]
    shown: dict[str, str]
    found: list[str] = []
    conversation_id: UUID | None = None


@router.post("", status_code=201)
async def begin(by: Member, services: SharedServices, asked: SetupAsked) -> OneSetup:
    setup_id = await actions.begin(
        services, by, asked.platform, asked.way, renews=asked.renews, simulated=asked.simulated
    )
    return await _shown(services, by, setup_id)


@router.post("/practice", status_code=201)
async def begin_practice(by: Member, services: SharedServices, asked: PracticeAsked) -> OneSetup:
    """An account at the simulator, connected at once."""
    return await _shown(services, by, await practice.begin(services, by, asked.platform))


@router.get("/{setup_id}")
async def one(by: Member, services: SharedServices, setup_id: UUID) -> OneSetup:
    by.needs(Right.MANAGE_CHANNELS)
    return await _shown(services, by, setup_id)


@router.post("/{setup_id}/way")
async def choose_way(by: Member, services: SharedServices, setup_id: UUID, asked: WayAsked) -> OneSetup:
    await actions.choose_way(services, by, setup_id, asked.way)
    return await _shown(services, by, setup_id)


@router.post("/{setup_id}/steps")
async def write(by: Member, services: SharedServices, setup_id: UUID, asked: StepWritten) -> OneSetup:
    """Keep what a step asks for, and try it at once."""
    found = await actions.write(services, by, setup_id, asked.step, asked.fields)
    shown = await _shown(services, by, setup_id)
    return shown.model_copy(update={"found": found})


@router.post("/{setup_id}/approvals")
async def note_approval(
    by: Member, services: SharedServices, setup_id: UUID, asked: ApprovalNoted
) -> OneSetup:
    await actions.note_approval(services, by, setup_id, asked.name, asked=asked.asked, granted=asked.granted)
    return await _shown(services, by, setup_id)


@router.post("/{setup_id}/check")
async def check(by: Member, services: SharedServices, setup_id: UUID) -> OneSetup | None:
    """Everything up to the delivery. Null: another connection of the same accounts goes on with these credentials."""
    await checking.check_all(services, by, setup_id)
    async with services.database.reading(by.workspace_id) as tx:
        if await store.setup(tx, setup_id) is None:
            return None
    return await _shown(services, by, setup_id)


@router.post("/{setup_id}/look")
async def look(by: Member, services: SharedServices, setup_id: UUID) -> OneSetup:
    """Whether a message came, and in which conversation it stands."""
    by.needs(Right.MANAGE_CHANNELS)
    conversation_id = await checking.look(services, by.workspace_id, setup_id)
    shown = await _shown(services, by, setup_id)
    return shown.model_copy(update={"conversation_id": conversation_id})


@router.post("/{setup_id}/practice-message", status_code=204)
async def let_somebody_write(by: Member, services: SharedServices, setup_id: UUID) -> None:
    """A practice customer writes to the practice account."""
    await practice.let_somebody_write(services, by, setup_id)


@router.post("/{setup_id}/give-up", status_code=204)
async def give_up(by: Member, services: SharedServices, setup_id: UUID) -> None:
    await actions.give_up(services, by, setup_id)


async def _shown(services: Services, by: Membership, setup_id: UUID) -> OneSetup:
    there = await actions.guided(services, by.workspace_id, setup_id)
    async with services.database.reading(by.workspace_id) as tx:
        (row,) = await store.rows(tx, [setup_id])
        lasting = await actions.lasting_connection(tx, there)
    secrets = there.credentials.secrets
    address = hook_address(services, by.workspace_id, lasting)
    made_up = {name: secrets[name] for name in there.manifest.generated if name in secrets}
    shown = {name for step in there.manifest.steps for name in step.shows}
    return OneSetup(
        setup=Setup(**row),
        written=there.credentials.settings,
        given=sorted(name for name, value in secrets.items() if value and name not in made_up),
        shown={name: value for name, value in {"address": address, **made_up}.items() if name in shown},
    )
