"""What must be in the inbox, read from nothing but the simulator's notes; and what of it is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from dragoman.simulator.journal import Event, Note
from tests.laws.oracle import Ask, Row, place

Key = tuple[str, str, str]  # account, chat, the platform's id of the message
BY_ID_ALONE = "whatsapp"  # where people go by several names, and an id is nobody else's

SAID = {"message", "echo", "postback"}
EDITED = {"edited_message", "edit"}
REACTED = {"message_reaction", "reaction"}


@dataclass(slots=True)
class Noted:
    """One message as the platform knows it. ``order``: the platform's time, then its own order where it has one."""

    order: tuple[float, int]
    text: str | None
    edits: list[tuple[float, str | None]] = field(default_factory=list)
    reactions: list[tuple[float, str | None]] = field(default_factory=list)

    def texts(self) -> set[str | None]:
        """What it may say now: its newest edit's words; two of the same second may have come in either order."""
        return _newest(self.edits) or {self.text}

    def reacted(self) -> set[str | None]:
        return _newest(self.reactions) or {None}


def _newest(changes: Sequence[tuple[float, str | None]]) -> set[str | None]:
    newest = max((at for at, _ in changes), default=0.0)
    return {what for at, what in changes if at == newest}


def messages_in(notes: Iterable[Note]) -> dict[Key, Noted]:
    """All messages that these notes speak of, with what became of each."""
    events = {(e.account, e.chat, e.event, e.key): e for e in (note.about for note in notes)}.values()
    found = {_key(e): Noted(_order(e), e.text) for e in events if e.event in SAID}
    for e in events:
        message = found.get(_key(e))
        if message is not None and e.event in EDITED:
            message.edits.append((e.platform_time or 0.0, e.text))
        elif message is not None and e.event in REACTED:
            message.reactions.append((e.platform_time or 0.0, e.text))
    return found


def _key(e: Event) -> Key:
    if e.platform == "telegram":
        number = (e.details or {}).get("message_id")
        return e.account, e.chat, f"{e.chat}:{number}"
    return e.account, "" if e.platform == BY_ID_ALONE else e.chat, e.key.split("/")[0]


def _key_of_row(row: Row) -> Key:
    return row["account"], "" if row["platform"] == BY_ID_ALONE else row["address"], row["external_id"]


def _order(e: Event) -> tuple[float, int]:
    own_order = (e.details or {}).get("message_id", 0) if e.platform == "telegram" else 0
    return e.platform_time or 0.0, int(own_order)


async def missing_or_wrong(ask: Ask, acknowledged: Iterable[Note], sent: Iterable[Note]) -> list[str]:
    """Sentences about every message that was acknowledged and is not there as it must be, or was never sent."""
    wanted, possible = messages_in(acknowledged), messages_in(sent)
    rows = await ask(MESSAGES)
    there: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        there[_key_of_row(row)].append(row)
    wrong = [f"acknowledged and lost: {key}" for key in wanted if key not in there]
    wrong += [f"there {len(found)} times: {key}" for key, found in there.items() if len(found) > 1]
    wrong += [f"never sent: {key}" for key in there if key not in possible]
    for key, message in wanted.items():
        wrong += _wrong(key, message, there[key])
    return wrong + _disorder(rows, wanted)


def _wrong(key: Key, message: Noted, rows: Sequence[Row]) -> Iterable[str]:
    for row in rows:
        if message.text is not None and row["text"] not in message.texts():
            yield f"{key} says {row['text']!r}, not one of {message.texts()}"
        if row["emoji"] not in message.reacted():
            yield f"{key} has the reaction {row['emoji']!r}, not one of {message.reacted()}"


def _disorder(rows: Sequence[Row], wanted: dict[Key, Noted]) -> list[str]:
    """Each timeline stands in the platform's order."""
    timelines: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=place):
        timelines[row["conversation_id"]].append(row)
    found = []
    for conversation_id, timeline in timelines.items():
        there = [(_key_of_row(row), place(row)) for row in timeline]
        known = [(wanted[key].order, key, at) for key, at in there if key in wanted]
        found += [
            f"conversation {conversation_id} is not in the platform's order: {earlier} before {later}"
            for earlier, later in pairwise(known)
            if earlier[0] > later[0]
        ]
    return found


MESSAGES = """
    select h.account, h.platform, i.address, m.*, r.emoji from messages m
    join conversations c using (workspace_id, conversation_id)
    join identities i using (workspace_id, identity_id)
    join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
    left join reactions r on r.workspace_id = m.workspace_id and r.message_id = m.message_id and r.side = 'customer'
"""
