"""Asking Meta for past conversations, those with the newest words first, a few at a time."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from dragoman.channels.contract import PastPage, Span
from dragoman.channels.errors import NeedsReconnect, Undeliverable
from dragoman.channels.meta.errors import says_login_is_lost
from dragoman.channels.meta.graph import Graph
from dragoman.channels.meta.history import DETAILED
from dragoman.channels.meta.past import TOLERANCE
from dragoman.channels.meta.reading import written_time
from dragoman.kit.json_reading import Record, record_in, records_in, text

CONVERSATIONS = 10  # on one page: with their messages, more would be refused as too much at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """An account as its network shows it. ``own``: by what it is called among the participants."""

    platform: str
    object: str  # of its webhooks
    node: str  # whose conversations are asked for
    account: str
    own: frozenset[str]
    fields: str  # of a message


async def read_page(graph: Graph, whose: Whose, span: Span, cursor: str | None) -> PastPage:
    """Raises Undeliverable where Meta does not show them to us."""
    try:
        answer = await graph.get(
            whose.node,
            "conversations",
            platform=whose.platform,
            fields=f"id,updated_time,participants,messages.limit({DETAILED}){{{whose.fields}}}",
            limit=str(CONVERSATIONS),
            after=cursor or "",
        )
    except NeedsReconnect as refusal:
        if says_login_is_lost(refusal):
            raise
        raise Undeliverable(
            "Meta does not show past conversations to this app: it lacks the permission for them.",
            code=refusal.code,
        ) from None
    return page_of(answer, whose, span)


def page_of(answer: Record, whose: Whose, span: Span) -> PastPage:
    """What of the answer lies in the span. It is the last page where it goes back further than that."""
    listed = records_in(answer, "data")
    touched = [each for each in listed if _is_touched(each, span)]
    paging = record_in(answer, "paging") or {}
    after = text(record_in(paging, "cursors") or {}, "after")
    goes_on = "next" in paging and len(touched) == len(listed)
    times = [at for each in touched if (at := written_time(each, "updated_time"))]
    return PastPage(
        bodies=tuple(body for each in touched if (body := _body(each, whose, span))),
        cursor=after if goes_on else None,
        reached=min(times, default=None),
    )


def _is_touched(conversation: Record, span: Span) -> bool:
    at = written_time(conversation, "updated_time")
    return at is None or at >= span.touched_since - TOLERANCE


def _body(conversation: Record, whose: Whose, span: Span) -> bytes | None:
    """What Meta says of one conversation, as it says it, without the messages that lie outside the span. With it goes
    whose it is: no webhook brings it, so no entry names the account."""
    shown = records_in(record_in(conversation, "messages") or {}, "data")
    within = [message for message in shown if _is_within(message, span)]
    if not within:
        return None
    past = {
        "account": whose.account,
        "own": sorted(whose.own),
        "connected_at": span.connected_at.isoformat(),
        "more": len(within) >= DETAILED and span.since >= span.connected_at,
        "conversation": {**conversation, "messages": {"data": within}},
    }
    return msgspec.json.encode({"object": whose.object, "past": past})


def _is_within(message: Record, span: Span) -> bool:
    """By the second, as Meta tells it: what was said in the second of ``until`` comes by webhook."""
    at = written_time(message, "created_time")
    if at is None:
        return True
    is_over = span.until is not None and at >= span.until.replace(microsecond=0)
    return not is_over and at >= span.since - TOLERANCE
