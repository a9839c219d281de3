"""What rules come to, gathered in memory and written at once: a batch of settled turns costs a few statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from dragoman.conversations import snoozing
from dragoman.conversations import store as conversations
from dragoman.conversations.model import (
    Conversation,
    Priority,
    Side,
    Status,
    closed,
    prioritised,
    snoozed,
)
from dragoman.db.database import Transaction
from dragoman.labels import store as labels
from dragoman.labels.model import MOST_ON_ONE, Carried, carried
from dragoman.notifications.giving import give_anew
from dragoman.outbound.automatic import Silence
from dragoman.rules.calling import call
from dragoman.rules.due import Deed, Done, Due, What, ids_in
from dragoman.rules.model import OF_TURNS, SKILL, SPEAKER, Action, Do
from dragoman.rules.speaking import members_in, notify
from dragoman.service import clocks
from dragoman.team.model import Assignable, Assignment, assigned
from dragoman.team.routing import Wanted
from dragoman.trail import store as trail
from dragoman.trail.store import Cause, Entry

PUTS_ASIDE = frozenset({Do.CLOSE, Do.SNOOZE})
NOTED_WHEN_WRITTEN = frozenset({Do.NOTIFY, Do.CALL})  # what they come to is known then


class Effects:
    """The conversations that rules act on, as they were and as they are to be. The caller holds them locked."""

    def __init__(
        self,
        before: Mapping[UUID, Conversation],
        carried: Mapping[UUID, frozenset[UUID]],
        known_labels: frozenset[UUID],
        assignable: Assignable,
        by_themselves: Done,
        asked: Mapping[UUID, Conversation],
        at: datetime,
    ) -> None:
        self.at = at
        self.assignable = assignable
        self.by_themselves = by_themselves  # what was done before these were read
        self.asked = asked  # the conversations when the rules were asked, before anything was said
        self.known_labels = known_labels  # of those that rules name, those that there still are
        self.before = before
        self.after = dict(before)
        self.carried = carried
        self.labels = dict(carried)
        self.to_notify: list[Deed] = []  # who is to look, once it is known whose it is
        self.to_call: list[Deed] = []
        self.entries: list[Entry] = []

    def possible(self, due: Due) -> list[Deed]:
        """Nobody is put aside whom this rule was to speak to, and could not."""
        silences = [self.by_themselves.get(deed.key, {}).get("silence") for deed in due.deeds]
        is_unsaid = any(each is not None and each != Silence.ANSWERED for each in silences)
        return [deed for deed in due.deeds if not (is_unsaid and deed.action.do in PUTS_ASIDE)]

    def do(self, deed: Deed) -> bool:
        """False where there is nothing to be done: it is so already, or cannot be."""
        c = self.after.get(deed.turn.conversation_id)
        what = self.by_themselves.get(deed.key)
        if what is None and c is not None and not self._is_over(deed):
            what = HANDS[deed.action.do](self, c, deed)
        if what is None:
            return False
        if deed.action.do not in NOTED_WHEN_WRITTEN:
            self.note(deed, what)
        return True

    def note(self, deed: Deed, what: What) -> None:
        """For the trail."""
        self.entries.append(
            Entry(
                conversation_id=deed.turn.conversation_id,
                turn_id=deed.turn.turn_id,
                at=self.at,
                kind=deed.action.do.value,
                cause=Cause.RULE,
                rule_id=deed.act.rule_id,
                what={**what, "version": deed.act.version},
            )
        )

    def _is_over(self, deed: Deed) -> bool:
        """The customer has said more since: whatever puts the conversation aside would put that aside unseen."""
        if deed.act.trigger not in OF_TURNS or deed.action.do not in PUTS_ASIDE:
            return False
        c = self.asked[deed.turn.conversation_id]
        return c.last_side is Side.CUSTOMER and c.last_turn_id != deed.turn.turn_id

    async def write(self, tx: Transaction) -> None:
        """All of it, with its changes; and then who is to look is told, and webhooks are to be called."""
        moved = [(self.before[i], after) for i, after in self.after.items() if after != self.before[i]]
        await _write_labels(tx, self)
        await conversations.record_all(tx, moved)
        await give_anew(tx, moved, None, self.at)
        await snoozing.set_timers(tx, [after for _, after in moved])
        for deed, what in [
            *await notify(tx, self.to_notify, self.at),
            *await call(tx, self.to_call, self.at),
        ]:
            self.note(deed, what)
        await trail.add(tx, self.entries)


async def _write_labels(tx: Transaction, effects: Effects) -> None:
    recorded = {i for i, after in effects.after.items() if after != effects.before[i]}
    labelled = [i for i, after in effects.labels.items() if after != effects.carried[i]]
    off: list[Carried] = []
    on: list[Carried] = []
    for conversation_id in labelled:
        before, after = effects.carried[conversation_id], effects.labels[conversation_id]
        c = effects.before[conversation_id]
        off += carried(c, before - after)
        on += carried(c, after - before)
        if conversation_id not in recorded:
            tx.changed("conversation", conversation_id=conversation_id, channel_id=c.channel_id)
    await labels.take_off(tx, off)
    await labels.put(tx, on)
    await clocks.reckon(tx, labelled, effects.at)


Hand = Callable[[Effects, Conversation, Deed], What | None]
"""Does one thing to one conversation, and says what it came to; None: nothing."""


def _label(effects: Effects, c: Conversation, deed: Deed) -> What | None:
    has = effects.labels[c.conversation_id]
    room = MOST_ON_ONE - len(has)
    put = [each for each in ids_in(deed.action) if each in effects.known_labels - has][: max(0, room)]
    return _labelled(effects, c, has | frozenset(put), put)


def _unlabel(effects: Effects, c: Conversation, deed: Deed) -> What | None:
    has = effects.labels[c.conversation_id]
    off = [each for each in ids_in(deed.action) if each in has]
    return _labelled(effects, c, has - frozenset(off), off)


def _labelled(
    effects: Effects, c: Conversation, after: frozenset[UUID], moved: Iterable[UUID]
) -> What | None:
    ids = [str(each) for each in moved]
    if not ids:
        return None
    effects.labels[c.conversation_id] = after
    return {"labels": ids}


def _close(effects: Effects, c: Conversation, _: Deed) -> What | None:
    if c.status in (Status.UNOPENED, Status.CLOSED):
        return None
    effects.after[c.conversation_id] = closed(c, None, effects.at)
    return {}


def _snooze(effects: Effects, c: Conversation, deed: Deed) -> What | None:
    if c.status in (Status.UNOPENED, Status.CLOSED):
        return None
    until = effects.at + timedelta(minutes=cast("int", deed.action.value))
    effects.after[c.conversation_id] = snoozed(c, until, None)
    return {"until": until.isoformat()}


def _assign(effects: Effects, c: Conversation, deed: Deed) -> What | None:
    given = assignee_in(deed.action)
    if given is None or c.status is Status.UNOPENED:
        return None
    is_team = given in effects.assignable.teams
    to = Assignment(owner_id=None, team_id=given) if is_team else Assignment(owner_id=given)
    if not effects.assignable.allows(c.channel_id, to):
        return None
    after = assigned(c, to)
    if after == c:
        return None
    effects.after[c.conversation_id] = after
    return {"owner": after.owner_id, "team": after.team_id, "was": c.owner_id, "team_was": c.team_id}


def _notify(effects: Effects, c: Conversation, deed: Deed) -> What | None:
    if c.status is Status.UNOPENED or not members_in(deed.action, c):
        return None
    effects.to_notify.append(deed)
    return {}


def _call(effects: Effects, _: Conversation, deed: Deed) -> What | None:
    effects.to_call.append(deed)
    return {}


def _nothing(_effects: Effects, _c: Conversation, _deed: Deed) -> What | None:
    """What writes conversations or speaks by itself is done before these are read; here nothing is left of it."""
    return None


def _prioritise(effects: Effects, c: Conversation, deed: Deed) -> What | None:
    after = prioritised(c, Priority(cast("str", deed.action.value)))
    if after == c:
        return None
    effects.after[c.conversation_id] = after
    return {"priority": after.priority.value, "was": c.priority.value}


HANDS: dict[Do, Hand] = {
    Do.SHELVE: _nothing,
    Do.ASSIGN: _assign,
    Do.LABEL: _label,
    Do.UNLABEL: _unlabel,
    Do.CLOSE: _close,
    Do.SNOOZE: _snooze,
    Do.PRIORITISE: _prioritise,
    Do.NOTE: _nothing,
    Do.NOTIFY: _notify,
    Do.REPLY: _nothing,
    Do.ANSWER: _nothing,
    Do.CALL: _call,
}


def assignee_in(action: Action) -> UUID | None:
    """To whom an action gives something, a member or a team. None: to whom routing finds: ``wanted_in``."""
    first = cast("list[str]", action.value)[0]
    return None if first == SPEAKER or first.startswith(SKILL) else UUID(first)


def wanted_in(action: Action) -> Wanted:
    """For whom routing is to look."""
    named = cast("list[str]", action.value)
    skills = tuple(each.removeprefix(SKILL) for each in named if each.startswith(SKILL))
    return Wanted(speaks=SPEAKER in named, skills=skills)
