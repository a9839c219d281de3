"""A day of the ledger. It holds the envelopes stored on it, by their ids, which grow with time. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from dragoman.inbound.model import Unaccounted
from dragoman.kit.errors import invalid
from dragoman.kit.ids import first_id_at

DAYS_BACK = 30  # that are shown, and can be looked up again
DAYS_KEPT = 400  # of what was found

State = Literal["running", "done", "failed"]


class Span(msgspec.Struct, frozen=True):
    """Envelopes from the one id on and before the other."""

    first: UUID
    last: UUID


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """``verified`` of ``total`` envelopes are parsed again. ``missing``: the first of what is unaccounted for."""

    day: date
    span: Span
    state: State
    cursor: UUID
    total: int
    verified: int = 0
    arrivals: int | None = None
    unaccounted: int = 0
    missing: list[Unaccounted] = []
    asked_by: UUID | None = None
    started_at: datetime
    ended_at: datetime | None = None


def found_on(check: Check, channels: Collection[UUID]) -> Check:
    """What of it is about these channels. How many envelopes there were is about all."""
    missing = [each for each in check.missing if each.channel_id in channels]
    return replace(check, arrivals=None, missing=missing, unaccounted=len(missing))


class Count(msgspec.Struct, frozen=True):
    """Arrivals of one channel with the same fate. ``channel_id`` None: of an account that nobody had connected."""

    channel_id: UUID | None
    outcome: str
    detail: str
    arrivals: int


def today_in(zone: str, at: datetime) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def last_days(zone: str, at: datetime) -> list[date]:
    """The newest first."""
    today = today_in(zone, at)
    return [today - timedelta(days=back) for back in range(DAYS_BACK)]


def span_of(zone: str, first: date, last: date) -> Span:
    """From the midnight that begins the first day to the one that ends the last."""
    begin, end = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (first, last + timedelta(days=1)))
    return Span(first_id_at(begin), first_id_at(end))


def check_day(zone: str, day: date, at: datetime) -> None:
    """Raises Refused for a day that is not among those shown."""
    if day not in last_days(zone, at):
        raise invalid(day=f"The ledger shows the last {DAYS_BACK} days.")
