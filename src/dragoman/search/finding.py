"""From what a member asks to what they may see of it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from dragoman.access.model import Membership
from dragoman.db.database import Transaction
from dragoman.kit.errors import invalid
from dragoman.live import lists, rows
from dragoman.search import store
from dragoman.search.indexing import HAS_FILE, IS_NOTE, findable
from dragoman.search.marks import Excerpt, excerpt_of
from dragoman.search.query import Query, name_matches, terms_of, tsquery_of
from dragoman.search.store import Asked, Said, sign_of

PEOPLE = 5  # shown above the messages
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
END = datetime(9999, 12, 30, tzinfo=UTC)

Place = tuple[datetime, UUID]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Among:
    """What the filters leave. None: everything that the member may see, or anybody."""

    channels: list[UUID] | None
    members: list[UUID] | None
    people: list[UUID] | None

    @property
    def authors(self) -> list[UUID] | None:
        return None if self.members is None or self.people is None else self.members + self.people


async def find(tx: Transaction, by: Membership, query: Query, cursor: str | None, limit: int) -> Row:
    """One page, newest messages first; on the first page also the people whose names match."""
    below = _read_cursor(cursor)
    if query.is_empty:
        return {"people": [], "conversations": [], "items": [], "next_cursor": None}
    among = Among(await _channels(tx, by, query), await _members(tx, query), await _said_by(tx, by, query))
    found = await _places(tx, query, among, below, limit + 1)
    hits = await _hits(tx, query, [message_id for message_id, _ in found[:limit]])
    people = [] if below else await _people(tx, query, among)
    met = await _conversations(tx, by, [*people, *(said.conversation_id for said, _ in hits)])
    return {
        "people": [i for i in people if i in met],
        "conversations": list(met.values()),
        "items": [_hit(said, excerpt) for said, excerpt in hits if said.conversation_id in met],
        "next_cursor": _cursor(found[limit - 1]) if len(found) > limit else None,
    }


async def _channels(tx: Transaction, by: Membership, query: Query) -> list[UUID] | None:
    if query.channel is None:
        return None if by.channels is None else list(by.channels)
    return [
        each["id"]
        for each in await lists.channels(tx, by)
        if name_matches(f"{each['name']} {each['handle'] or ''} {each['platform']}", query.channel)
    ]


async def _members(tx: Transaction, query: Query) -> list[UUID] | None:
    """Whose name matches."""
    if query.said_by is None:
        return None
    return [each["id"] for each in await lists.members(tx) if name_matches(each["name"], query.said_by)]


async def _said_by(tx: Transaction, by: Membership, query: Query) -> list[UUID] | None:
    """Customers whose name matches."""
    if query.said_by is None:
        return None
    wanted = tsquery_of(terms_of(query.said_by), sign_of(tx.workspace_id))
    visible = None if by.channels is None else list(by.channels)
    return await store.people(tx, wanted, visible) if wanted else []


async def _places(
    tx: Transaction, query: Query, among: Among, below: Place | None, most: int
) -> list[tuple[UUID, datetime]]:
    """A word that is said often is found among the newest messages, a rare one by the index; what customers alone can
    have said, in their conversations."""
    until = (query.until or END, UUID(int=0))
    sign = sign_of(tx.workspace_id)
    marks = [mark for mark, holds in ((HAS_FILE, query.has_file), (IS_NOTE, query.is_note)) if holds]
    asked = Asked(
        wanted=tsquery_of(query.terms, sign, marks),
        channels=among.channels,
        authors=among.authors,
        since=query.since or BEGINNING,
        below=min(below, until) if below else until,
        most=most,
    )
    found = await store.newest(tx, asked)
    if len(found) == most or not query.has_words:
        return found
    return await (store.of_people if among.people and not among.members else store.everywhere)(tx, asked)


async def _hits(tx: Transaction, query: Query, messages: list[UUID]) -> list[tuple[Said, Excerpt]]:
    """In the order given, without those where the letters looked for do not stand together."""
    said = {each.message_id: each for each in await store.said(tx, messages)}
    present = [said[i] for i in messages if i in said and not said[i].is_gone]
    cut = ((each, excerpt_of(findable(each), query.terms)) for each in present)
    return [(each, excerpt) for each, excerpt in cut if excerpt is not None]


async def _people(tx: Transaction, query: Query, among: Among) -> list[UUID]:
    """Conversations with people of that name, where nothing but a name may be meant."""
    wanted = tsquery_of(query.terms, sign_of(tx.workspace_id))
    is_filtered = query.said_by or query.since or query.until or query.has_file or query.is_note
    if wanted is None or is_filtered:
        return []
    return await store.conversations_of(tx, await store.people(tx, wanted, among.channels), PEOPLE)


async def _conversations(tx: Transaction, by: Membership, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """Those that are shown, with this member's own marks."""
    found = await rows.conversations(tx, set(ids))
    marked = await lists.with_marks(tx, by, [row for row in found.values() if by.sees(row["channel_id"])])
    return {row["id"]: row for row in marked}


def _hit(said: Said, excerpt: Excerpt) -> Row:
    return {
        "message_id": said.message_id,
        "conversation_id": said.conversation_id,
        "side": said.side,
        "author_id": said.author_id,
        "sent_at": said.sent_at,
        "text": excerpt.text,
        "marks": [{"start": start, "end": end} for start, end in excerpt.marks],
        "kind": _kind(said),
        "is_note": said.is_note,
    }


def _kind(said: Said) -> str | None:
    """What is attached, in one word, as in a row's preview."""
    if not said.parts:
        return None
    first = said.parts[0]
    word: str = first["kind"] if first["type"] == "attachment" else first["type"]
    return word


def _cursor(place: tuple[UUID, datetime]) -> str:
    message_id, sent_at = place
    return base64.urlsafe_b64encode(msgspec.json.encode([sent_at, message_id])).decode()


def _read_cursor(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=tuple[datetime, UUID])
    except ValueError as wrong:
        raise invalid(cursor="This is not a cursor that we gave out.") from wrong
