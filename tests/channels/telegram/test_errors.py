from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.errors import MaybeSent, TryLater, Undeliverable
from dragoman.channels.telegram.errors import error_of, lost_on_the_way


def a_refusal(status: int, description: str = "", **parameters: Any) -> Any:
    answer = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return error_of(status, answer, sending=True)


@pytest.mark.parametrize(
    ("status", "description", "sentence"),
    [
        (403, "Forbidden: bot was blocked by the user", "has blocked the bot"),
        (403, "Forbidden: user is deactivated", "no longer exists"),
        (403, "Forbidden: bot can't initiate conversation with a user", "may not write first"),
        (403, "Forbidden: bot can't send messages to bots", "is a bot"),
        (400, "Bad Request: chat not found", "does not know"),
        (400, "Bad Request: message is too long", "longer than Telegram takes"),
        (400, "Bad Request: MESSAGE_TOO_LONG", "The text is longer than Telegram takes"),
        (400, "Bad Request: message caption is too long", "below the file"),
        (400, "Bad Request: MEDIA_CAPTION_TOO_LONG", "below the file"),
        (400, "Bad Request: file is too big", "file is larger"),
        (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "send it as a file"),
        (400, "Bad Request: IMAGE_PROCESS_FAILED", "send it as a file"),
        (400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", "does not accept voice messages"),
        (400, "Bad Request: BUSINESS_PEER_INVALID", "24 hours"),
        (400, "Bad Request: BUSINESS_PEER_USAGE_MISSING", "24 hours"),
        (400, "Bad Request: something new", "^Telegram refused: something new.$"),
        (400, "", "^Telegram refused, and does not say why.$"),
    ],
)
def test_a_message_that_cannot_arrive_says_why_to_who_wrote_it(
    status: int, description: str, sentence: str
) -> None:
    error = a_refusal(status, description)

    assert type(error) is Undeliverable
    with pytest.raises(Undeliverable, match=sentence):
        raise error


@pytest.mark.parametrize("fragment", ["business connection not found", "BUSINESS_CONNECTION_INVALID"])
def test_a_connection_that_its_owner_ended_stops_that_chat_and_not_the_whole_bot(fragment: str) -> None:
    refusal = a_refusal(400, f"Bad Request: {fragment}")

    assert type(refusal) is Undeliverable
    assert "ended its connection" in refusal.reason


@pytest.mark.parametrize(
    ("parameters", "header", "seconds"),
    [
        ({"retry_after": 7}, None, 7),
        ({"retry_after": 0.5}, "9", 0.5),
        ({}, "9", 9),
        ({}, "Wed, 21 Oct 2026 07:28:00 GMT", 5),
        ({}, None, 5),
        ({"retry_after": -1}, None, 5),
        ({"retry_after": 10**12}, None, 86_400),
        ({"retry_after": "soon"}, None, 5),
    ],
)
def test_slow_down_says_for_how_long(parameters: dict[str, Any], header: str | None, seconds: float) -> None:
    error = error_of(429, {"ok": False, "parameters": parameters}, header, sending=True)

    assert type(error) is TryLater
    assert error.retry_after == timedelta(seconds=seconds)


def test_trouble_at_telegram_is_doubtful_only_for_what_would_have_reached_the_customer() -> None:
    assert type(error_of(502, None, sending=True)) is MaybeSent
    assert type(error_of(502, None, sending=False)) is TryLater


def test_a_lost_answer_is_doubtful_only_if_the_question_was_written() -> None:
    assert type(lost_on_the_way(sending=True, written=True)) is MaybeSent
    assert type(lost_on_the_way(sending=True, written=False)) is TryLater
    assert type(lost_on_the_way(sending=False, written=True)) is TryLater
