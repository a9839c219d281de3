"""Greetings and away messages are said: once in an episode, when the customer has finished writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dragoman.automatic import store
from dragoman.automatic.model import Automatic, chosen, due, filled
from dragoman.automatic.store import Burst
from dragoman.conversations import store as conversations
from dragoman.conversations.model import Conversation
from dragoman.conversations.turns import SETTLES_AFTER_LAST, is_cut_short
from dragoman.db.database import Transaction
from dragoman.outbound.automatic import Silence, Source, Words, say
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
NO_OPENING = "no_opening"
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


class _Speaker:
    def __init__(self, tx: Transaction, settings: Automatic, house: Hours, now: datetime) -> None:
        self.tx = tx
        self.settings = settings
        self.house = house
        self.now = now
        self.is_open = is_open(house, now)

    async def speak_to(self, turns: Sequence[SettledTurn], *, is_time_up: bool) -> None:
        """The conversations are locked."""
        wanted = [(turn, source) for turn in turns if (source := self._due(turn)) is not None]
        bursts = await store.bursts(self.tx, [turn.turn_id for turn, _ in wanted]) if wanted else {}
        for turn, source in wanted:
            burst = bursts.get(turn.turn_id)
            if burst is None:
                continue
            if burst.goes_on or (
                not is_time_up and is_cut_short(burst.last_at, burst.arrived_first_at, burst.arrived_last_at)
            ):
                await self._wait(turn, burst)
            else:
                await self._say(turn, source)

    def _due(self, turn: SettledTurn) -> Source | None:
        if turn.noise is not None:
            return None
        return due(self.settings, turn.channel_id, opened=turn.opened, is_open=self.is_open)

    async def _wait(self, turn: SettledTurn, burst: Burst) -> None:
        due_at = max(self.now, burst.arrived_last_at) + SETTLES_AFTER_LAST
        await jobs.schedule(self.tx, [Job(kind=SPEAK, subject=turn.turn_id, lane=turn.lane, due_at=due_at)])

    async def _say(self, turn: SettledTurn, source: Source) -> None:
        before = await conversations.lock_one(self.tx, turn.conversation_id)
        if before is None or before.episode_id is None:
            return
        wording = chosen(self.settings.on(turn.channel_id, source).texts, turn.language)
        text = filled(wording, opens_at(self.house, self.now), self.now)
        if text is None:
            await self._write_down(turn, source, UNSAID, why=NO_OPENING)
            return
        said = await say(self.tx, before, self._words(text, turn, source, before), self.now)
        if said.silence is None:
            await conversations.record(self.tx, before, said.conversation)
            await self._write_down(turn, source, SAID, language=wording.language)
        elif said.silence not in PASSED_OVER:
            await self._write_down(turn, source, UNSAID, why=said.silence.value)

    def _words(self, text: str, turn: SettledTurn, source: Source, c: Conversation) -> Words:
        return Words(
            text=text,
            source=source,
            key=f"{source}:{c.episode_id}",
            turn_id=turn.turn_id,
            quiet=timedelta(minutes=self.settings.quiet_minutes),
        )

    async def _write_down(self, turn: SettledTurn, source: Source, kind: str, **what: str) -> None:
        entry = Entry(
            conversation_id=turn.conversation_id,
            turn_id=turn.turn_id,
            at=self.now,
            kind=kind,
            cause=Cause.SYSTEM,
            what={"source": source.value, **what},
        )
        await trail.add(self.tx, [entry])
