"""What becomes of a message of ours, decided from who must act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dragoman.channels.capabilities import Capabilities
from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.registry import channel
from dragoman.conversations.model import Conversation
from dragoman.kit.errors import Refused
from dragoman.outbound.model import (
    MAX_TRIES,
    check_reply,
    check_window,
    is_not_there,
    kept_slot,
    seconds_allowed,
    verdict_of,
)
from dragoman.outbound.splitting import measured

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TELEGRAM = channel("telegram").capabilities
MESSENGER = channel("messenger").capabilities
WHATSAPP = channel("whatsapp").capabilities
MB = 1024 * 1024


def a_conversation(moved_at: datetime | None = None, wrote_at: datetime | None = None) -> Conversation:
    """Of a customer who did something last, and said something last, at these times."""
    nobody = UUID(int=1)
    return Conversation(
        conversation_id=nobody,
        channel_id=nobody,
        identity_id=nobody,
        thread_key="",
        lane=0,
        created_at=NOON,
        last_customer_at=moved_at,
        customer_wrote_at=wrote_at,
    )


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (TryLater("later"), "queued"),
        (Undeliverable("They blocked us."), "failed"),
        (NeedsReconnect("The token is dead."), "failed"),
        (MaybeSent("The answer was lost."), "unknown"),
        (ChannelError("Something that no table knows."), "unknown"),
        (TimeoutError(), "unknown"),
        (ConnectionResetError(), "unknown"),
        (RuntimeError("a bug of ours"), "unknown"),
    ],
)
def test_only_a_clear_no_is_ever_tried_again_or_failed(error: Exception, state: str) -> None:
    assert verdict_of(error, 1).state == state


def test_a_wait_that_the_platform_asks_for_is_kept_by_the_whole_channel() -> None:
    verdict = verdict_of(TryLater("Too many.", retry_after=timedelta(seconds=31)), 1)

    assert (verdict.again_after, verdict.pauses_channel) == (timedelta(seconds=31), True)


def test_tries_grow_rarer_and_end_with_a_sentence() -> None:
    waits = [verdict_of(TryLater("It has trouble."), tries).again_after for tries in range(1, MAX_TRIES)]
    last = verdict_of(TryLater("It has trouble."), MAX_TRIES)

    assert None not in waits
    assert waits == sorted(waits, key=lambda wait: wait or timedelta())
    assert (last.state, last.again_after) == ("failed", None)
    assert last.reason == "It has trouble. We tried 8 times."


def test_a_dead_token_is_the_channels_trouble_too() -> None:
    verdict = verdict_of(NeedsReconnect("The token is dead."), 1)

    assert (verdict.reason, verdict.channel_trouble) == ("The token is dead.", "The token is dead.")


@pytest.mark.parametrize(
    ("text", "unit", "length"),
    [("abc", "characters", 3), ("ü👍", "characters", 2), ("ü👍", "utf16", 3), ("ü👍", "bytes", 6)],
)
def test_a_text_is_as_long_as_its_platform_counts(text: str, unit: str, length: int) -> None:
    assert measured(text, unit) == length


@pytest.mark.parametrize(("can", "longest"), [(TELEGRAM, 4096), (MESSENGER, 1999)])
def test_a_text_goes_that_becomes_five_messages_and_one_that_becomes_six_does_not(
    can: Capabilities, longest: int
) -> None:
    check_reply("x" * longest * 5, [], can)

    with pytest.raises(Refused) as refused:
        check_reply("x" * (longest * 5 + 1), [], can)
    assert refused.value.message == "This would be 6 messages; at most 5 go with one reply."


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_a_reply_must_hold_something(text: str | None) -> None:
    with pytest.raises(Refused):
        check_reply(text, [], TELEGRAM)


def test_a_file_over_the_channels_limit_is_refused_with_both_sizes() -> None:
    picture = {"kind": "image", "name": "big.png", "size_bytes": 9 * MB}

    check_reply(None, [picture], TELEGRAM)
    with pytest.raises(Refused) as refused:
        check_reply(None, [picture], MESSENGER)
    assert refused.value.message == "big.png has 9.0 MB; the channel takes 8 MB."


def test_a_file_of_a_kind_that_the_channel_lacks_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        check_reply(None, [{"kind": "sticker", "name": "wave", "size_bytes": 1}], TELEGRAM)

    assert "sticker" in refused.value.message


def test_more_files_than_one_reply_takes_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        check_reply(None, [{"kind": "file", "name": "a", "size_bytes": 1}] * 11, TELEGRAM)

    assert "10" in refused.value.message


def test_messenger_may_be_answered_for_seven_days_and_no_longer() -> None:
    wrote = a_conversation(NOON, NOON)

    check_window(wrote, NOON + timedelta(days=7), MESSENGER)

    with pytest.raises(Refused) as refused:
        check_window(wrote, NOON + timedelta(days=7, seconds=1), MESSENGER)
    assert refused.value.code == "window_closed"


def test_a_reaction_gives_a_day_and_not_seven() -> None:
    reacted = a_conversation(NOON)

    check_window(reacted, NOON + timedelta(days=1), MESSENGER)

    with pytest.raises(Refused):
        check_window(reacted, NOON + timedelta(days=1, seconds=1), MESSENGER)


def test_where_templates_are_what_is_left_the_refusal_says_so() -> None:
    wrote = a_conversation(NOON, NOON)

    with pytest.raises(Refused, match="approved templates only") as refused:
        check_window(wrote, NOON + timedelta(days=1, seconds=1), WHATSAPP)
    assert refused.value.code == "window_closed"


def test_who_never_wrote_may_not_be_written_to_where_a_window_rules() -> None:
    with pytest.raises(Refused):
        check_window(a_conversation(), NOON, MESSENGER)
    check_window(a_conversation(), NOON, TELEGRAM)


def test_a_place_in_the_pace_is_kept_until_it_is_long_past() -> None:
    assert kept_slot(None, NOON) is None
    assert kept_slot((NOON + timedelta(minutes=1)).isoformat(), NOON) == NOON + timedelta(minutes=1)
    assert kept_slot((NOON - timedelta(seconds=5)).isoformat(), NOON) == NOON - timedelta(seconds=5)
    assert kept_slot((NOON - timedelta(seconds=6)).isoformat(), NOON) is None


def test_a_history_proves_nothing_before_the_request_must_have_ended_and_by_one_look() -> None:
    ended = NOON + timedelta(seconds=seconds_allowed(60, has_file=True))
    late = ended + timedelta(seconds=90)

    assert ended == NOON + timedelta(seconds=200)
    assert not is_not_there(5, ended, NOON + timedelta(seconds=120))
    assert not is_not_there(1, ended, late)
    assert is_not_there(2, ended, late)
