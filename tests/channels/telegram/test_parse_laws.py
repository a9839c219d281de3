"""Whatever the body: events or Unrecognised, fit to be stored, and never another error than MalformedPayload."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import InboundEvent
from dragoman.channels.telegram.parse import parse
from tests.channels.payloads import ACCOUNT, Payload, payloads

PAYLOADS = payloads("telegram")
UPDATES = [json.loads(payload.path.read_bytes()) for payload in PAYLOADS if "huge" not in payload.name]

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=())) | st.just("x" * 5000)
ANY_NUMBER = (
    st.integers()
    | st.sampled_from([-1, 0, 2**63, 10**30, 10**600, 253_402_300_800, 1e300])
    | st.floats(allow_nan=False, allow_infinity=False)
)
ANY_VALUE = st.recursive(
    st.none() | st.booleans() | ANY_NUMBER | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def mutated_updates(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    """A real update in which a few things anywhere were replaced, moved here from another update, or lost."""
    update: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(UPDATES)))
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from(list(_places_in(update)) or [(update, "message")]))
        match draw(st.sampled_from(["replaced", "moved here", "lost"])):
            case "replaced":
                holder[key] = draw(ANY_VALUE)
            case "moved here":
                other = list(_places_in(draw(st.sampled_from(UPDATES))))
                holder[key] = copy.deepcopy(draw(st.sampled_from([held[at] for held, at in other])))
            case "lost" if isinstance(holder, dict):
                holder.pop(key, None)
    return update


def _places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places_in(value[key])


@given(update=mutated_updates())
def test_a_mutated_update_gives_events_that_can_be_stored(update: dict[str, Any]) -> None:
    _assert_can_be_stored(parse(json.dumps(update).encode(), ACCOUNT))


@given(update=st.dictionaries(ANY_TEXT, ANY_VALUE))
def test_any_object_at_all_gives_events_that_can_be_stored(update: dict[str, Any]) -> None:
    _assert_can_be_stored(parse(json.dumps(update).encode(), ACCOUNT))


@given(
    body=st.binary()
    | st.text().map(str.encode)
    | st.lists(ANY_VALUE).map(lambda value: json.dumps(value).encode())
)
def test_any_other_body_is_malformed_and_says_so(body: bytes) -> None:
    try:
        _assert_can_be_stored(parse(body, ACCOUNT))
    except MalformedPayload as error:
        _assert_is_a_sentence(error)


@pytest.mark.parametrize("payload", PAYLOADS, ids=str)
def test_a_body_that_breaks_off_is_malformed(payload: Payload) -> None:
    body = payload.path.read_bytes().rstrip()

    with pytest.raises(MalformedPayload, match=r"\.$"):
        parse(body[:-1], ACCOUNT)


def _assert_can_be_stored(events: list[InboundEvent]) -> None:
    written = msgspec.json.encode(events)
    assert msgspec.json.decode(written, type=list[InboundEvent]) == events
    assert b"\\u0000" not in written
    assert events
    for event in events:
        assert 0 < len(event.natural_key) <= 500
        assert len(event.account) <= 250
        assert -(2**63) <= getattr(event, "platform_order", 0) < 2**63


def _assert_is_a_sentence(error: MalformedPayload) -> None:
    assert error.reason.endswith(".")
    assert "\n" not in error.reason
