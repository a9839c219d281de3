"""What people and rules do about the shelf. One transaction each, recorded in the change log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from dragoman.access.model import Membership
from dragoman.conversations import shelving, store
from dragoman.conversations.access import visible
from dragoman.conversations.judging import judge_again
from dragoman.conversations.model import Conversation, Status, closed, opened, put_back
from dragoman.conversations.shelving import Item, Shelved
from dragoman.conversations.verdicts import BY_RULE, CLASSES
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.trail import store as trail
from dragoman.trail.store import Cause, Entry


async def open_item(database: Database, by: Membership, item_id: UUID) -> None:
    """This is work after all: its conversation is open and waits for us, unless somebody has answered it since."""
    async with database.transaction(by.workspace_id) as tx:
        await open_in(tx, by, item_id, now())


async def open_in(tx: Transaction, by: Membership, item_id: UUID, at: datetime) -> None:
    item, before = await _item(tx, by, item_id)
    if item.opened_at is not None:
        return
    await shelving.keep(tx, item, by.member_id, before.status.value)
    await shelving.take_off(tx, [item_id], by=by.member_id, now=at)
    after = await _judged(tx, _open_from(before, item), item, at)
    if after.status in (Status.UNOPENED, Status.CLOSED):
        after = opened(after, new_id(), at)
    await store.record(tx, before, after)
    await trail.add(tx, [_entry(item, by, "opened_from_shelf", at)])


def _open_from(c: Conversation, item: Shelved) -> Conversation:
    """Closing had dealt with what arrived before the item, and did not see the item."""
    if c.status is not Status.CLOSED:
        return c
    return replace(c, closed_up_to=UUID(int=item.item_id.int - 1))


async def put_item_back(database: Database, by: Membership, item_id: UUID) -> None:
    """Opening it taken back: it is quiet again, and its conversation is what it was if nothing else waits in it."""
    at = now()
    async with database.transaction(by.workspace_id) as tx:
        item, before = await _item(tx, by, item_id)
        if item.opened_at is None:
            return
        await shelving.keep(tx, item, None, None)
        await shelving.put(tx, [Item(*_stored(item))], at)
        after = await _judged(tx, before, item, at)
        after = await _as_before(tx, after, Status(item.status_before or "open"), by.member_id, at)
        await store.record(tx, before, after)
        await trail.add(tx, [_entry(item, by, "put_back_on_shelf", at)])


async def shelve(
    tx: Transaction, c: Conversation, turn_id: UUID, rule_id: UUID, status_before: Status, at: datetime
) -> Conversation:
    """A rule shelves this turn. The caller holds the conversation and saves what is returned: what the turn had opened
    is as it was, ``status_before``, unless something else waits or somebody has it. What a person took off the shelf
    stays off it."""
    ended = await shelving.shelve_by_rule(tx, turn_id, rule_id)
    if ended is None:
        return c
    class_ = await shelving.class_of_turn(tx, turn_id) or BY_RULE
    item = Item(turn_id, c.conversation_id, c.channel_id, "turn", class_, ended, rule_id)
    await shelving.put(tx, [item], at)
    after = (await judge_again(tx, [c], at, {c.conversation_id: ended}))[c.conversation_id]
    return await _as_before(tx, after, status_before, None, at)


async def opening_classes(database: Database, by: Membership, channel_id: UUID) -> frozenset[str]:
    """Classes of noise that open a conversation on this channel."""
    if not by.sees(channel_id):
        raise not_found("There is no such channel.")
    async with database.reading(by.workspace_id) as tx:
        return (await shelving.wanted(tx, [channel_id])).get(channel_id, frozenset())


async def set_opening_classes(
    database: Database, by: Membership, channel_id: UUID, classes: Collection[str]
) -> None:
    if unknown := sorted(set(classes) - set(CLASSES)):
        raise invalid(opening=f"This is no class of noise: {unknown[0][:40]}")
    async with database.transaction(by.workspace_id) as tx:
        if not by.sees(channel_id) or not await shelving.is_channel(tx, channel_id):
            raise not_found("There is no such channel.")
        await shelving.set_wanted(tx, channel_id, set(classes))
        tx.changed("channel", channel_id=channel_id)


async def _item(tx: Transaction, by: Membership, item_id: UUID) -> tuple[Shelved, Conversation]:
    found = await shelving.find(tx, item_id)
    if found is None or not by.sees(found.channel_id):
        raise not_found("There is no such thing on the shelf.")
    c = await visible(tx, by, found.conversation_id)
    locked = await shelving.find(tx, item_id)  # what another did meanwhile, as it stands under the lock
    if locked is None:
        raise Refused("conflict", "It is no longer on the shelf.", 409)
    return locked, c


async def _judged(tx: Transaction, c: Conversation, item: Shelved, at: datetime) -> Conversation:
    since = {c.conversation_id: item.begins or item.at}
    return (await judge_again(tx, [c], at, since))[c.conversation_id]


async def _as_before(
    tx: Transaction, c: Conversation, status: Status, by: UUID | None, at: datetime
) -> Conversation:
    """Nothing is taken from somebody who waits, or who has it in hand."""
    if c.status is not Status.OPEN or c.unanswered is not None:
        return c
    if status is Status.CLOSED:
        return closed(c, by, at)
    if status is Status.UNOPENED and c.episode_id is not None and c.owner_id is None:
        await store.forget_episode(tx, c.episode_id)
        return put_back(c)
    return c


def _stored(item: Shelved) -> tuple[UUID, UUID, UUID, str, str, datetime, UUID | None]:
    return (
        item.item_id,
        item.conversation_id,
        item.channel_id,
        item.kind,
        item.class_,
        item.at,
        item.rule_id,
    )


def _entry(item: Shelved, by: Membership, kind: str, at: datetime) -> Entry:
    return Entry(
        conversation_id=item.conversation_id,
        turn_id=item.item_id if item.kind == "turn" else None,
        at=at,
        kind=kind,
        cause=Cause.MEMBER,
        member_id=by.member_id,
        what={"class": item.class_},
    )
