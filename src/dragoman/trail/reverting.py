"""One thing that a rule or routing did is taken back: what else has happened since stays as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.conversations import store as conversations
from dragoman.conversations.access import visible
from dragoman.conversations.model import Conversation, Priority, Status, prioritised, reopened, unsnoozed
from dragoman.conversations.shelf_actions import open_in
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.labels import store as labels
from dragoman.labels.model import carried, labelled
from dragoman.notes import store as notes
from dragoman.notes.telling import tell_changed
from dragoman.service import clocks
from dragoman.team.model import Assignment, assigned
from dragoman.team.owning import assignable
from dragoman.trail import store
from dragoman.trail.store import Cause, Entry, Written

REVERTED = "reverted"


@dataclass(frozen=True)
class Asked:
    """``c``: the conversation as it is, held."""

    tx: Transaction
    by: Membership
    c: Conversation
    entry: Written
    at: datetime


async def revert(database: Database, by: Membership, conversation_id: UUID, entry_id: UUID) -> None:
    """Twice is once. Raises Refused: what was said, or has been changed since, cannot be taken back."""
    at = now()
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        entry = await store.one(tx, conversation_id, entry_id)
        if entry is None:
            raise not_found("There is no such entry.")
        if not _is_revertible(entry):
            raise Refused("conflict", "This cannot be taken back.", 409)
        if not await store.mark_reverted(tx, entry_id, at):
            return
        if not _stands(before, entry):
            raise Refused("conflict", "It has been changed since: nothing was taken back.", 409)
        await BACK[entry.kind](Asked(tx, by, before, entry, at))
        await store.add(tx, [_taken_back(by, conversation_id, entry, at)])


def _taken_back(by: Membership, conversation_id: UUID, entry: Written, at: datetime) -> Entry:
    return Entry(
        conversation_id=conversation_id,
        turn_id=entry.turn_id,
        at=at,
        kind=REVERTED,
        cause=Cause.MEMBER,
        member_id=by.member_id,
        what={**entry.what, "kind": entry.kind},
    )


def can_be_reverted(c: Conversation, entry: Written) -> bool:
    """It did something, which was not taken back and stands as it left it."""
    return _is_revertible(entry) and not entry.is_reverted and _stands(c, entry)


def _is_revertible(entry: Written) -> bool:
    if entry.cause not in (Cause.RULE, Cause.ROUTING) or entry.kind not in BACK:
        return False
    return entry.kind not in GIVES or _given(entry) != _had(entry)


def _stands(c: Conversation, entry: Written) -> bool:
    """As far as the conversation itself tells."""
    if entry.kind in GIVES:
        return (c.owner_id, c.team_id) == _given(entry)
    if entry.kind == "close":
        return c.status is Status.CLOSED and c.closed_by is None
    if entry.kind == "snooze":
        return c.status is Status.SNOOZED and c.snoozed_by is None
    if entry.kind == "prioritise":
        return c.priority.value == entry.what.get("priority")
    return entry.kind != "shelve" or entry.turn_id is not None


GIVES = frozenset({"assign", "routed"})


def _given(entry: Written) -> tuple[UUID | None, UUID | None]:
    return _id(entry.what.get("owner")), _id(entry.what.get("team"))


def _had(entry: Written) -> tuple[UUID | None, UUID | None]:
    return _id(entry.what.get("was")), _id(entry.what.get("team_was"))


async def _relabel(tx: Transaction, c: Conversation, put: set[UUID], off: set[UUID]) -> None:
    there = {row["id"] for row in await labels.labels(tx, put)} if put else set()
    before = await labels.on(tx, c.conversation_id)
    after = labelled(before, there, off)
    if after == before:
        return
    await labels.take_off(tx, carried(c, before - after))
    await labels.put(tx, carried(c, after - before))
    tx.changed("conversation", conversation_id=c.conversation_id, channel_id=c.channel_id)
    await clocks.reckon(tx, [c.conversation_id], now())


async def _label(asked: Asked) -> None:
    await _relabel(asked.tx, asked.c, set(), _labels_in(asked.entry))


async def _unlabel(asked: Asked) -> None:
    await _relabel(asked.tx, asked.c, _labels_in(asked.entry), set())


def _labels_in(entry: Written) -> set[UUID]:
    return {UUID(each) for each in cast("list[str]", entry.what.get("labels", []))}


async def _assign(asked: Asked) -> None:
    owner_id, team_id = _had(asked.entry)
    was = Assignment(owner_id=owner_id, team_id=team_id)
    there = await assignable(asked.tx, [was], may_wait=False)
    is_theirs = there.has_owner(was) and there.owner_sees(asked.c.channel_id, was)
    back = Assignment(
        owner_id=was.owner_id if is_theirs else None, team_id=was.team_id if there.has_team(was) else None
    )
    await conversations.record(asked.tx, asked.c, assigned(asked.c, back))


async def _close(asked: Asked) -> None:
    await conversations.record(asked.tx, asked.c, reopened(asked.c))


async def _snooze(asked: Asked) -> None:
    await conversations.record(asked.tx, asked.c, unsnoozed(asked.c))


async def _prioritise(asked: Asked) -> None:
    await conversations.record(
        asked.tx, asked.c, prioritised(asked.c, Priority(str(asked.entry.what["was"])))
    )


async def _shelve(asked: Asked) -> None:
    await open_in(asked.tx, asked.by, cast("UUID", asked.entry.turn_id), asked.at)


async def _note(asked: Asked) -> None:
    note = await notes.lock(asked.tx, UUID(str(asked.entry.what["note"])))
    if note is not None:
        await notes.empty(asked.tx, note.note_id, asked.at)
        tell_changed(asked.tx, note)


def _id(written: Any) -> UUID | None:
    return UUID(str(written)) if written else None


Back = Callable[[Asked], Awaitable[None]]

BACK: dict[str, Back] = {
    "label": _label,
    "unlabel": _unlabel,
    "assign": _assign,
    "routed": _assign,
    "close": _close,
    "snooze": _snooze,
    "prioritise": _prioritise,
    "shelve": _shelve,
    "note": _note,
}
