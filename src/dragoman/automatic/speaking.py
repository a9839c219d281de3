"""Greetings and away messages are said: once in an episode, when the customer has finished writing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from dragoman.automatic import store
from dragoman.automatic.model import Automatic, Wording, chosen, due, said
from dragoman.automatic.store import Burst
from dragoman.conversations import store as conversations
from dragoman.conversations.model import Conversation
from dragoman.conversations.turns import SETTLES_AFTER_LAST, is_cut_short
from dragoman.db.database import Transaction
from dragoman.outbound.automatic import Silence, Source, Words, say_each
from dragoman.settling.facts import SettledTurn
from dragoman.settling.store import facts
from dragoman.team import routing_store
from dragoman.team.opening import opens_at
from dragoman.team.work import Hours, is_open
from dragoman.trail import store as trail
from dragoman.trail.store import Cause, Entry
from dragoman.work import jobs
from dragoman.work.jobs import Job

SPEAK = "speak_by_itself"
SAID, UNSAID = "said", "unsaid"  # kinds of the trail's entries
PASSED_OVER = frozenset({
    Silence.SAID_ALREADY, Silence.NOT_OPEN, Silence.NO_NEWS, Silence.ANSWERED, Silence.ANSWERING,
})  # fmt: skip
"""Silences that nobody wonders about."""


async def speak(tx: Transaction, turns: Sequence[SettledTurn], now: datetime) -> None:
    """Say what is due to these turns, which settle in this transaction; later, where the customer still writes."""
    settings = await store.settings(tx)
    if settings.says_anything:
        await _Speaker(tx, settings, await routing_store.house_hours(tx), now).speak_to(
            turns, is_time_up=False
        )


async def speak_later(tx: Transaction, turn_ids: Collection[UUID], now: datetime) -> None:
    """Their bursts settled before they ended, and nothing has come for as long as one waits."""
    settings = await store.settings(tx)
    turns = await facts(tx, turn_ids, now)
    await conversations.lock(tx, {turn.conversation_id for turn in turns})
    turns = await facts(tx, turn_ids, now)
    await _Speaker(tx, settings, await routing_store.house_hours(tx), now).speak_to(turns, is_time_up=True)


class _Wanted(NamedTuple):
    turn: SettledTurn
    source: Source


class _Speech(NamedTuple):
    """``words`` None: they name when we are back, and nobody knows."""

    to: _Wanted
    before: Conversation
    wording: Wording
    words: Words | None


class _Speaker:
    def __init__(self, tx: Transaction, settings: Automatic, house: Hours, now: datetime) -> None:
        self.tx = tx
        self.settings = settings
        self.now = now
        self.is_open = is_open(house, now)
        self.opens_at = opens_at(house, now)

    async def speak_to(self, turns: Sequence[SettledTurn], *, is_time_up: bool) -> None:
        """The conversations are locked."""
        wanted = [_Wanted(turn, source) for turn in turns if (source := self._due(turn)) is not None]
        bursts = await store.bursts(self.tx, [each.turn.turn_id for each in wanted]) if wanted else {}
        wait: list[Job] = []
        ready: list[_Wanted] = []
        for each in wanted:
            burst = bursts.get(each.turn.turn_id)
            if burst is None:
                continue
            if burst.goes_on or (
                not is_time_up and is_cut_short(burst.last_at, burst.arrived_first_at, burst.arrived_last_at)
            ):
                wait.append(self._later(each.turn, burst))
            else:
                ready.append(each)
        await jobs.schedule(self.tx, wait)
        for some in _one_of_each(ready):
            await self._say(some)

    def _due(self, turn: SettledTurn) -> Source | None:
        if turn.noise is not None:
            return None
        return due(self.settings, turn.channel_id, opened=turn.opened, is_open=self.is_open)

    def _later(self, turn: SettledTurn, burst: Burst) -> Job:
        due_at = max(self.now, burst.arrived_last_at) + SETTLES_AFTER_LAST
        return Job(kind=SPEAK, subject=turn.turn_id, lane=turn.lane, due_at=due_at)

    async def _say(self, wanted: Sequence[_Wanted]) -> None:
        """Each to another conversation."""
        held = await conversations.lock(self.tx, [each.turn.conversation_id for each in wanted])
        speeches = [
            self._speech(each, c)
            for each in wanted
            if (c := held.get(each.turn.conversation_id)) is not None and c.episode_id is not None
        ]
        spoken = [(each, each.words) for each in speeches if each.words is not None]
        found = await say_each(self.tx, [(each.before, words) for each, words in spoken], self.now)
        came_to = [(each, to_it) for (each, _), to_it in zip(spoken, found, strict=True)]
        moved = [(each.before, to_it.conversation) for each, to_it in came_to if to_it.silence is None]
        await conversations.record_all(self.tx, moved)
        entries = [
            self._entry(each.to, UNSAID, why=Silence.NO_OPENING.value)
            for each in speeches
            if each.words is None
        ]
        entries += [
            self._entry(each.to, SAID, language=each.wording.language)
            if to_it.silence is None
            else self._entry(each.to, UNSAID, why=to_it.silence.value)
            for each, to_it in came_to
            if to_it.silence not in PASSED_OVER
        ]
        await trail.add(self.tx, entries)

    def _speech(self, to: _Wanted, c: Conversation) -> _Speech:
        wording = chosen(self.settings.on(to.turn.channel_id, to.source).texts, to.turn.language)
        text = said(wording, self.opens_at, self.now, to.turn.contact_name)
        return _Speech(to, c, wording, None if text is None else self._words(text, to, c))

    def _words(self, text: str, to: _Wanted, c: Conversation) -> Words:
        return Words(
            text=text,
            source=to.source,
            key=f"{to.source}:{c.episode_id}",
            turn_id=to.turn.turn_id,
            quiet=timedelta(minutes=self.settings.quiet_minutes),
        )

    def _entry(self, to: _Wanted, kind: str, **what: str) -> Entry:
        return Entry(
            conversation_id=to.turn.conversation_id,
            turn_id=to.turn.turn_id,
            at=self.now,
            kind=kind,
            cause=Cause.SYSTEM,
            what={"source": to.source.value, **what},
        )


def _one_of_each(wanted: Iterable[_Wanted]) -> Iterable[list[_Wanted]]:
    """In rounds: what is said to a conversation is seen by what is said to it next."""
    rounds: defaultdict[int, list[_Wanted]] = defaultdict(list)
    before: Counter[UUID] = Counter()
    for each in wanted:
        rounds[before[each.turn.conversation_id]].append(each)
        before[each.turn.conversation_id] += 1
    return rounds.values()
