"""A stretch of the change log as frames: read in one snapshot, joined with the rows as they stand at its end.

A frame carries each row once, whole, as it stands at ``to``: whoever applies it stands exactly there. What one may
not see is left out, the numbers go on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.live import lists, rows
from dragoman.live.rows import Row

MAX_CHANGES = 2000  # in one frame; who is further behind starts over

Rights = frozenset[UUID] | None  # the channels that may be seen; None: all

encode = msgspec.json.Encoder().encode


class Logged(msgspec.Struct, frozen=True):
    """One entry of the change log."""

    seq: int
    kind: str
    channel_id: UUID | None
    conversation_id: UUID | None
    message_id: UUID | None
    turn_id: UUID | None
    member_id: UUID | None
    only_for: UUID | None
    fields: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The changes after ``start`` up to ``end``, with everything that they speak of."""

    start: int
    end: int
    changes: list[Logged]
    conversations: dict[UUID, Row]
    messages: dict[UUID, Row]
    channels: dict[UUID, Row]
    members: dict[UUID, Row]
    marks: dict[tuple[UUID, UUID], Any]  # (member, conversation) -> read up to
    counts: dict[Rights, Row]

    def frame(self, rights: Rights, member_id: UUID) -> bytes:
        """The frame for one member with these rights, as JSON."""
        frame = {"from": self.start, "to": self.end, "changes": self.seen_by(rights, member_id)}
        return encode(frame)

    def is_private(self, member_id: UUID) -> bool:
        """Whether this stretch holds something for this member alone: a mark of theirs, too."""
        return any(change.only_for == member_id for change in self.changes) or any(
            member == member_id for member, _ in self.marks
        )

    def seen_by(self, rights: Rights, member_id: UUID) -> list[Row]:
        seen: dict[tuple[str, Any], Row] = {}
        for change in self.changes:
            hidden = change.channel_id is not None and rights is not None and change.channel_id not in rights
            if hidden or (change.only_for is not None and change.only_for != member_id):
                continue
            seen.update(ENTRIES.get(change.kind, _nothing)(self, change, member_id))
        entries = list(seen.values())
        if any(entry["kind"].startswith("conversation") for entry in entries):
            entries.append({"kind": "counts", "counts": self.counts[rights]})
        return entries


Entries = list[tuple[tuple[str, Any], Row]]
Entry = Callable[[Stretch, Logged, UUID], Entries]


def _nothing(_stretch: Stretch, _change: Logged, _member: UUID) -> Entries:
    return []


def _conversation(stretch: Stretch, change: Logged, member: UUID) -> Entries:
    """The row, and with it this member's mark: it may come into a list for the first time."""
    row = stretch.conversations.get(change.conversation_id) if change.conversation_id else None
    if row is None:
        return []  # never opened: no view shows it
    return [
        (("conversation", change.conversation_id), {"kind": "conversation", "row": row}),
        *_read(stretch, change, member),
    ]


def _message(stretch: Stretch, change: Logged, _member: UUID) -> Entries:
    message = stretch.messages.get(change.message_id) if change.message_id else None
    return [(("message", change.message_id), {"kind": "message", "message": message})] if message else []


def _message_gone(_stretch: Stretch, change: Logged, _member: UUID) -> Entries:
    entry = {"kind": "message.gone", "id": change.message_id, "conversation_id": change.conversation_id}
    return [(("message", change.message_id), entry)]


def _turn_settled(_stretch: Stretch, change: Logged, _member: UUID) -> Entries:
    entry = {
        "kind": "turn.settled",
        "conversation_id": change.conversation_id,
        "turn_id": change.turn_id,
        "fragments": (change.fields or {}).get("fragments", 1),
    }
    return [(("turn", change.turn_id), entry)]


def _read(stretch: Stretch, change: Logged, member: UUID) -> Entries:
    mark = stretch.marks.get((member, change.conversation_id)) if change.conversation_id else None
    if mark is None:
        return []
    entry = {"kind": "read", "conversation_id": change.conversation_id, "read_up_to": mark}
    return [(("read", change.conversation_id), entry)]


def _channel(stretch: Stretch, change: Logged, _member: UUID) -> Entries:
    row = stretch.channels.get(change.channel_id) if change.channel_id else None
    if row is None:
        return [(("channel", change.channel_id), {"kind": "channel.gone", "id": change.channel_id})]
    return [(("channel", change.channel_id), {"kind": "channel", "channel": row})]


def _member(stretch: Stretch, change: Logged, _who: UUID) -> Entries:
    row = stretch.members.get(change.member_id) if change.member_id else None
    return [(("member", change.member_id), {"kind": "member", "member": row})] if row else []


ENTRIES: dict[str, Entry] = {
    "conversation": _conversation,
    "message": _message,
    "message.state": _message,
    "message.gone": _message_gone,
    "turn.settled": _turn_settled,
    "read": _read,
    "channel": _channel,
    "channel.gone": _channel,
    "member": _member,
}


async def head(tx: Transaction) -> tuple[int, int]:
    """The last number given out, and the number after which the log is kept."""
    row = await tx.row(
        "select seq, log_from from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    return (row[0], row[1]) if row else (0, 0)


async def stretch(tx: Transaction, start: int, end: int, rights: set[Rights]) -> Stretch:
    """Read the changes after ``start`` up to ``end`` for everybody at once. ``tx`` is a snapshot at ``end``."""
    changes = await _logged(tx, start, end)
    return Stretch(
        start=start,
        end=end,
        changes=changes,
        conversations=await rows.conversations(tx, _of(changes, "conversation", "conversation_id")),
        messages=await rows.messages(
            tx, _of(changes, "message", "message_id") | _of(changes, "message.state", "message_id")
        ),
        channels={
            row["id"]: row for row in await lists.channels(tx, None, _of(changes, "channel", "channel_id"))
        },
        members={row["id"]: row for row in await lists.members(tx, _of(changes, "member", "member_id"))},
        marks=await _marks(
            tx, _of(changes, "read", "conversation_id") | _of(changes, "conversation", "conversation_id")
        ),
        counts={each: await lists.counts(tx, each) for each in rights},
    )


def _of(changes: list[Logged], kind: str, what: str) -> set[UUID]:
    return {getattr(c, what) for c in changes if c.kind == kind and getattr(c, what) is not None}


async def _logged(tx: Transaction, start: int, end: int) -> list[Logged]:
    found = await tx.rows(
        """
        select seq, kind, channel_id, conversation_id, message_id, turn_id, member_id, only_for, fields from changes
        where workspace_id = %(workspace)s and seq > %(start)s and seq <= %(end)s order by seq""",
        {"workspace": tx.workspace_id, "start": start, "end": end},
    )
    return [Logged(*row) for row in found]


async def _marks(tx: Transaction, conversations: set[UUID]) -> dict[tuple[UUID, UUID], Any]:
    """How far each member has read these conversations."""
    if not conversations:
        return {}
    found = await tx.rows(
        """
        select member_id, conversation_id, read_up_to from reads
        where workspace_id = %(workspace)s and conversation_id = any(%(conversations)s)""",
        {"workspace": tx.workspace_id, "conversations": list(conversations)},
    )
    return {(row[0], row[1]): row[2] for row in found}
