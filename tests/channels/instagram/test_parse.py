"""Instagram's bodies as events: whatever is in them, fit to be stored, and the same for the same thing."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import (
    Context,
    ControlEvent,
    DeletionEvent,
    Direction,
    InboundEvent,
    Media,
    MessageEvent,
    ReceiptEvent,
    Unrecognised,
)
from dragoman.channels.instagram.parse import READERS, parse
from tests.channels.messenger.test_parse_laws import NASTY, _mutate, _places, anything, must_be_storable
from tests.channels.payloads import Payload, payloads

BODIES = [json.loads(payload.path.read_bytes()) for payload in payloads("instagram")]
OURS = [body for body in BODIES if body["object"] == "instagram" and body.get("entry")]


def parsed(body: Any) -> list[InboundEvent]:
    return parse(json.dumps(body).encode(errors="surrogatepass"), "the account")


def of(name: str) -> InboundEvent:
    [event] = Payload("instagram", name).parsed()
    return event


@st.composite
def mutated_bodies(draw: st.DrawFn) -> Any:
    body = copy.deepcopy(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(1, 4))):
        _mutate(draw, body)
    return body


@given(body=mutated_bodies())
def test_a_mutated_body_still_gives_events_that_can_be_stored(body: Any) -> None:
    events = parsed(body)

    assert events
    must_be_storable(events)


@pytest.mark.parametrize("body", BODIES)
def test_any_one_value_may_be_nonsense(body: dict[str, Any]) -> None:
    for holder, key in list(_places(body)):
        was = holder[key]
        for value in NASTY:
            holder[key] = value
            events = parsed(body)
            assert events
            must_be_storable(events)
        holder[key] = was


@given(content=anything, key=st.sampled_from(sorted(READERS)))
def test_any_content_under_a_known_key_is_kept(content: Any, key: str) -> None:
    item = {"sender": {"id": "1"}, "recipient": {"id": "2"}, "timestamp": 1795266001234, key: content}

    events = parsed({"object": "instagram", "entry": [{"id": "2", "time": 1, "messaging": [item]}]})

    assert events
    must_be_storable(events)


@pytest.mark.parametrize("body", [b"", b"no json", b"[1]", b'{"object":"instagram"', b"\xff"])
def test_bytes_that_are_no_json_object_are_malformed(body: bytes) -> None:
    with pytest.raises(MalformedPayload):
        parse(body, "")


@pytest.mark.parametrize("body", OURS)
def test_a_delivery_made_again_at_another_time_gives_the_same_keys(body: dict[str, Any]) -> None:
    again = copy.deepcopy(body)
    for entry in again["entry"]:
        entry["time"] = 1795269999999

    assert [event.natural_key for event in parsed(again)] == [event.natural_key for event in parsed(body)]


@pytest.mark.parametrize("body", OURS)
def test_what_came_as_standby_is_the_same_thing_and_says_that_another_app_answers(body: Any) -> None:
    shown = copy.deepcopy(body)
    for entry in shown["entry"]:
        if "messaging" in entry:
            entry["standby"] = entry.pop("messaging")

    events = parsed(shown)
    told = [e for e in events if isinstance(e, ControlEvent) and e.natural_key.startswith("standby")]

    assert all(event.ours is False for event in told)
    before = [e.natural_key for e in parsed(body) if not e.natural_key.startswith("standby")]
    assert [event.natural_key for event in events if event not in told] == before


def test_of_a_story_that_mentions_us_nothing_is_there_to_be_fetched() -> None:
    event = of("message__story_mention")

    assert isinstance(event, MessageEvent)
    [part] = event.parts
    assert isinstance(part, Context)
    assert (part.kind, part.url is not None) == ("story_mention", True)
    assert not any(isinstance(part, Media) for part in event.parts)


def test_what_a_customer_takes_back_is_a_deletion_of_the_message_itself() -> None:
    said, taken_back = of("message__text"), of("deletion__unsent")

    assert isinstance(said, MessageEvent)
    assert isinstance(taken_back, DeletionEvent)
    assert taken_back.external_id == said.external_id


@pytest.mark.parametrize(
    ("name", "automatic"),
    [
        ("echo__typed_in_the_app", False),
        ("echo__instagram_inbox", False),
        ("echo__with_an_app_id", True),
        ("echo__to_oneself", True),
    ],
)
def test_our_sides_own_words_are_never_a_customers(name: str, automatic: bool) -> None:
    event = of(name)

    assert isinstance(event, MessageEvent)
    assert (event.direction, event.automatic) == (Direction.OUT, automatic)


def test_reading_one_message_reads_all_before_it() -> None:
    event = of("read__message")

    assert isinstance(event, ReceiptEvent)
    assert event.all_before
    assert len(event.external_ids) == 1


@pytest.mark.parametrize("name", ["comment", "comment_without_changes", "live_comment", "mention"])
def test_what_is_said_in_public_is_known_and_left(name: str) -> None:
    event = of(f"unrecognised__{name}")

    assert isinstance(event, Unrecognised)
    assert event.known


def test_a_broken_item_stops_no_neighbour() -> None:
    events = Payload("instagram", "message__a_broken_item_among_good_ones").parsed()

    assert [event.text for event in events if isinstance(event, MessageEvent)] == ["before", "after"]
    assert len(events) == 4
