"""What was said in a conversation, notes among it, page by page, from any of its messages in both directions."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.kit.errors import invalid, not_found
from dragoman.live import notes, rows
from dragoman.live.rows import Row

Place = tuple[datetime, int, UUID]

PLACE: LiteralString = "(m.sent_at, m.platform_order, m.message_id)"
END: Place = (datetime.fromisoformat("9999-12-30T00:00:00+00:00"), 0, UUID(int=0))


async def newest(tx: Transaction, conversation_id: UUID, limit: int) -> Row:
    """The end of it, oldest first: ``{items, next_cursor}``."""
    items, is_more = await _older(tx, conversation_id, END, limit)
    return {"items": items, "next_cursor": _cursor(items[0]) if is_more else None}


async def older(tx: Transaction, conversation_id: UUID, cursor: str | None, limit: int) -> Row:
    """The page that ends before the cursor, or at the very end: ``{items, next_cursor, newer_cursor}``."""
    items, is_more = await _older(tx, conversation_id, _read(cursor) if cursor else END, limit)
    return _page(items, is_more_before=is_more, is_more_after=False)


async def newer(tx: Transaction, conversation_id: UUID, cursor: str, limit: int) -> Row:
    """The page that begins after the cursor."""
    items, is_more = await _newer(tx, conversation_id, _read(cursor), limit)
    return _page(items, is_more_before=False, is_more_after=is_more)


async def around(tx: Transaction, conversation_id: UUID, message_id: UUID, limit: int) -> Row:
    """One message with what was said before and after it. Raises Refused (404) where it is not in here."""
    found = await tx.row(
        """
        select sent_at, platform_order, message_id from messages
        where workspace_id = %(workspace)s and message_id = %(message)s and conversation_id = %(conversation)s
        union all
        select written_at, 0, note_id from notes
        where workspace_id = %(workspace)s and note_id = %(message)s and conversation_id = %(conversation)s""",
        {"workspace": tx.workspace_id, "message": message_id, "conversation": conversation_id},
    )
    if found is None:
        raise not_found("There is no such message.")
    place: Place = (found[0], found[1], found[2])
    before, is_more_before = await _older(tx, conversation_id, place, limit // 2)
    itself = (await rows.messages(tx, [message_id]) | await notes.notes(tx, [message_id]))[message_id]
    after, is_more_after = await _newer(tx, conversation_id, place, limit // 2)
    return _page([*before, itself, *after], is_more_before=is_more_before, is_more_after=is_more_after)


def _page(items: list[Row], *, is_more_before: bool, is_more_after: bool) -> Row:
    return {
        "items": items,
        "next_cursor": _cursor(items[0]) if is_more_before else None,
        "newer_cursor": _cursor(items[-1]) if is_more_after else None,
    }


async def _older(tx: Transaction, conversation_id: UUID, place: Place, limit: int) -> tuple[list[Row], bool]:
    found = await _beside(tx, " < ", " desc", conversation_id, place, limit)
    return found[:limit][::-1], len(found) > limit


async def _newer(tx: Transaction, conversation_id: UUID, place: Place, limit: int) -> tuple[list[Row], bool]:
    found = await _beside(tx, " > ", " asc", conversation_id, place, limit)
    return found[:limit], len(found) > limit


async def _beside(
    tx: Transaction,
    compare: LiteralString,
    direction: LiteralString,
    conversation_id: UUID,
    place: Place,
    limit: int,
) -> list[Row]:
    """One more than the limit, so that one knows whether there is more."""
    at, order, message_id = place
    found = await tx.rows(
        rows.MESSAGE
        + " where m.workspace_id = %(workspace)s and m.conversation_id = %(conversation)s and "
        + PLACE
        + compare
        + "(%(at)s, %(order)s, %(id)s) order by m.sent_at"
        + direction
        + ", m.platform_order"
        + direction
        + ", m.message_id"
        + direction
        + " limit %(limit)s",
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "at": at,
            "order": order,
            "id": message_id,
            "limit": limit + 1,
        },
    )
    noted = await notes.notes_beside(tx, compare, direction, conversation_id, place, limit + 1)
    both = sorted([*(rows.message(row) for row in found), *noted], key=_place_of, reverse=compare == " < ")
    return both[: limit + 1]


def _place_of(message: Row) -> Place:
    return message["sent_at"], message["order"], message["id"]


def _cursor(message: Row) -> str:
    place = [message["sent_at"], message["order"], message["id"]]
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode()


def _read(cursor: str) -> Place:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=tuple[datetime, int, UUID])
    except ValueError as wrong:
        raise invalid(cursor="This is not a cursor that we gave out.") from wrong
