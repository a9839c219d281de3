"""What we read and what we write, held against the machine-readable description of the Bot API."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.channels.telegram.content import PART_READERS
from dragoman.channels.telegram.manifest import ALLOWED_UPDATES
from dragoman.channels.telegram.not_shown import ABOUT_A_MESSAGE, SERVICE, WORDS
from dragoman.channels.telegram.parse import READERS
from tests.channels.payloads import Payload, payloads
from tests.channels.telegram.bot_api import bot_api, faults_in_type

# Bodies that Telegram does not send today, and perhaps never will.
BEYOND_THE_DESCRIPTION = {
    "account__connected_before_rights_existed",
    "message__huge_numbers_and_depth",
    "message__nul_and_lone_surrogates",
    "message__of_a_kind_yet_to_come",
    "unrecognised__business_message_without_connection",
    "unrecognised__foreign_body",
    "unrecognised__message_without_ids",
    "unrecognised__update_yet_to_come",
}
DESCRIBED = [payload for payload in payloads("telegram") if payload.name not in BEYOND_THE_DESCRIPTION]


@pytest.mark.parametrize("payload", DESCRIBED, ids=str)
def test_a_payload_is_as_the_bot_api_describes_it(payload: Payload) -> None:
    update = msgspec.json.decode(payload.path.read_bytes())

    assert faults_in_type(update, "Update") == []


def test_a_body_that_is_not_as_described_is_found_out() -> None:
    update = {
        "update_id": "1",
        "message": {"message_id": 41, "chat": {"id": 1, "type": "private"}, "txt": "?"},
    }

    assert faults_in_type(update, "Update") == [
        "Update.update_id is no Integer",
        "Update.message.date is missing",
        "Update.message.txt is not described",
    ]


def test_every_field_that_a_message_can_have_is_shown_named_or_left_out_on_purpose() -> None:
    fields = {field["name"] for field in bot_api()["types"]["Message"]["fields"]}
    as_text = {"text", "caption", "dice", "rich_message"}

    assert fields == {*ABOUT_A_MESSAGE, *SERVICE, *PART_READERS, *WORDS, *as_text}


def test_we_ask_for_exactly_the_updates_that_we_read() -> None:
    described = {field["name"] for field in bot_api()["types"]["Update"]["fields"]}

    assert set(ALLOWED_UPDATES) == set(READERS)
    assert set(READERS) <= described
