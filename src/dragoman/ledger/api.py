"""Routes of the ledger, for those who may manage channels."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Membership, Right
from dragoman.kit.clock import now
from dragoman.ledger import checking, store
from dragoman.ledger.model import Check, Count, check_day, found_on, last_days, span_of
from dragoman.live.message_shapes import Wording, worded

router = APIRouter(prefix="/api/w/{workspace_id}/ledger", tags=["ledger"])

Outcome = Literal[
    "conversation", "shelved", "applied", "duplicate", "imported", "blocked", "parked", "in_progress"
]


class MissingShown(BaseModel):
    natural_key: str
    what: str


class CheckShown(BaseModel):
    """``verified`` of about ``total`` kept envelopes were parsed again: both null for who sees few channels, as any may
    be in an envelope. ``missing``: the first hundred of what is unaccounted for."""

    state: Literal["running", "done", "failed"]
    total: int | None
    verified: int | None
    unaccounted: int
    missing: list[MissingShown]
    started_at: datetime
    ended_at: datetime | None

    @classmethod
    def to(cls, by: Membership, check: Check) -> CheckShown:
        check = check if by.channels is None else found_on(check, by.channels)
        return cls(
            state=check.state,
            total=check.total if by.channels is None else None,
            verified=check.verified if by.channels is None else None,
            unaccounted=check.unaccounted,
            missing=[MissingShown(natural_key=m.natural_key, what=m.what) for m in check.missing],
            started_at=check.started_at,
            ended_at=check.ended_at,
        )


class DayShown(BaseModel):
    """``arrivals`` null: the day has not been looked up yet, which happens by itself once it is over; or whoever asks
    sees few channels, of which each day tells by itself."""

    day: date
    arrivals: int | None
    check: CheckShown | None


class LedgerDays(BaseModel):
    zone: str
    items: list[DayShown]


class Fate(BaseModel):
    """``detail``: how its conversation stands now, which class of noise it is, or what was applied."""

    outcome: Outcome
    detail: str
    count: int


class ChannelFates(BaseModel):
    """``channel_id`` null: accounts that nobody had connected. ``arrivals`` is the sum of all its fates."""

    channel_id: UUID | None
    name: str | None
    platform: str | None
    arrivals: int
    fates: list[Fate]


class LedgerDay(BaseModel):
    """``unread``: envelopes of which nobody knows yet what is in them, ``late`` of them for more than a minute."""

    day: date
    arrivals: int
    unread: int
    late: int
    channels: list[ChannelFates]
    check: CheckShown | None


class ArrivalShown(BaseModel):
    id: UUID
    at: datetime
    kind: str
    reason: str | None
    reason_wording: Wording | None
    conversation_id: UUID | None
    message_id: UUID | None


class Arrivals(BaseModel):
    items: list[ArrivalShown]
    next_cursor: UUID | None


@router.get("")
async def days(by: Member, services: SharedServices) -> LedgerDays:
    """The last thirty, the newest first, by the clock of the workspace. Needs ``manage_channels``."""
    by.needs(Right.MANAGE_CHANNELS)
    async with services.database.reading(by.workspace_id) as tx:
        zone = await store.zone(tx)
        shown = last_days(zone, now())
        checks = await store.checks(tx, shown)
    return LedgerDays(
        zone=zone,
        items=[
            DayShown(
                day=day,
                arrivals=checks[day].arrivals if day in checks and by.channels is None else None,
                check=CheckShown.to(by, checks[day]) if day in checks else None,
            )
            for day in shown
        ],
    )


@router.get("/{day}")
async def one_day(by: Member, services: SharedServices, day: date) -> LedgerDay:
    """Where everything that came in on this day is now. Needs ``manage_channels``."""
    by.needs(Right.MANAGE_CHANNELS)
    async with services.database.reading(by.workspace_id) as tx:
        zone = await store.zone(tx)
        check_day(zone, day, now())
        span = span_of(zone, day, day)
        found = await store.counts(tx, span, by.channels)
        names = await store.channel_names(tx)
        unread, late = await store.unread(tx, span, by.channels)
        check = (await store.checks(tx, [day])).get(day)
        return LedgerDay(
            day=day,
            arrivals=await store.arrivals(tx, span, by.channels),
            unread=unread,
            late=late,
            channels=_by_channel(found, names),
            check=CheckShown.to(by, check) if check else None,
        )


def _by_channel(found: list[Count], names: dict[UUID, tuple[str, str]]) -> list[ChannelFates]:
    grouped: dict[UUID | None, list[Count]] = {}
    for each in found:
        grouped.setdefault(each.channel_id, []).append(each)
    shown = []
    for channel_id, fates in grouped.items():
        name, platform = names.get(channel_id, (None, None)) if channel_id else (None, None)
        shown.append(
            ChannelFates(
                channel_id=channel_id,
                name=name,
                platform=platform,
                arrivals=sum(each.arrivals for each in fates),
                fates=[Fate(outcome=e.outcome, detail=e.detail, count=e.arrivals) for e in fates],  # type: ignore[arg-type]  # a check in SQL
            )
        )
    return sorted(shown, key=lambda each: -each.arrivals)


@router.get("/{day}/arrivals")
async def arrivals(
    by: Member,
    services: SharedServices,
    day: date,
    outcome: Outcome,
    detail: Annotated[str, Query(max_length=40)] = "",
    channel: UUID | None = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Arrivals:
    """Those behind one number, the newest first. Needs ``manage_channels``."""
    by.needs(Right.MANAGE_CHANNELS)
    async with services.database.reading(by.workspace_id) as tx:
        zone = await store.zone(tx)
        check_day(zone, day, now())
        found = await store.page(
            tx,
            span_of(zone, day, day),
            by.channels,
            channel_id=channel,
            outcome=outcome,
            detail=detail,
            before=cursor,
            limit=limit + 1,
        )
    items = [ArrivalShown(**row, reason_wording=worded(row["reason"])) for row in found[:limit]]
    return Arrivals(items=items, next_cursor=items[-1].id if len(found) > limit else None)


@router.post("/{day}/check", status_code=204)
async def check_now(by: Member, services: SharedServices, day: date) -> None:
    """A worker parses all kept envelopes of this day again. Needs ``manage_channels``."""
    await checking.begin(services.database, by, day)
