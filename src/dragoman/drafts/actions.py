"""What a member is writing is kept as it grows, and goes when it is sent. One transaction each."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.conversations.access import in_sight
from dragoman.db.database import Database, Transaction
from dragoman.drafts import store
from dragoman.drafts.forgetting import tell
from dragoman.drafts.model import MOST_DRAFTS, Place, Words, place_of
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.kit.ids import new_id
from dragoman.outbound.store import uploads


async def save(
    database: Database, by: Membership, conversation_id: UUID, draft_id: UUID, base_version: int, words: Words
) -> UUID:
    """Keep what was written from ``base_version`` of a draft. Returns the id under which it lies: another one where
    somebody else wrote over the draft meanwhile, so that neither is lost. Raises Refused."""
    async with database.transaction(by.workspace_id) as tx:
        c = await in_sight(tx, by, conversation_id)
        words = await _with_files_that_are_there(tx, by, words)
        kept = await store.lock_draft(tx, conversation_id, draft_id)
        if kept is not None and kept.member_id != by.member_id:
            raise not_found("There is no such draft.")
        place = place_of(words, base_version, kept)
        if place is Place.NOWHERE:
            return draft_id
        if place is Place.BESIDE:
            draft_id = new_id()
        if place is not Place.OVER:
            await _make_room(tx, by, conversation_id, c.channel_id)
        await store.keep(tx, conversation_id, draft_id, by.member_id, words, now())
        tell(tx, conversation_id, c.channel_id, by.member_id)
    return draft_id


async def _with_files_that_are_there(tx: Transaction, by: Membership, words: Words) -> Words:
    """A file that was sent meanwhile, or is somebody else's, is no reason to lose the words."""
    if not words.attachment_ids:
        return words
    found = await uploads(tx, words.attachment_ids, by.member_id)
    return replace(words, attachment_ids=tuple(file["id"] for file in found))


async def _make_room(tx: Transaction, by: Membership, conversation_id: UUID, channel_id: UUID) -> None:
    """One more: the first is seen on the row."""
    there = await store.count(tx, conversation_id, by.member_id)
    if there >= MOST_DRAFTS:
        raise Refused(
            "conflict",
            f"You have {MOST_DRAFTS} drafts in this conversation already: send or discard one first.",
            409,
        )
    if there == 0:
        tx.changed("conversation", conversation_id=conversation_id, channel_id=channel_id)


async def discard(database: Database, by: Membership, conversation_id: UUID, draft_id: UUID) -> None:
    """Its author does not want it any more. Harmless where there is none."""
    async with database.transaction(by.workspace_id) as tx:
        c = await in_sight(tx, by, conversation_id)
        await let_go(tx, by, conversation_id, c.channel_id, draft_id)


async def let_go(
    tx: Transaction, by: Membership, conversation_id: UUID, channel_id: UUID, draft_id: UUID
) -> bool:
    """Discarded, or sent within this transaction. False: there was none."""
    if not await store.forget(tx, conversation_id, draft_id, by.member_id):
        return False
    tell(tx, conversation_id, channel_id, by.member_id)
    if await store.count(tx, conversation_id, by.member_id) == 0:
        tx.changed("conversation", conversation_id=conversation_id, channel_id=channel_id)
    return True
