"""The platform's reply window of a conversation: when it shuts, and whether that is near. Pure decisions.

Two facts carry it: the customer's newest move that the platform counts, and the newest that the longer time for a
person's own words counts from. They only move forward, by the platform's time, so that late, doubled and disordered
arrivals come to the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from dragoman.channels.capabilities import Move, WindowRule
from dragoman.conversations.model import Conversation

LEAVES_BEFORE = timedelta(seconds=2)  # a held answer does, where the hold would outlast the window


class Allowance(StrEnum):
    """What the platform lets us send now."""

    FREE = "free"
    EXTENDED = "extended"  # only as the rule says
    SHUT = "shut"


def allowance(rule: WindowRule | None, c: Conversation, now: datetime) -> Allowance:
    if rule is None:
        return Allowance.FREE
    free_until = rule.free_until(c.last_customer_at)
    if free_until is not None and now <= free_until:
        return Allowance.FREE
    extended_until = rule.extended_until(c.customer_wrote_at)
    return Allowance.EXTENDED if extended_until is not None and now <= extended_until else Allowance.SHUT


def moved(c: Conversation, rule: WindowRule | None, move: Move, at: datetime) -> Conversation:
    """The customer did something at this time. What was said to be near is over where that end has moved away."""
    if rule is None:
        return c
    c = replace(
        c,
        last_customer_at=_later(c.last_customer_at, at if move in rule.opened_by else None),
        customer_wrote_at=_later(c.customer_wrote_at, at if move in rule.extended_by else None),
    )
    return c if c.window_closing_until in ends(rule, c) else replace(c, window_closing_until=None)


def _later(known: datetime | None, at: datetime | None) -> datetime | None:
    return max((each for each in (known, at) if each is not None), default=None)


def ends(rule: WindowRule, c: Conversation) -> list[datetime]:
    """When less will be allowed than before it, in their order: the free time's end, and the longer one's."""
    free_until = rule.free_until(c.last_customer_at)
    extended_until = rule.extended_until(c.customer_wrote_at)
    found = [] if free_until is None else [free_until]
    if extended_until is not None and (free_until is None or extended_until > free_until):
        found.append(extended_until)
    return found


def shuts_at(rule: WindowRule | None, c: Conversation) -> datetime | None:
    """From when on nothing is allowed any more; None: never, or it was never open."""
    return None if rule is None else max(ends(rule, c), default=None)


def near_end(rule: WindowRule | None, c: Conversation, now: datetime) -> datetime | None:
    """The end that is so near that whoever waits should be answered first; None: none is."""
    if rule is None:
        return None
    return next((end for end in ends(rule, c) if end - rule.closing <= now < end), None)


def looked_at_next(rule: WindowRule | None, c: Conversation, now: datetime) -> datetime | None:
    """When time alone changes what is near; at once, where the mark is not as it should be."""
    if rule is None:
        return None
    if near_end(rule, c, now) != c.window_closing_until:
        return now
    moments = [moment for end in ends(rule, c) for moment in (end - rule.closing, end)]
    return min((moment for moment in moments if moment > now), default=None)


def held_until(rule: WindowRule | None, c: Conversation, at: datetime, hold: timedelta) -> datetime:
    """A hold for undo ends before the window does: the answer would be refused, and its author be gone."""
    shut = shuts_at(rule, c)
    return at + hold if shut is None else max(at, min(at + hold, shut - LEAVES_BEFORE))
