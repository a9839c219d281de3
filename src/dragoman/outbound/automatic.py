"""The house says something by itself: a greeting, an away message, what a rule replies.

It stands in the timeline and leaves by the outbox as everything that we say, and is no answer: who waits for whom,
since when, whose it is and where it stands in lists stay as they are. Only a rule may say that its words answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
from dragoman.outbound.automatic_store import Signature, Spoken
from dragoman.outbound.model import MAX_PIECES, QUEUED_ORDER, Source
from dragoman.outbound.splitting import split
from dragoman.outbound.store import SEND, Reach
from dragoman.work import jobs
from dragoman.work.jobs import Job

__all__ = ["Said", "Silence", "Source", "Words", "say", "say_each"]


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
    NO_OPENING = "no_opening"  # they name when we are back, and nobody knows


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """The conversation as it is now, for the caller to record, and either messages or why there are none."""

    conversation: Conversation
    message_ids: tuple[UUID, ...] = ()
    silence: Silence | None = None


@dataclass(slots=True)
class _Speech:
    """Words on their way into one conversation, which they change."""

    conversation: Conversation
    words: Words
    pieces: list[str]
    answers: Place | None
    silence: Silence | None
    made: list[UUID] = field(default_factory=list)

    @property
    def about(self) -> tuple[UUID, str]:
        return self.conversation.conversation_id, self.words.key


async def say(tx: Transaction, c: Conversation, words: Words, at: datetime) -> Said:
    """Queue these words, once for their key. The caller holds the conversation, and records what is returned."""
    [said] = await say_each(tx, [(c, words)], at)
    return said


async def say_each(tx: Transaction, wanted: Sequence[tuple[Conversation, Words]], at: datetime) -> list[Said]:
    """The same in several conversations, each of which stands there once."""
    if not wanted:
        return []
    reach = await store.reachable(tx, [c.conversation_id for c, _ in wanted])
    spoken = await automatic_store.spoken(tx, [(c.conversation_id, words.turn_id) for c, words in wanted])
    speeches = [
        _speech(c, words, reach[c.conversation_id], spoken[c.conversation_id], at) for c, words in wanted
    ]
    fit = [each for each in speeches if each.silence is None]
    begun = await automatic_store.begin(tx, [each.about for each in fit], at)
    for each in fit:
        if each.about not in begun:
            each.silence = Silence.SAID_ALREADY
    await _queue(tx, [each for each in fit if each.silence is None], at)
    return [
        Said(conversation=each.conversation, message_ids=tuple(each.made), silence=each.silence)
        for each in speeches
    ]


def _speech(c: Conversation, words: Words, reach: Reach, spoken: Spoken, at: datetime) -> _Speech:
    can = channel(reach.platform).capabilities
    pieces = split(words.text, can.text)
    silence = _out_of_reach(reach) or _unfit(c, pieces, can, at) or _too_late_for(spoken, words, c, at)
    # What came after the turn that it speaks to waits on.
    return _Speech(c, words, pieces, (spoken.newest or c.last) if words.answers else None, silence)


def _out_of_reach(reach: Reach) -> Silence | None:
    if reach.state == "removed":
        return Silence.NOT_CONNECTED
    if reach.trouble is not None:
        return Silence.TROUBLE
    return Silence.BLOCKED if reach.blocked_at is not None else None


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


async def _queue(tx: Transaction, speeches: Sequence[_Speech], at: datetime) -> None:
    """One piece of each after the other."""
    for nth in range(max((len(each.pieces) for each in speeches), default=0)):
        await _queue_nth(tx, [each for each in speeches if nth < len(each.pieces)], nth, at)


async def _queue_nth(tx: Transaction, speeches: Sequence[_Speech], nth: int, at: datetime) -> None:
    messages = [_message(each, nth, at) for each in speeches]
    pairs = [(each.conversation, message) for each, message in zip(speeches, messages, strict=True)]
    after = await arranging.append_each(tx, pairs, at)
    for each, message, c in zip(speeches, messages, after, strict=True):
        each.conversation = c
        each.made.append(message.message_id)
        tx.changed(
            "message",
            conversation_id=c.conversation_id,
            message_id=message.message_id,
            channel_id=c.channel_id,
        )
    signed = [Signature(each.made[nth], each.words.source.value, each.words.rule_id) for each in speeches]
    await automatic_store.sign(tx, signed)
    await jobs.schedule(
        tx,
        [Job(kind=SEND, subject=each.made[nth], lane=each.conversation.lane, due_at=at) for each in speeches],
    )


def _message(speech: _Speech, nth: int, at: datetime) -> NewMessage:
    c, words = speech.conversation, speech.words
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
        text=speech.pieces[nth],
        state="queued",
        idempotency_key=f"{words.key}:{nth}",
        answers=speech.answers,
        hold_until=at,
    )
