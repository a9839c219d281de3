"""Whatever the body: events fit to be stored, the same for the same thing, and no error but MalformedPayload."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import Direction, InboundEvent, MessageEvent, ProfileEvent, ReceiptEvent
from dragoman.channels.whatsapp.content import READERS
from dragoman.channels.whatsapp.parse import LISTS, parse
from tests.channels.payloads import payloads

BODIES = [json.loads(payload.path.read_bytes()) for payload in payloads("whatsapp")]
NUMBER = "106540352242922"
LONGEST_KEY_BYTES = 1000  # what an index of the database bears beside its other columns


KEYS = [
    *LISTS,
    *READERS,
    "history",
    "threads",
    "id",
    "type",
    "from",
    "to",
    "context",
    "referral",
    "errors",
    "user_id",
]
anything_said = st.text(alphabet=st.characters(exclude_categories=())) | st.just("\x00\ud83d" * 900)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**63, 10**30, 0.5, 1e308, "wamid.A", "1749416383", "javascript:a", "NO.1"])
    | anything_said,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | anything_said, inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def mutated_bodies(draw: st.DrawFn) -> bytes:
    """A body from the wild in which some values were replaced, removed or repeated, anywhere."""
    body = copy.deepcopy(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(1, 4))):
        _mutate(draw, body)
    return json.dumps(body, ensure_ascii=draw(st.booleans())).encode(errors="surrogatepass")


def _mutate(draw: st.DrawFn, body: dict[str, Any]) -> None:
    places = list(_places(body))
    if not places:
        return
    holder, key = draw(st.sampled_from(places))
    match draw(st.sampled_from(["replace", "remove", "repeat", "add"])):
        case "replace":
            holder[key] = draw(anything)
        case "remove":
            del holder[key]
        case "repeat":
            holder[key] = [holder[key], copy.deepcopy(holder[key])]
        case "add" if isinstance(holder, dict):
            holder[draw(st.sampled_from(KEYS))] = draw(anything)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def must_be_storable(events: list[InboundEvent]) -> None:
    written = msgspec.json.encode(events)
    assert b"\\u0000" not in written
    assert msgspec.json.decode(written, type=list[InboundEvent]) == events
    keys = [(event.account, event.natural_key) for event in events]
    assert len(set(keys)) == len(keys) > 0
    assert all(0 < len(key.encode()) <= LONGEST_KEY_BYTES for _, key in keys)


@given(body=mutated_bodies())
def test_a_mutilated_body_still_gives_events_that_can_be_stored(body: bytes) -> None:
    must_be_storable(parse(body, "the number"))


NASTY = ["\x00\ud83d" * 900, "https://x/\x00\ud83d", "", -1, 10**30, 0.5, True, None, [], {}, [[{}]]]


@pytest.mark.parametrize("body", BODIES)
def test_any_one_value_may_be_nonsense(body: dict[str, Any]) -> None:
    for holder, key in list(_places(body)):
        was = holder[key]
        for value in NASTY:
            holder[key] = value
            must_be_storable(parse(json.dumps(body).encode(), "the number"))
        holder[key] = was


@given(content=anything)
def test_any_json_at_all_is_read_or_malformed(content: Any) -> None:
    body = json.dumps(content).encode()
    if isinstance(content, dict):
        assert parse(body, "the number")
    else:
        with pytest.raises(MalformedPayload):
            parse(body, "the number")


@given(content=anything, key=st.sampled_from(sorted(READERS)))
def test_any_content_of_a_known_type_is_a_message_that_shows_something(content: Any, key: str) -> None:
    [event] = parse(_body(_message(type=key, **{key: content})), "")

    assert isinstance(event, MessageEvent)
    assert event.text is not None or event.parts
    must_be_storable([event])


def _message(**more: Any) -> dict[str, Any]:
    return {"from": "16505551234", "id": "wamid.A", "timestamp": "1749416383", **more}


def _body(*messages: Any, field: str = "messages", key: str = "messages") -> bytes:
    value = {"metadata": {"phone_number_id": NUMBER, "display_phone_number": "15550783881"}, key: [*messages]}
    entry = {"id": "1", "changes": [{"field": field, "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


@pytest.mark.parametrize("oddity", [b"[" * 5000 + b"]" * 5000, b"9" * 5000, b"1e999", b'"\\ud83d\\u0000"'])
def test_a_message_survives_an_oddity_beside_it(oddity: bytes) -> None:
    body = _body(_message(type="text", text={"body": "still here"}, odd="ODD")).replace(b'"ODD"', oddity)

    [event] = parse(body, "")

    assert isinstance(event, MessageEvent)
    assert event.text == "still here"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b'{"object":"wh"', b"[" * 100_000, b"[]", b"7"])
def test_bytes_that_are_no_json_object_are_malformed(body: bytes) -> None:
    with pytest.raises(MalformedPayload) as caught:
        parse(body, "the number")

    assert caught.value.reason.endswith(".")


def test_each_status_of_a_message_has_a_key_of_its_own() -> None:
    words = ("sent", "delivered", "read", "played", "failed")
    statuses = [{"id": "wamid.A", "status": word, "recipient_id": "1650"} for word in words]

    events = parse(_body(*statuses, key="statuses"), "")

    assert len({event.natural_key for event in events}) == len(words)
    assert all(isinstance(event, ReceiptEvent) for event in events)


def test_the_same_person_is_meant_by_number_by_id_and_by_both() -> None:
    both = _message(type="text", text={"body": "a"}, from_user_id="NO.9")
    hidden = {"from_user_id": "NO.9", "id": "wamid.B", "type": "text", "text": {"body": "b"}}

    first, second = parse(_body(both, hidden), "")

    assert isinstance(first, MessageEvent)
    assert isinstance(second, MessageEvent)
    assert (first.customer.address, first.customer.also) == ("16505551234", ("NO.9",))
    assert (second.customer.address, second.customer.also) == ("NO.9", ())


def test_numbers_are_the_same_with_and_without_their_plus() -> None:
    [event] = parse(_body(_message(**{"from": "+16505551234"}, type="text", text={"body": "a"})), "")

    assert isinstance(event, MessageEvent)
    assert event.customer.address == "16505551234"


def test_what_a_colleague_wrote_on_the_phone_went_out_and_what_was_long_ago_is_imported() -> None:
    ours = {
        "from": "15550783881",
        "to": "16505551234",
        "id": "wamid.A",
        "type": "text",
        "text": {"body": "a"},
    }

    [echo] = parse(_body(ours, field="smb_message_echoes", key="message_echoes"), "")
    [past] = parse(_body(ours, field="history"), "")

    assert isinstance(echo, MessageEvent)
    assert isinstance(past, MessageEvent)
    assert (echo.direction, echo.automatic, echo.ours, echo.imported) == (Direction.OUT, False, False, False)
    assert (past.direction, past.imported, past.customer.address) == (Direction.OUT, True, "16505551234")


def test_an_old_number_gives_way_to_the_new_one() -> None:
    system = {"type": "user_changed_number", "wa_id": "16505554321", "body": "changed"}

    [event] = parse(_body(_message(type="system", system=system)), "")

    assert isinstance(event, ProfileEvent)
    assert (event.moved_from, event.customer.address) == ("16505551234", "16505554321")
    assert not event.moves_window


@pytest.mark.parametrize(
    ("given_time", "iso"),
    [
        ("1795266001", "2026-11-21T13:00:01+00:00"),
        (1795266001, "2026-11-21T13:00:01+00:00"),
        ("0", None),
        ("-5", None),
        ("yesterday", None),
        (True, None),
        (None, None),
    ],
)
def test_times_are_seconds_as_words_or_numbers(given_time: Any, iso: str | None) -> None:
    [event] = parse(_body(_message(timestamp=given_time, type="text", text={"body": "a"})), "")

    assert (event.at and event.at.isoformat()) == iso
