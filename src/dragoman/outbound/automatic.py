"""The house says something by itself: a greeting, an away message, what a rule replies.

It stands in the timeline and leaves by the outbox as everything that we say, and is no answer: who waits for whom,
since when, whose it is and where it stands in lists stay as they are. Only a rule may say that its words answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from dragoman.channels.capabilities import Capabilities
from dragoman.channels.registry import channel
from dragoman.conversations import arranging
from dragoman.conversations.model import Conversation, Origin, Place, Side, Status
from dragoman.conversations.reply_window import Allowance, allowance
from dragoman.conversations.timeline import NewMessage
from dragoman.db.database import Transaction
from dragoman.kit.ids import new_id
from dragoman.outbound import automatic_store, store
from dragoman.outbound.automatic_store import Spoken
from dragoman.outbound.model import MAX_PIECES, QUEUED_ORDER, Source
from dragoman.outbound.splitting import split
from dragoman.outbound.store import SEND
from dragoman.work import jobs
from dragoman.work.jobs import Job

__all__ = ["Said", "Silence", "Source", "Words", "say"]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """``key``: what it is said for, once in a conversation. ``turn_id``: of the customer, that it speaks to; without
    one, to whatever they said since our last answer. ``answers``: the customer waits no more once it is out.
    ``quiet``: nothing is said so soon after a person of ours has."""

    text: str
    source: Source
    key: str
    turn_id: UUID | None = None
    rule_id: UUID | None = None
    answers: bool = False
    quiet: timedelta = timedelta(0)


class Silence(StrEnum):
    """Why nothing was said."""

    SAID_ALREADY = "said_already"
    NOT_OPEN = "not_open"  # nobody waits: closed, shelved, never opened
    NO_NEWS = "no_news"  # it came late, or belongs to the past that was read in
    ANSWERED = "answered"  # by a person of ours, since then
    ANSWERING = "answering"  # a person's answer is on its way
    WINDOW_SHUT = "window_shut"
    NOT_CONNECTED = "not_connected"
    TROUBLE = "trouble"
    BLOCKED = "blocked"
    HELD_ELSEWHERE = "held_elsewhere"  # another app answers this conversation
    TOO_LONG = "too_long"
    NO_WORDS = "no_words"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """The conversation as it is now, for the caller to record, and either messages or why there are none."""

    conversation: Conversation
    message_ids: tuple[UUID, ...] = ()
    silence: Silence | None = None


async def say(tx: Transaction, c: Conversation, words: Words, at: datetime) -> Said:
    """Queue these words, once for their key. The caller holds the conversation, and records what is returned."""
    can, silence = await _reach(tx, c)
    pieces = split(words.text, can.text)
    spoken = await automatic_store.spoken(tx, c.conversation_id, words.turn_id)
    silence = silence or _unfit(c, pieces, can, at) or _too_late_for(spoken, words, c, at)
    if silence is None and not await automatic_store.begin(tx, c.conversation_id, words.key, at):
        silence = Silence.SAID_ALREADY
    if silence is not None:
        return Said(conversation=c, silence=silence)
    answered = spoken.newest or c.last  # what came after the turn that it speaks to waits on
    made: list[UUID] = []
    for nth, piece in enumerate(pieces):
        message = _message(c, words, piece, nth, answered if words.answers else None, at)
        c = await _queue(tx, c, message, words)
        made.append(message.message_id)
    return Said(conversation=c, message_ids=tuple(made))


async def _reach(tx: Transaction, c: Conversation) -> tuple[Capabilities, Silence | None]:
    platform, state, trouble, blocked_at = await store.reachable(tx, c.conversation_id)
    can = channel(platform).capabilities
    if state == "removed":
        return can, Silence.NOT_CONNECTED
    if trouble is not None:
        return can, Silence.TROUBLE
    return can, Silence.BLOCKED if blocked_at is not None else None


def _unfit(c: Conversation, pieces: list[str], can: Capabilities, at: datetime) -> Silence | None:
    """What is allowed to persons only, the longer window among it, is not for us."""
    if c.status not in (Status.OPEN, Status.SNOOZED):
        return Silence.NOT_OPEN
    if c.held_elsewhere:
        return Silence.HELD_ELSEWHERE
    if allowance(can.reply_window, c, at) is not Allowance.FREE:
        return Silence.WINDOW_SHUT
    if not pieces:
        return Silence.NO_WORDS
    return Silence.TOO_LONG if len(pieces) > MAX_PIECES else None


def _too_late_for(spoken: Spoken, words: Words, c: Conversation, at: datetime) -> Silence | None:
    if words.turn_id is not None and not spoken.is_news:
        return Silence.NO_NEWS
    if spoken.is_answering:
        return Silence.ANSWERING
    since = spoken.turn_at or (c.unanswered.first.at if c.unanswered else None)
    if spoken.answered_at is None:
        return None
    has_answered = spoken.answered_at > at - words.quiet or (
        since is not None and spoken.answered_at >= since
    )
    return Silence.ANSWERED if has_answered else None


def _message(
    c: Conversation, words: Words, text: str, nth: int, answers: Place | None, at: datetime
) -> NewMessage:
    message_id = new_id(after=c.newest_id)
    return NewMessage(
        message_id=message_id,
        conversation_id=c.conversation_id,
        channel_id=c.channel_id,
        turn_id=message_id,
        side=Side.TEAM,
        origin=Origin.MEMBER if words.answers else Origin.AUTOMATIC,
        # A platform's clock may run ahead of ours: a burst must not be cut in two by what comes after it.
        sent_at=max(at, c.last.at) if c.last else at,
        arrived_at=at,
        platform_order=QUEUED_ORDER,
        text=text,
        state="queued",
        idempotency_key=f"{words.key}:{nth}",
        answers=answers,
        hold_until=at,
    )


async def _queue(tx: Transaction, c: Conversation, message: NewMessage, words: Words) -> Conversation:
    c = await arranging.append(tx, c, message, message.arrived_at)
    await automatic_store.sign(tx, message.message_id, words.source.value, words.rule_id)
    await jobs.schedule(
        tx, [Job(kind=SEND, subject=message.message_id, lane=c.lane, due_at=message.arrived_at)]
    )
    tx.changed(
        "message",
        conversation_id=c.conversation_id,
        message_id=message.message_id,
        channel_id=c.channel_id,
    )
    return c
