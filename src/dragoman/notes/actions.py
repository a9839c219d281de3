"""Members write notes, change them and take them back. One transaction each, recorded in the change log.

Nothing here touches the conversation: a note answers nobody, waits for nobody, and is sent to nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.conversations.access import in_sight
from dragoman.conversations.model import Status
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.notes import store
from dragoman.notes.model import by_its_author, checked_note, mentioned_in
from dragoman.notes.store import Note
from dragoman.notes.telling import tell_changed, tell_mentioned


async def write(database: Database, by: Membership, conversation_id: UUID, written: str) -> UUID:
    """Raises Refused: not theirs to see, no text, or somebody mentioned whom it would not reach."""
    text = checked_note(written)
    async with database.transaction(by.workspace_id) as tx:
        c = await in_sight(tx, by, conversation_id)
        if c.status is Status.UNOPENED:
            raise Refused("conflict", "This conversation was never opened.", 409)
        note = Note(new_id(), conversation_id, c.channel_id, by.member_id, text, now())
        await store.add(tx, note)
        await _mention(tx, note, mentioned_in(text))
        tell_changed(tx, note)
    return note.note_id


async def edit(database: Database, by: Membership, note_id: UUID, written: str) -> None:
    """Who is mentioned for the first time hears of it. Raises Refused, also for everybody but its author."""
    text = checked_note(written)
    async with database.transaction(by.workspace_id) as tx:
        note = await _own(tx, by, note_id)
        if text == note.text:
            return
        before, after = await store.mentioned(tx, note_id), mentioned_in(text)
        await store.rewrite(tx, note_id, text, now())
        await _mention(tx, note, after - before)
        await _mention_no_more(tx, note, before - after)
        tell_changed(tx, note)


async def delete(database: Database, by: Membership, note_id: UUID) -> None:
    """Its words go for everybody; that there was a note is still seen. Raises Refused as ``edit`` does."""
    async with database.transaction(by.workspace_id) as tx:
        note = await _own(tx, by, note_id)
        await store.empty(tx, note_id, now())
        await _mention_no_more(tx, note, await store.mentioned(tx, note_id))
        tell_changed(tx, note)


async def see_mention(database: Database, by: Membership, conversation_id: UUID) -> None:
    """This member has seen where they are mentioned."""
    async with database.transaction(by.workspace_id) as tx:
        c = await in_sight(tx, by, conversation_id)
        if await store.see_mention(tx, conversation_id, by.member_id, now()):
            tell_mentioned(tx, conversation_id, c.channel_id, [by.member_id])


async def _own(tx: Transaction, by: Membership, note_id: UUID) -> Note:
    note = await store.lock(tx, note_id)
    if note is None or not by.sees(note.channel_id):
        raise not_found("There is no such note.")
    by_its_author(note.author_id, by.member_id)
    return note


async def _mention(tx: Transaction, note: Note, members: Collection[UUID]) -> None:
    """Who mentions themselves hears nothing of it. Raises Refused where somebody would not hear of it either."""
    if not members:
        return
    found = await store.addressees(tx, members, note.channel_id)
    if len(found) < len(members):
        raise invalid(text="Somebody mentioned here is no member of this workspace any more.")
    for each in found:
        if not each.sees:
            raise invalid(text=f"{each.name} does not see this channel: a mention would not reach them.")
    others = sorted(each.member_id for each in found if each.member_id != note.author_id)
    await store.mention(tx, note, others, now())
    tell_mentioned(tx, note.conversation_id, note.channel_id, others)


async def _mention_no_more(tx: Transaction, note: Note, members: Collection[UUID]) -> None:
    if members:
        await store.mention_no_more(tx, note, members)
        tell_mentioned(tx, note.conversation_id, note.channel_id, members)
