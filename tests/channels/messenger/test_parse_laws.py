"""Whatever the body: events fit to be stored, the same for the same thing, and no error but MalformedPayload."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import ControlEvent, Direction, InboundEvent, MessageEvent
from dragoman.channels.messenger.parse import READERS, parse
from tests.channels.payloads import payloads

BODIES = [json.loads(payload.path.read_bytes()) for payload in payloads("messenger")]
OF_PAGES = [body for body in BODIES if body["object"] == "page" and "entry" in body]


LONGEST_KEY_BYTES = 1000  # what an index of the database bears beside its other columns

anything_said = st.text(alphabet=st.characters(exclude_categories=())) | st.just("\x00\ud83d" * 900)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**53, 2**63, 10**30, 253_402_300_800_000, 0.5, 1e308])
    | st.sampled_from(
        ["react", "sticker", "SHORTLINK", "1795266001", "https://x.fbcdn.net/a", "javascript:a"]
    )
    | anything_said,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*READERS, "mid", "id", "text", "url"]) | anything_said, inner, max_size=3
        )
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
            holder[draw(st.sampled_from([*READERS, "changes", "standby", "is_echo", "referral"]))] = draw(
                anything
            )


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def parsed(body: bytes) -> list[InboundEvent]:
    return parse(body, "the page")


def must_be_storable(events: list[InboundEvent]) -> None:
    written = msgspec.json.encode(events)
    assert b"\\u0000" not in written
    assert msgspec.json.decode(written, type=list[InboundEvent]) == events
    for event in events:
        assert event.natural_key
        assert len(event.natural_key.encode()) <= LONGEST_KEY_BYTES


@given(body=mutated_bodies())
def test_a_mutilated_body_still_gives_events_that_can_be_stored(body: bytes) -> None:
    events = parsed(body)

    assert events
    must_be_storable(events)


NASTY = [
    "\x00\ud83d" * 900,
    "https://x.fbcdn.net/\x00\ud83d",
    "",
    -1,
    10**30,
    0.5,
    True,
    None,
    [],
    {},
    [[{}]],
]


@pytest.mark.parametrize("body", BODIES)
def test_any_one_value_may_be_nonsense(body: dict[str, Any]) -> None:
    for holder, key in list(_places(body)):
        was = holder[key]
        for value in NASTY:
            holder[key] = value
            events = parsed(json.dumps(body).encode())
            assert events
            must_be_storable(events)
        holder[key] = was


@given(content=anything)
def test_any_json_at_all_is_read_or_malformed(content: Any) -> None:
    body = json.dumps(content).encode()
    if isinstance(content, dict):
        assert parsed(body)
    else:
        with pytest.raises(MalformedPayload):
            parsed(body)


@given(content=anything, key=st.sampled_from(sorted(READERS)))
def test_any_content_under_a_known_key_is_kept(content: Any, key: str) -> None:
    item = {"sender": {"id": "1"}, "recipient": {"id": "2"}, "timestamp": 1795266001234, key: content}
    body = {"object": "page", "entry": [{"id": "2", "time": 1, "messaging": [item]}]}

    events = parsed(json.dumps(body).encode())

    assert events
    must_be_storable(events)


@given(body=st.binary(max_size=60))
@example(body=b"")
@example(body=b"\xff\xfe")
@example(body=b'{"object":"page"')
@example(body=b"[" * 100_000)
def test_bytes_that_are_no_json_object_are_malformed(body: bytes) -> None:
    with pytest.raises(MalformedPayload) as caught:
        parsed(body)

    assert caught.value.reason.endswith(".")


@pytest.mark.parametrize(
    "oddity",
    [
        b"[" * 5000 + b"]" * 5000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b"9" * 5000,
        b"1e999",
        b'"\\ud83d\\u0000"',
    ],
)
def test_a_message_survives_an_oddity_beside_it(oddity: bytes) -> None:
    body = (
        b'{"object":"page","entry":[{"id":"2","messaging":[{"sender":{"id":"1"},"recipient":{"id":"2"},'
        b'"timestamp":1795266001234,"message":{"mid":"m_1","text":"still here","odd":%s}}]}]}' % oddity
    )

    [event] = parsed(body)

    assert isinstance(event, MessageEvent)
    assert event.text == "still here"


@pytest.mark.parametrize("oddity", [b"[" * 5000 + b"]" * 5000, b"9" * 5000, b'"\\ud83d"'])
def test_an_unknown_item_with_an_oddity_is_kept_too(oddity: bytes) -> None:
    body = b'{"object":"page","entry":[{"id":"2","messaging":[{"odd":%s}]}]}' % oddity

    [event] = parsed(body)

    assert event.natural_key.startswith("unrecognised:odd:")


@pytest.mark.parametrize("body", OF_PAGES)
def test_a_delivery_made_again_at_another_time_gives_the_same_keys(body: dict[str, Any]) -> None:
    again = copy.deepcopy(body)
    for entry in again["entry"]:
        if isinstance(entry, dict) and len(entry) > 2:
            entry["time"] = 1795269999999

    assert _keys(again) == _keys(body)


def _keys(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(event.account, event.natural_key) for event in parsed(json.dumps(body).encode())]


@pytest.mark.parametrize("body", [body for body in OF_PAGES if _keys(body)])
def test_what_came_as_standby_is_the_same_thing_and_says_that_another_app_answers(
    body: dict[str, Any],
) -> None:
    shown = copy.deepcopy(body)
    for entry in shown["entry"]:
        if isinstance(entry, dict) and "messaging" in entry:
            entry["standby"] = entry.pop("messaging")

    before = parsed(json.dumps(body).encode())
    after = parsed(json.dumps(shown).encode())

    told = [
        event
        for event in after
        if isinstance(event, ControlEvent) and event.natural_key.startswith("standby")
    ]
    assert all(event.ours is False for event in told)
    assert [event.natural_key for event in after if event not in told] == [
        event.natural_key for event in before if not event.natural_key.startswith("standby")
    ]


def test_two_different_reactions_on_a_message_have_different_keys() -> None:
    def reaction(emoji: str, timestamp: int) -> str:
        content = {"reaction": "other", "emoji": emoji, "action": "react", "mid": "m_1"}
        item = {"sender": {"id": "1"}, "recipient": {"id": "2"}, "timestamp": timestamp, "reaction": content}
        body = {"object": "page", "entry": [{"id": "2", "messaging": [item]}]}
        return parsed(json.dumps(body).encode())[0].natural_key

    keys = {reaction("❤", 1795266001000), reaction("👍", 1795266001000), reaction("❤", 1795266002000)}

    assert len(keys) == 3


def test_a_button_pressed_twice_says_two_things_beside_its_message() -> None:
    def item(timestamp: int, **content: Any) -> dict[str, Any]:
        return {"sender": {"id": "1"}, "recipient": {"id": "2"}, "timestamp": timestamp, **content}

    press = {"mid": "m_1", "title": "More", "payload": "MORE"}
    offered = {"sender": {"id": "2"}, "recipient": {"id": "1"}, "message": {"mid": "m_1", "is_echo": True}}
    items = [offered, item(1795266001000, postback=press), item(1795266002000, postback=press)]
    body = {"object": "page", "entry": [{"id": "2", "messaging": items}]}

    events = parsed(json.dumps(body).encode())

    ids = {event.external_id for event in events if isinstance(event, MessageEvent)}
    assert len(ids) == len({event.natural_key for event in events}) == 3


def test_a_message_of_the_page_without_the_echo_mark_still_went_out() -> None:
    item = {"sender": {"id": "2"}, "recipient": {"id": "1"}, "message": {"mid": "m_1", "text": "Hello"}}
    body = {"object": "page", "entry": [{"id": "2", "messaging": [item]}]}

    [event] = parsed(json.dumps(body).encode())

    assert isinstance(event, MessageEvent)
    assert (event.direction, event.customer.address) == (Direction.OUT, "1")


def test_an_echo_is_one_even_if_its_sender_is_not_the_page_of_the_entry() -> None:
    message = {"is_echo": True, "mid": "m_1", "text": "Hello"}
    item = {"sender": {"id": "an older id"}, "recipient": {"id": "1"}, "message": message}
    body = {"object": "page", "entry": [{"id": "2", "messaging": [item]}]}

    [event] = parsed(json.dumps(body).encode())

    assert isinstance(event, MessageEvent)
    assert (event.direction, event.customer.address) == (Direction.OUT, "1")


def test_at_whatever_depth_a_reader_gives_up_nothing_is_lost() -> None:
    for depth in range(800, 1050):
        nested = b"[" * depth + b"]" * depth
        [event] = parsed(b'{"object":"page","entry":[{"id":"2","messaging":[{"odd":%s}]}]}' % nested)
        assert event.natural_key.startswith("unrecognised:odd:")


def test_an_item_with_two_known_keys_gives_both_events() -> None:
    item = {
        "sender": {"id": "1"},
        "recipient": {"id": "2"},
        "message": {"mid": "m_1", "text": "Hello"},
        "read": {"watermark": 1795266001234},
    }
    body = {"object": "page", "entry": [{"id": "2", "messaging": [item]}]}

    assert [event.natural_key for event in parsed(json.dumps(body).encode())] == [
        "message:m_1",
        "read:1:1795266001234",
    ]


@pytest.mark.parametrize(
    ("given_time", "iso"),
    [
        (1795266001234, "2026-11-21T13:00:01.234000+00:00"),
        (1795266001, "2026-11-21T13:00:01+00:00"),
        ("1795266001234", "2026-11-21T13:00:01.234000+00:00"),
        ("1795266001", "2026-11-21T13:00:01+00:00"),
        (0, None),
        (-5, None),
        (10**20, None),
        (True, None),
        ("yesterday", None),
        ("١٧٩٥٢٦٦٠٠١", None),
        (1795266001.5, None),
        (None, None),
    ],
)
def test_times_come_in_seconds_or_milliseconds_as_numbers_or_strings(
    given_time: Any, iso: str | None
) -> None:
    item = {"sender": {"id": "1"}, "timestamp": given_time, "message": {"mid": "m_1", "text": "Hello"}}
    body = {"object": "page", "entry": [{"id": "2", "messaging": [item]}]}

    [event] = parsed(json.dumps(body).encode())

    assert (event.at and event.at.isoformat()) == iso
