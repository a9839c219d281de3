"""The stage that a customer's turn goes through once, when it has settled: its language is found, somebody gets it,
rules see it, a greeting or an away message is said, and whoever is to know is told. One transaction, so that each
happens once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from dragoman.automatic.speaking import speak
from dragoman.conversations import store as conversations
from dragoman.db.database import Transaction
from dragoman.language.hearing import hear
from dragoman.notifications.telling import tell_later
from dragoman.rules.acting import run_rules
from dragoman.service import clocks
from dragoman.settling import store
from dragoman.settling.facts import SettledTurn
from dragoman.team.acting import route_turns


async def settle(tx: Transaction, turn_ids: Collection[UUID], now: datetime) -> None:
    """These turns are complete. A turn that vanished into another one, or that goes on, has nothing to settle."""
    await conversations.lock(tx, await store.conversations_of(tx, turn_ids))
    settled = await store.mark_settled(tx, turn_ids, now)
    languages = await hear(tx, [turn.turn_id for turn in settled if turn.noise is None])
    for turn in settled:
        if turn.noise is not None:
            continue  # it is announced to nobody
        tx.changed(
            "turn.settled",
            conversation_id=turn.conversation_id,
            turn_id=turn.turn_id,
            channel_id=turn.channel_id,
            fields={"fragments": turn.fragments, "language": languages.get(turn.turn_id)},
        )
    turns = await store.facts(tx, [turn.turn_id for turn in settled], now)
    turns = await _routed(tx, turns)
    await run_rules(tx, turns)
    await _reckoned(tx, turns, now)
    await speak(tx, turns, now)
    await _tell(tx, turns, now)


async def _routed(tx: Transaction, turns: Sequence[SettledTurn]) -> list[SettledTurn]:
    """What is work finds somebody; noise is nobody's."""
    found = {t.turn_id: t for t in await route_turns(tx, [t for t in turns if t.noise is None])}
    return [found.get(t.turn_id, t) for t in turns]


async def _reckoned(tx: Transaction, turns: Sequence[SettledTurn], now: datetime) -> None:
    """What service levels go by, such as the language, was found only here."""
    await clocks.reckon(tx, {t.conversation_id for t in turns if t.has_service_levels}, now)


async def _tell(tx: Transaction, turns: Sequence[SettledTurn], now: datetime) -> None:
    await tell_later(tx, [(t.turn_id, t.lane) for t in turns if t.noise is None], now)
