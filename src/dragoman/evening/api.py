"""Routes of the evening line: how days went, and when a member wants to be told."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, RedirectResponse
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Locale, Membership
from dragoman.db.database import Transaction
from dragoman.evening import actions, counting, store
from dragoman.evening.model import MINUTES_A_DAY, DayCount, Evening, Trouble
from dragoman.kit.clock import now
from dragoman.team.work import check_zone

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["evening"])

Zone = Annotated[str, Field(max_length=64)]
AskedZone = Annotated[str | None, Query(max_length=64)]
NOT_OURS = "This address is out of none of our mails, or there is nothing to end any more."


class Today(BaseModel):
    """``answered``: conversations in which somebody of ours answered; ``shelved``: quiet arrivals that lie on the
    shelf; the longest wait of those who were answered, and on the present day of those who wait still."""

    day: date
    answered: int
    shelved: int
    longest_wait_seconds: int

    @classmethod
    def of(cls, count: DayCount) -> Today:
        return cls(
            day=count.day,
            answered=count.answered,
            shelved=count.shelved,
            longest_wait_seconds=count.longest_wait_seconds,
        )


class Days(BaseModel):
    items: list[Today]


class EveningShape(BaseModel):
    """Days as in ISO 8601, Monday is 1; ``minute`` after midnight by the clock of the zone."""

    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]
    minute: Annotated[int, Field(ge=0, lt=MINUTES_A_DAY)]
    zone: Zone


class MyEvening(BaseModel):
    """``evening`` null: no line is wanted. ``sends_mail``: this installation can. ``trouble``: why the last line was
    not mailed."""

    evening: EveningShape | None
    sends_mail: bool
    email: str
    trouble: Trouble | None


class EveningAsked(BaseModel):
    """``locale``: the language in which it is written."""

    evening: EveningShape | None
    locale: Locale


@router.get("/today")
async def so_far_today(by: Member, services: SharedServices, zone: AskedZone = None) -> Today:
    """How the day went so far where one is; ``zone`` left out: as the member or the house has it."""
    async with services.database.reading(by.workspace_id) as tx:
        there = await _zone(tx, by, zone)
        at = now()
        return Today.of(
            await counting.one_day(tx, by.channels, there, at.astimezone(ZoneInfo(there)).date(), at)
        )


@router.get("/days")
async def last_days(by: Member, services: SharedServices, zone: AskedZone = None) -> Days:
    """The last seven, the newest first."""
    async with services.database.reading(by.workspace_id) as tx:
        there = await _zone(tx, by, zone)
        found = await counting.last_days(tx, by.channels, there, now())
    return Days(items=[Today.of(each) for each in found])


async def _zone(tx: Transaction, by: Membership, asked: str | None) -> str:
    """Raises Refused for one that there is not."""
    if asked is None:
        return await store.zone_of(tx, by.member_id)
    check_zone(asked)
    return asked


@router.get("/evening")
async def my_evening(by: Member, services: SharedServices) -> MyEvening:
    found = await actions.mine(services.database, by)
    evening = found.evening
    return MyEvening(
        evening=EveningShape(days=sorted(evening.days), minute=evening.minute, zone=evening.zone)
        if evening
        else None,
        sends_mail=services.settings.mail_url is not None,
        email=found.email,
        trouble=found.trouble,
    )


@router.post("/evening", status_code=204)
async def settle_evening(by: Member, services: SharedServices, asked: EveningAsked) -> None:
    """From the next such time on; null: no more."""
    wanted = asked.evening
    evening = Evening(frozenset(wanted.days), wanted.minute, wanted.zone) if wanted else None
    await actions.settle(services.database, by, evening, asked.locale)


@router.post("/evening/stop/{member_id}/{key}", response_class=PlainTextResponse)
async def stop(
    services: SharedServices, workspace_id: UUID, member_id: UUID, key: Annotated[str, Field(max_length=100)]
) -> PlainTextResponse:
    """One request ends these mails (RFC 8058): whoever sends it has one of them, and need not be signed in."""
    if await actions.stop(services.database, workspace_id, member_id, key):
        return PlainTextResponse("No evening line will come any more.")
    return PlainTextResponse(NOT_OURS, 404)


@router.get("/evening/stop/{member_id}/{key}", include_in_schema=False)
async def stop_by_hand(workspace_id: UUID) -> RedirectResponse:
    """Opened by a person, or by a machine that looks at every address in a mail: nothing ends by that."""
    return RedirectResponse(f"/w/{workspace_id}/notifications", 303)
