"""What rules say: to the customer, in a note among us, or to a member who is to look.

Words to the customer go before anything else that a rule does, as nobody speaks in a conversation that is closed; who
is told comes after, as a rule may have given it to somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from dragoman.automatic.gaps import filled, said_back
from dragoman.conversations import store as conversations
from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.notes import by_rules as notes
from dragoman.notifications.telling import tell_these
from dragoman.outbound import automatic_store
from dragoman.outbound.automatic import Silence, Source, Words, say
from dragoman.rules.due import Deed, Done, What
from dragoman.rules.model import OF_TURNS, OWNER, Action, Do
from dragoman.team.opening import opens_at
from dragoman.team.routing_store import house_hours

SAYS = frozenset({Do.REPLY, Do.ANSWER, Do.NOTE})


async def speak(tx: Transaction, deeds: Sequence[Deed], at: datetime) -> Done:
    """What each came to; where nothing was said, why."""
    done: Done = {}
    opens = opens_at(await house_hours(tx), at) if deeds else None
    for deed in deeds:
        c = await conversations.lock_one(tx, deed.turn.conversation_id)
        if c is None:
            continue
        text = _words_of(deed, opens, at)
        if text is None:
            done[deed.key] = {"silence": Silence.NO_OPENING.value}
        elif deed.action.do is Do.NOTE:
            if await automatic_store.begin(tx, [(c.conversation_id, deed.key)], at):
                note = await notes.write(tx, c, deed.act.rule_id, text, at)
                done[deed.key] = {"note": str(note.note_id)}
        elif (what := await _say(tx, c, deed, text, at)) is not None:
            done[deed.key] = what
    return done


def _words_of(deed: Deed, opens: datetime | None, at: datetime) -> str | None:
    """Filled in for this customer. None: they name when we are back, and nobody knows."""
    back = said_back(opens, at, deed.turn.language)
    return filled(cast("str", deed.action.value), name=deed.turn.contact_name, back=back)


async def _say(tx: Transaction, c: Conversation, deed: Deed, text: str, at: datetime) -> What | None:
    """None: it was said before, when the turn was shorter."""
    words = Words(
        text=text,
        source=Source.RULE,
        key=deed.key,
        turn_id=deed.turn.turn_id if deed.act.trigger in OF_TURNS else None,
        rule_id=deed.act.rule_id,
        answers=deed.action.do is Do.ANSWER,
    )
    said = await say(tx, c, words, at)
    await conversations.record(tx, c, said.conversation)
    if said.silence is Silence.SAID_ALREADY:
        return None
    if said.silence is not None:
        return {"silence": said.silence.value}
    return {"messages": [str(each) for each in said.message_ids]}


async def notify(tx: Transaction, deeds: Sequence[Deed], at: datetime) -> list[tuple[Deed, What]]:
    """Those that reached somebody, and whom."""
    done = []
    for deed in deeds:
        c = await conversations.lock_one(tx, deed.turn.conversation_id)
        if c is None:
            continue
        called = await notes.call(tx, c, deed.act.rule_id, members_in(deed.action, c), at)
        if called:
            await tell_these(tx, deed.turn.turn_id, called, c.lane, at)
            done.append((deed, {"members": [str(member) for member in called]}))
    return done


def members_in(action: Action, c: Conversation) -> set[UUID]:
    """Whom it names; its owner, where somebody is."""
    named = {c.owner_id if each == OWNER else UUID(each) for each in cast("list[str]", action.value)}
    return {member for member in named if member is not None}
