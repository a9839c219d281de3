"""What is work and what is noise, decided over a stretch of timeline alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.conversations.model import Conversation, Place, Side, Status, WaitingFor
from dragoman.conversations.verdicts import BY_RULE, Judged, Reaction, Said, judge

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
EPISODE, MARIA = UUID(int=1), UUID(int=3)


def at(minute: float) -> Place:
    return Place(NOON + timedelta(minutes=minute), 0, UUID(int=1000 + int(minute * 60)))


def theirs(minute: float, noise: str | None = None, **more: Any) -> Said:
    place = at(minute)
    return Said(place=place, turn_id=place.id, side=Side.CUSTOMER, arrived_at=place.at, noise=noise, **more)


def ours(minute: float, *, asks: bool = False) -> Said:
    place = at(minute)
    return Said(place=place, turn_id=place.id, side=Side.TEAM, arrived_at=place.at, asks=asks)


def a_conversation(**more: Any) -> Conversation:
    fields: dict[str, Any] = {
        "conversation_id": UUID(int=9), "channel_id": UUID(int=8), "identity_id": UUID(int=7),
        "thread_key": "", "lane": 0, "created_at": NOON,
    }  # fmt: skip
    return Conversation(**(fields | more))


def judged(*units: Said | Reaction, c: Conversation | None = None, wanted: tuple[str, ...] = ()) -> Judged:
    said = [each for each in units if isinstance(each, Said)]
    reactions = [each for each in units if isinstance(each, Reaction)]
    answers = [each.place for each in said if each.side is Side.TEAM]
    c = replace(c or a_conversation(), answered=max(answers, default=None))
    return judge(c, said, reactions, wanted, new_episode=EPISODE, now=NOON)


def test_noise_alone_opens_nothing() -> None:
    found = judged(theirs(0, "emoji_only"))

    assert found.conversation.status is Status.UNOPENED
    assert list(found.verdicts.values()) == ["emoji_only"]


def test_what_stands_together_asks_together() -> None:
    found = judged(ours(0, asks=True), ours(2), theirs(3, "emoji_only"))

    assert found.conversation.waiting_for is WaitingFor.US


def test_an_answer_is_one_only() -> None:
    found = judged(ours(0, asks=True), theirs(3, "emoji_only"), theirs(9, "emoji_only"))

    assert list(found.verdicts.values()) == [None, "emoji_only"]
    assert found.conversation.unanswered is not None
    assert found.conversation.unanswered.count == 1


def test_after_a_week_a_thumb_answers_nothing() -> None:
    found = judged(ours(0, asks=True), theirs(60 * 24 * 7 + 1, "emoji_only"))

    assert list(found.verdicts.values()) == ["emoji_only"]


def test_a_mention_in_a_story_answers_nothing() -> None:
    assert list(judged(ours(0, asks=True), theirs(1, "story_mention")).verdicts.values()) == ["story_mention"]


def test_a_reaction_to_either_of_two_questions_answers() -> None:
    questions = ours(0, asks=True), ours(1, asks=True)
    for question in questions:
        found = judged(*questions, Reaction(place=at(5), to=question.place.id))

        assert list(found.reactions.values()) == [None]
        assert found.conversation.waiting_since == at(5).at


def test_a_reaction_to_our_question_wakes_who_is_snoozed() -> None:
    question = ours(0, asks=True)
    c = a_conversation(status=Status.SNOOZED, snoozed_until=NOON + timedelta(days=1), snoozed_by=MARIA)

    found = judged(question, Reaction(place=at(5), to=question.place.id), c=c)

    assert found.conversation.waiting_for is WaitingFor.US


def test_what_a_rule_shelved_is_quiet_unless_it_answers_us_or_a_person_keeps_it() -> None:
    assert list(judged(theirs(0, ruled=True)).verdicts.values()) == [BY_RULE]
    assert list(judged(theirs(0, "sticker", ruled=True)).verdicts.values()) == ["sticker"]
    assert list(judged(ours(0, asks=True), theirs(1, ruled=True)).verdicts.values()) == [None]
    assert list(judged(theirs(0, ruled=True, kept=True)).verdicts.values()) == [None]


def test_a_class_that_the_channel_wants_is_work() -> None:
    assert judged(theirs(0, "sticker"), wanted=("sticker",)).conversation.waiting_for is WaitingFor.US


def test_work_that_came_after_closing_reopens_and_passes_over_what_was_there_before() -> None:
    c = a_conversation(status=Status.CLOSED, closed_at=NOON, closed_up_to=at(1).id)

    found = judged(theirs(0), theirs(1, "closer"), theirs(5), c=c)

    assert found.conversation.status is Status.OPEN
    assert found.conversation.waiting_since == at(5).at


noises = st.sampled_from([None, None, "emoji_only", "closer", "sticker", "story_mention"])
stretches = st.lists(st.tuples(st.booleans(), st.booleans(), noises), max_size=8)


@given(stretches)
def test_judging_twice_is_judging_once(stretch: list[tuple[bool, bool, str | None]]) -> None:
    said = [
        ours(n, asks=asks) if is_ours else theirs(n, noise)
        for n, (is_ours, asks, noise) in enumerate(stretch)
    ]

    once = judged(*said)
    again = judged(*said, c=once.conversation)

    assert again.conversation == once.conversation
    assert again.verdicts == once.verdicts


@given(stretches)
def test_noise_never_opens_and_words_always_do(stretch: list[tuple[bool, bool, str | None]]) -> None:
    said = [theirs(n, noise) for n, (_, _, noise) in enumerate(stretch)]

    found = judged(*said)

    assert (found.conversation.status is Status.OPEN) == any(s.noise is None for s in said)
