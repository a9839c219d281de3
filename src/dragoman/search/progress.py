"""SQL about how far the index follows the change log."""

from __future__ import annotations

from uuid import UUID

import msgspec

from dragoman.db.database import Transaction

ALL = UUID(int=(1 << 128) - 1)  # above every message


class Progress(msgspec.Struct, frozen=True):
    """``above``: messages from this one on are in, as they came before ``upto``; None: all are."""

    upto: int
    above: UUID | None
    folding: int


class Entry(msgspec.Struct, frozen=True):
    """A change as far as it concerns the index."""

    seq: int
    kind: str
    conversation_id: UUID | None
    message_id: UUID | None


async def begin(tx: Transaction, folding: int) -> None:
    """A workspace that was never indexed begins with what there is."""
    await tx.execute(
        """
        insert into search_progress (workspace_id, upto, above, folding)
        select workspace_id, seq, %(all)s, %(folding)s from workspaces where workspace_id = %(workspace)s
        on conflict (workspace_id) do nothing""",
        {"workspace": tx.workspace_id, "all": ALL, "folding": folding},
    )


async def lock(tx: Transaction) -> Progress | None:
    """None: somebody else is at it, or it was never begun."""
    return await tx.one(
        Progress,
        """
        select upto, above, folding from search_progress where workspace_id = %(workspace)s
        for update skip locked""",
        {"workspace": tx.workspace_id},
    )


async def save(tx: Transaction, progress: Progress) -> None:
    await tx.execute(
        """
        update search_progress set upto = %(upto)s, above = %(above)s, folding = %(folding)s
        where workspace_id = %(workspace)s""",
        {"workspace": tx.workspace_id, **msgspec.structs.asdict(progress)},
    )


async def log(tx: Transaction) -> tuple[int, int]:
    """The last number of the change log, and the one after which it is kept."""
    row = await tx.row(
        "select seq, log_from from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    return (row[0], row[1]) if row else (0, 0)


async def entries_after(tx: Transaction, seq: int, most: int) -> list[Entry]:
    return await tx.all(
        Entry,
        """
        select seq, kind, conversation_id, message_id from changes
        where workspace_id = %(workspace)s and seq > %(seq)s order by seq limit %(most)s""",
        {"workspace": tx.workspace_id, "seq": seq, "most": most},
    )


async def messages_below(tx: Transaction, above: UUID, most: int) -> list[tuple[UUID, UUID]]:
    """The next messages and notes downward, and their conversations."""
    rows = await tx.rows(
        """
        (select message_id, conversation_id from messages
         where workspace_id = %(workspace)s and message_id < %(above)s order by message_id desc limit %(most)s)
        union all
        (select note_id, conversation_id from notes
         where workspace_id = %(workspace)s and note_id < %(above)s order by note_id desc limit %(most)s)
        order by message_id desc limit %(most)s""",
        {"workspace": tx.workspace_id, "above": above, "most": most},
    )
    return [(row[0], row[1]) for row in rows]
