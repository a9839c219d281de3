"""Follows the change log and keeps the index of words true: beside the inbox, never in its way.

One batch is one transaction. What was said before a workspace was indexed, or was indexed in another way, is taken up
from the newest message downward whenever there is nothing newer to do.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec.structs import replace

from dragoman.db.database import Database, Transaction
from dragoman.search import progress, store
from dragoman.search.progress import Progress
from dragoman.search.store import Indexed, Said
from dragoman.search.words import FOLDING, words_of

BATCH = 500  # changes or messages in one transaction
HAS_FILE = "has:file"  # no word of a text holds a colon
IS_NOTE = "is:note"

SPOKEN = ("message", "message.state", "note")  # the latter also when a file of it has arrived and has a name
SHOWN_OF_PARTS = ("title", "name", "phone", "address", "text")


async def index_some(database: Database, workspace_id: UUID) -> int:
    """One batch of what is not in the index yet; how many changes or messages that were. 0: all is in, or somebody
    else is at it."""
    async with database.transaction(workspace_id) as tx:
        await progress.begin(tx, FOLDING)
        at = await progress.lock(tx)
        if at is None:
            return 0
        seq, kept_from = await progress.log(tx)
        if at.folding != FOLDING or at.upto < kept_from:
            at = Progress(seq, progress.ALL, FOLDING)
            await progress.save(tx, at)
        return await _follow(tx, at) or await _take_up(tx, at)


async def _follow(tx: Transaction, at: Progress) -> int:
    entries = await progress.entries_after(tx, at.upto, BATCH)
    if not entries:
        return 0
    spoken = {e.message_id for e in entries if e.kind in SPOKEN and e.message_id}
    gone = {e.message_id for e in entries if e.kind == "message.gone" and e.message_id}
    met = {e.conversation_id for e in entries if e.kind == "conversation" and e.conversation_id}
    await store.forget_words(tx, gone)
    await _index(tx, spoken, met)
    await progress.save(tx, replace(at, upto=entries[-1].seq))
    return len(entries)


async def _take_up(tx: Transaction, at: Progress) -> int:
    if at.above is None:
        return 0
    older = await progress.messages_below(tx, at.above, BATCH)
    await _index(tx, {message for message, _ in older}, {conversation for _, conversation in older})
    await progress.save(tx, replace(at, above=older[-1][0] if older else None))
    return len(older)


async def _index(tx: Transaction, messages: Collection[UUID], conversations: Collection[UUID]) -> None:
    """As they are now, whatever happened to them in between."""
    sign = store.sign_of(tx.workspace_id)
    said = await store.said(tx, messages)
    await store.forget_words(tx, [each.message_id for each in said if each.is_gone])
    await store.index_words(tx, [_indexed(each, sign) for each in said if not each.is_gone])
    names = await store.named(tx, conversations)
    await store.index_names(
        tx, [(each.identity_id, each.channel_id, _signed(" ".join(each.names), sign)) for each in names]
    )


def _indexed(said: Said, sign: str) -> Indexed:
    words = _signed(findable(said), sign)
    has_file = any(part["type"] == "attachment" for part in said.parts)
    marks = [sign + mark for mark, holds in ((HAS_FILE, has_file), (IS_NOTE, said.is_note)) if holds]
    return Indexed(
        message_id=said.message_id,
        conversation_id=said.conversation_id,
        channel_id=said.channel_id,
        said_by=said.identity_id if said.side == "customer" else said.author_id,
        sent_at=said.sent_at,
        words=[*words, *marks],
    )


def _signed(text: str, sign: str) -> list[str]:
    return [sign + word for word in words_of(text)]


def findable(said: Said) -> str:
    """All that can be read of a message, a line each: its text, what stands on its cards, the names of its files."""
    of_parts = [str(part[key]) for part in said.parts for key in SHOWN_OF_PARTS if part.get(key)]
    offered = [title for part in said.parts for title in part.get("titles", ())]
    return "\n".join([*([said.text] if said.text else []), *of_parts, *offered, *(said.file_names or [])])
