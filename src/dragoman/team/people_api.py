"""Routes of who is there: what members speak, when they work, and what becomes of what comes in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.kit.clock import now
from dragoman.team import people, routing_store
from dragoman.team.routing_store import Office, Person
from dragoman.team.work import (
    CAPACITY,
    MOST_CAPACITY,
    MOST_DAYS_OFF,
    MOST_HOLIDAYS,
    MOST_LANGUAGES,
    MOST_SHIFTS,
    MOST_SKILLS,
    Hours,
    Level,
    Work,
    has_day_off,
    is_on_shift,
)

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["team"])

LOOKED_BACK = timedelta(days=30)
MOST_NAMED = 3  # of those who wait for somebody who speaks their language


class SpokenShown(BaseModel):
    """``language`` is BCP 47."""

    language: Annotated[str, Field(max_length=20)]
    level: Level


class ShiftShown(BaseModel):
    """Monday is 1; minutes after midnight. ``end`` not after ``start``: of the day after."""

    day: int
    start: int
    end: int


class DaysOffShown(BaseModel):
    first: date
    last: date


class HolidayShown(BaseModel):
    day: date
    name: Annotated[str, Field(max_length=100)]


Shifts = Annotated[list[ShiftShown], Field(max_length=MOST_SHIFTS)]
Zone = Annotated[str, Field(max_length=64)]


class WorkShown(BaseModel):
    """``zone`` and ``shifts`` null: as the house has them. ``capacity``: open conversations at a time."""

    languages: Annotated[list[SpokenShown], Field(max_length=MOST_LANGUAGES)] = []
    skills: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=MOST_SKILLS)] = []
    zone: Zone | None = None
    shifts: Shifts | None = None
    days_off: Annotated[list[DaysOffShown], Field(max_length=MOST_DAYS_OFF)] = []
    capacity: Annotated[int, Field(ge=1, le=MOST_CAPACITY)] = CAPACITY

    def work(self) -> Work:
        return msgspec.convert(self.model_dump(), Work)


class PersonShown(WorkShown):
    """A member who has not left, as they are at this moment. ``open``: how many open conversations they have."""

    id: UUID
    is_online: bool
    is_on_shift: bool
    has_day_off: bool
    is_away: bool
    seen_at: datetime | None
    open: int


class HouseShown(BaseModel):
    """``shifts`` null: at all times. ``fallback_team_id``: gets what nobody else can take."""

    zone: Zone
    shifts: Shifts | None
    holidays: Annotated[list[HolidayShown], Field(max_length=MOST_HOLIDAYS)]
    is_routing: bool
    reply_takes: bool
    fallback_team_id: UUID | None


class People(BaseModel):
    """Not paged: those who pick from them need them all."""

    items: list[PersonShown]
    house: HouseShown


class LanguageSeen(BaseModel):
    """How many turns were written in it within 30 days."""

    language: str
    turns: int


class LanguagesSeen(BaseModel):
    items: list[LanguageSeen]


class NobodysCustomer(BaseModel):
    conversation_id: UUID
    name: str | None


class WaitingForSpeaker(BaseModel):
    """``count`` wait in this language and are nobody's; ``first``: those who have waited longest, three at most."""

    language: str
    count: int
    first: list[NobodysCustomer]


class WaitingForSpeakers(BaseModel):
    items: list[WaitingForSpeaker]


class Away(BaseModel):
    is_away: bool


@router.get("/people")
async def all_people(by: Member, services: SharedServices) -> People:
    """Asked for when somebody looks; neither snapshot nor stream has it."""
    async with services.database.reading(by.workspace_id) as tx:
        office = await routing_store.office(tx)
    at = now()
    return People(items=[_person(each, office, at) for each in office.people], house=_house(office))


def _person(person: Person, office: Office, at: datetime) -> PersonShown:
    work = person.work
    return PersonShown(
        **msgspec.to_builtins(work),
        id=person.member_id,
        is_online=person.is_online(at) and not work.is_away,
        is_on_shift=is_on_shift(work, office.hours, at),
        has_day_off=has_day_off(work, office.hours, at),
        seen_at=person.seen_at,
        open=person.open,
    )


def _house(office: Office) -> HouseShown:
    return HouseShown(
        **msgspec.to_builtins(office.hours),
        is_routing=office.is_routing,
        reply_takes=office.reply_takes,
        fallback_team_id=office.fallback,
    )


@router.post("/people/away", status_code=204)
async def away(by: Member, services: SharedServices, said: Away) -> None:
    """One's own switch."""
    await people.set_away(services.database, by, said.is_away)


@router.post("/people/{member_id}", status_code=204)
async def set_work(by: Member, services: SharedServices, member_id: UUID, asked: WorkShown) -> None:
    """One's own; a colleague's needs ``manage_members``."""
    await people.set_work(services.database, by, member_id, asked.work())


@router.post("/house", status_code=204)
async def set_house(by: Member, services: SharedServices, asked: HouseShown) -> None:
    """Needs ``manage_members``."""
    hours = msgspec.convert(asked.model_dump(include={"zone", "shifts", "holidays"}), Hours)
    await people.set_house(
        services.database,
        by,
        hours,
        is_routing=asked.is_routing,
        reply_takes=asked.reply_takes,
        fallback=asked.fallback_team_id,
    )


@router.get("/languages-seen")
async def languages_seen(by: Member, services: SharedServices) -> LanguagesSeen:
    """What customers wrote in within 30 days, on the channels that the member sees; the most frequent first."""
    async with services.database.reading(by.workspace_id) as tx:
        found = await routing_store.languages_seen(tx, by.channels, datetime.now(UTC) - LOOKED_BACK)
    return LanguagesSeen(items=[LanguageSeen(language=each[0], turns=each[1]) for each in found])


@router.get("/waiting-for-speakers")
async def waiting_for_speakers(by: Member, services: SharedServices) -> WaitingForSpeakers:
    """Whom an alarm about a language is about, on the channels that the member sees: nobody has them, and no team."""
    async with services.database.reading(by.workspace_id) as tx:
        found = await routing_store.waiting_by_language(tx, by.channels, MOST_NAMED)
    items: dict[str, WaitingForSpeaker] = {}
    for language, count, conversation_id, name in found:
        item = items.setdefault(language, WaitingForSpeaker(language=language, count=count, first=[]))
        item.first.append(NobodysCustomer(conversation_id=conversation_id, name=name))
    return WaitingForSpeakers(items=list(items.values()))
