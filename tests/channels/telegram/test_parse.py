"""What the files of payloads cannot say: what stays the same, and what differs, between two updates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dragoman.channels.events import InboundEvent, MessageEvent
from dragoman.channels.telegram.parse import parse
from tests.channels.payloads import ACCOUNT, Payload


@pytest.mark.parametrize(
    "name",
    [
        "edit__text",
        "reaction__emoji",
        "unfollow__blocked",
        "account__connected",
        "unrecognised__pinned_message",
    ],
)
def test_what_happens_again_has_a_key_of_its_own(name: str) -> None:
    update = a_body(name)

    first, again = only(update), only({**update, "update_id": update["update_id"] + 1})

    assert first.natural_key != again.natural_key


@pytest.mark.parametrize("name", ["message__text", "postback__button", "message__business_from_customer"])
def test_what_was_said_once_has_one_key_in_whatever_update_it_comes(name: str) -> None:
    update = a_body(name)

    first, again = only(update), only({**update, "update_id": update["update_id"] + 1})

    assert first.natural_key == again.natural_key


def test_a_chat_with_the_bot_and_one_with_a_connected_account_are_two_accounts() -> None:
    told_to_the_bot = a_body("message__business_from_customer")["business_message"]
    del told_to_the_bot["business_connection_id"]

    to_bot = only({"update_id": 1, "message": told_to_the_bot})
    to_owner = only(a_body("message__business_from_customer"))

    assert (to_bot.account, to_owner.account) == (ACCOUNT, "bc:bc_A1")
    assert to_bot.natural_key == to_owner.natural_key


def test_an_echo_counts_as_ours_for_the_bot_that_sent_it_only() -> None:
    body = json.dumps(a_body("message__business_sent_by_us")).encode()

    [as_seen_by_us] = parse(body, ACCOUNT)
    [as_seen_by_another] = parse(body, "31")

    assert isinstance(as_seen_by_us, MessageEvent)
    assert isinstance(as_seen_by_another, MessageEvent)
    assert (as_seen_by_us.ours, as_seen_by_us.automatic) == (True, False)
    assert (as_seen_by_another.ours, as_seen_by_another.automatic) == (False, True)


def test_an_id_longer_than_any_of_telegrams_is_shortened_but_stays_its_own() -> None:
    def pressed(query_id: str) -> InboundEvent:
        update = a_body("postback__button")
        update["callback_query"]["id"] = query_id
        return only(update)

    one, other = pressed("7" * 3000 + "1"), pressed("7" * 3000 + "2")

    assert len(one.natural_key) < 100
    assert one.natural_key != other.natural_key


@pytest.mark.parametrize("tag", ["zh-Hant", "pt-br", "es"])
def test_a_language_that_is_a_tag_is_passed_on_as_a_hint(tag: str) -> None:
    assert message_in_language(tag).customer.locale == tag


@pytest.mark.parametrize("tag", ["", "e", "not a tag", "en_US", "<script>"])
def test_a_language_that_is_no_tag_is_left_out(tag: str) -> None:
    assert message_in_language(tag).customer.locale is None


def test_the_depth_of_a_rich_message_ends_where_ours_ends() -> None:
    block: dict[str, Any] = {"type": "paragraph", "text": "too deep"}
    text: Any = "deep"
    for _ in range(80):
        block = {"type": "details", "summary": "on", "blocks": [block]}
        text = {"type": "bold", "text": text}
    update = a_body("message__rich")
    update["message"]["rich_message"] = {"blocks": [block, {"type": "paragraph", "text": ["seen ", text]}]}

    said = only(update)

    assert isinstance(said, MessageEvent)
    assert said.text is not None
    assert said.text.split("\n")[-1] == "seen"
    assert "too deep" not in said.text


def message_in_language(tag: str) -> MessageEvent:
    update = a_body("message__text")
    update["message"]["from"]["language_code"] = tag
    event = only(update)
    assert isinstance(event, MessageEvent)
    return event


def a_body(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(Payload("telegram", name).path.read_bytes())
    return body


def only(update: dict[str, Any]) -> InboundEvent:
    [event] = parse(json.dumps(update).encode(), ACCOUNT)
    return event
