"""SQL about messages: the timeline of a conversation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from dragoman.conversations import early_deletions
from dragoman.conversations.model import Origin, Place, Side
from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns


class NewMessage(msgspec.Struct, kw_only=True):
    """A message on its way into the timeline. ``parts`` are as stored; ``answers`` what its author had seen."""

    message_id: UUID
    conversation_id: UUID
    channel_id: UUID
    turn_id: UUID
    side: Side
    origin: Origin
    sent_at: datetime
    arrived_at: datetime
    platform_order: int = 0
    platform_at: datetime | None = None
    author_id: UUID | None = None
    external_id: str | None = None
    text: str | None = None
    parts: list[dict[str, Any]] = []
    reply_to: str | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    late: bool = False
    waits: bool = False
    noise: str | None = None
    is_quiet: bool = False  # noise, as far as its turn and our question tell
    from_edit: bool = False
    state: str | None = None
    receipt: int = 0
    idempotency_key: str | None = None
    answers: Place | None = None
    seen_seq: int | None = None
    hold_until: datetime | None = None
    expects_answer: bool = False

    @property
    def place(self) -> Place:
        return Place(self.sent_at, self.platform_order, self.message_id)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is there, as far as events may change it."""

    message_id: UUID
    conversation_id: UUID
    channel_id: UUID
    side: Side
    origin: Origin
    external_id: str | None
    sent_at: datetime
    platform_order: int
    text: str | None
    parts: list[dict[str, Any]]
    reply_to: str | None
    edited_at: datetime | None
    deleted_at: datetime | None
    from_edit: bool
    noise: str | None
    state: str | None
    answers: Place | None

    @property
    def place(self) -> Place:
        return Place(self.sent_at, self.platform_order, self.message_id)


KNOWN: LiteralString = """
    m.message_id, m.conversation_id, m.channel_id, m.side, m.origin, m.external_id, m.sent_at, m.platform_order,
    m.text, m.parts, m.reply_to, m.edited_at, m.deleted_at, m.from_edit, m.noise, m.state,
    m.answers_at, m.answers_order, m.answers_id"""


def _known(row: Sequence[Any]) -> Known:
    (mid, conversation, channel, side, origin, external, sent_at, order, text, parts, reply_to, edited, deleted,
     from_edit, noise, state, a_at, a_order, a_id) = row  # fmt: skip
    return Known(
        message_id=mid,
        conversation_id=conversation,
        channel_id=channel,
        side=Side(side),
        origin=Origin(origin),
        external_id=external,
        sent_at=sent_at,
        platform_order=order,
        text=text,
        parts=parts,
        reply_to=reply_to,
        edited_at=edited,
        deleted_at=deleted,
        from_edit=from_edit,
        noise=noise,
        state=state,
        answers=Place(a_at, a_order, a_id) if a_at else None,
    )


async def known(tx: Transaction, keys: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], Known]:
    """Messages by (channel, external id)."""
    if not keys:
        return {}
    rows = await tx.rows(
        "select"
        + KNOWN
        + """
        from unnest(%(channels)s::uuid[], %(externals)s::text[]) as k(channel_id, external_id)
        join messages m on m.workspace_id = %(workspace)s and m.channel_id = k.channel_id
             and m.external_id = k.external_id""",
        {
            "workspace": tx.workspace_id,
            "channels": [channel for channel, _ in keys],
            "externals": [external for _, external in keys],
        },
    )
    found = [_known(row) for row in rows]
    return {(k.channel_id, k.external_id or ""): k for k in found}


async def known_by_id(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Known]:
    if not ids:
        return {}
    rows = await tx.rows(
        "select"
        + KNOWN
        + " from messages m where m.workspace_id = %(workspace)s and m.message_id = any(%(ids)s)",
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    return {row[0]: _known(row) for row in rows}


async def turns_of(tx: Transaction, messages: Collection[UUID]) -> set[UUID]:
    if not messages:
        return set()
    rows = await tx.rows(
        "select distinct turn_id from messages where workspace_id = %(workspace)s and message_id = any(%(ids)s)",
        {"workspace": tx.workspace_id, "ids": list(messages)},
    )
    return {row[0] for row in rows}


async def overwrite(tx: Transaction, messages: Sequence[Known]) -> None:
    """Write messages that were edited, taken back or moved."""
    if not messages:
        return
    rows = [
        (m.message_id, m.sent_at, m.platform_order, m.text, Jsonb(m.parts), m.reply_to, m.edited_at, m.deleted_at,
         m.from_edit, m.noise)
        for m in messages
    ]  # fmt: skip
    await tx.connection.execute(
        """
        update messages m set sent_at = n.sent_at, platform_order = n.platform_order, text = n.text,
               parts = n.parts, reply_to = n.reply_to, edited_at = n.edited_at, deleted_at = n.deleted_at,
               from_edit = n.from_edit, noise = n.noise
        from unnest(%s::uuid[], %s::timestamptz[], %s::bigint[], %s::text[], %s::jsonb[], %s::text[],
                    %s::timestamptz[], %s::timestamptz[], %s::boolean[], %s::text[])
             as n(message_id, sent_at, platform_order, text, parts, reply_to, edited_at, deleted_at, from_edit,
                  noise)
        where m.workspace_id = %s and m.message_id = n.message_id""",
        [*map(list, zip(*rows, strict=True)), tx.workspace_id],
    )


class Reacted(NamedTuple):
    """A reaction as it stands now. Those of customers have an id of their own."""

    message_id: UUID
    side: str
    reaction_id: UUID | None
    emoji: str | None
    at: datetime


async def react(
    tx: Transaction, reactions: Mapping[tuple[UUID, Side], tuple[str | None, datetime, UUID | None]]
) -> list[Reacted]:
    """What each side's reaction to a message is now; None takes it back. An older one never wins, and is left out of
    what is returned.

    One that was taken back stays as a row without emoji: its beginning may still be on the way.
    """
    rows = [(m, side.value, emoji, at, own) for (m, side), (emoji, at, own) in reactions.items()]
    if not rows:
        return []
    columns = [list(column) for column in zip(*rows, strict=True)]
    cursor = await tx.connection.execute(
        """
        insert into reactions as r (workspace_id, message_id, side, emoji, at, reaction_id, standing)
        select %s, n.*, n.emoji
        from unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::uuid[])
             as n (message_id, side, emoji, at, reaction_id)
        on conflict (workspace_id, message_id, side) do update
            set emoji = excluded.emoji, at = excluded.at, standing = excluded.standing, refused = null,
                reaction_id = case when r.reaction_id is null then excluded.reaction_id else r.reaction_id end
            where r.at <= excluded.at
        returning message_id, side, reaction_id, emoji, at""",
        [tx.workspace_id, *columns],
    )
    return [Reacted(*row) for row in await cursor.fetchall()]


async def raise_ranks(tx: Transaction, ranks: Mapping[UUID, int]) -> list[tuple[UUID, UUID]]:
    """Receipts for these messages; (message, conversation) of those that rose."""
    if not ranks:
        return []
    rows = await tx.rows(
        """
        update messages m set receipt = n.rank
        from unnest(%(ids)s::uuid[], %(ranks)s::smallint[]) as n(message_id, rank)
        where m.workspace_id = %(workspace)s and m.message_id = n.message_id and m.receipt < n.rank
        returning m.message_id, m.conversation_id""",
        {"workspace": tx.workspace_id, "ids": list(ranks), "ranks": list(ranks.values())},
    )
    return [(row[0], row[1]) for row in rows]


async def raise_up_to(
    tx: Transaction, marks: Sequence[tuple[UUID, int, datetime]]
) -> list[tuple[UUID, UUID]]:
    """Receipts for all that we sent in a conversation up to a time; (message, conversation) of those that rose."""
    if not marks:
        return []
    rows = await tx.rows(
        """
        with highest as (
            select m.message_id, max(n.rank) as rank
            from unnest(%(conversations)s::uuid[], %(ranks)s::smallint[], %(times)s::timestamptz[])
                 as n(conversation_id, rank, up_to)
            join messages m on m.workspace_id = %(workspace)s and m.conversation_id = n.conversation_id
                 and m.side = 'team' and m.state = 'sent' and m.sent_at <= n.up_to and m.receipt < n.rank
                 and m.receipt < 3 -- as in the index
            group by m.message_id
        )
        update messages m set receipt = h.rank from highest h
        where m.workspace_id = %(workspace)s and m.message_id = h.message_id
        returning m.message_id, m.conversation_id""",
        {
            "workspace": tx.workspace_id,
            "conversations": [m[0] for m in marks],
            "ranks": [m[1] for m in marks],
            "times": [m[2] for m in marks],
        },
    )
    return [(row[0], row[1]) for row in rows]


NEW = Columns({
    "message_id": "uuid", "conversation_id": "uuid", "channel_id": "uuid", "turn_id": "uuid", "side": "text",
    "origin": "text", "sent_at": "timestamptz", "arrived_at": "timestamptz", "platform_order": "bigint",
    "platform_at": "timestamptz", "author_id": "uuid", "external_id": "text", "text": "text", "parts": "jsonb",
    "reply_to": "text", "edited_at": "timestamptz", "deleted_at": "timestamptz", "late": "boolean",
    "waits": "boolean", "noise": "text", "from_edit": "boolean", "state": "text", "receipt": "smallint",
    "idempotency_key": "text", "answers_at": "timestamptz", "answers_order": "bigint", "answers_id": "uuid",
    "seen_seq": "bigint", "hold_until": "timestamptz", "expects_answer": "boolean",
})  # fmt: skip

INSERT: LiteralString = f"""
    insert into messages ({NEW.names}, workspace_id)
    select m.*, %(workspace)s from json_to_recordset(%(rows)s) as m({NEW.typed})"""


async def add(tx: Transaction, messages: Sequence[NewMessage]) -> None:
    """Insert messages. The caller has looked their external ids up and holds their lanes or conversations."""
    if messages:
        await tx.execute(INSERT, {"workspace": tx.workspace_id, "rows": NEW(_values(m) for m in messages)})
        named = [(m.channel_id, m.external_id) for m in messages if m.external_id is not None]
        await early_deletions.take_up_again(tx, named)


def _values(m: NewMessage) -> tuple[Any, ...]:
    return (
        m.message_id, m.conversation_id, m.channel_id, m.turn_id, m.side.value, m.origin.value, m.sent_at,
        m.arrived_at, m.platform_order, m.platform_at, m.author_id, m.external_id, m.text, m.parts,
        m.reply_to, m.edited_at, m.deleted_at, m.late, m.waits, m.noise, m.from_edit, m.state, m.receipt,
        m.idempotency_key, *(m.answers or (None, None, None)), m.seen_seq, m.hold_until,
        m.expects_answer,
    )  # fmt: skip


async def delete(tx: Transaction, message_id: UUID) -> tuple[datetime, UUID] | None:
    """Take a message of ours out. Returns its time and its turn, which wants to be grouped again."""
    params = {"workspace": tx.workspace_id, "message": message_id}
    await tx.execute(
        "delete from reactions where workspace_id = %(workspace)s and message_id = %(message)s", params
    )
    row = await tx.row(
        """
        delete from messages where workspace_id = %(workspace)s and message_id = %(message)s
        returning sent_at, turn_id""",
        params,
    )
    return (row[0], row[1]) if row else None
