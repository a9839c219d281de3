"""Bodies from the wild are the specification: one walk for all channels."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.channels.events import DeletionEvent, InboundEvent, deletion_key
from dragoman.channels.registry import CHANNELS
from tests.channels.payloads import EVENTS, FOLDER, Payload, payloads

every_payload = pytest.mark.parametrize("payload", payloads(), ids=str)


@every_payload
def test_a_payload_gives_these_events(payload: Payload) -> None:
    assert msgspec.json.decode(msgspec.json.encode(payload.parsed())) == payload.expected()


@every_payload
def test_the_same_payload_always_gives_the_same_natural_keys_and_no_key_twice(payload: Payload) -> None:
    keys = [(event.account, event.natural_key) for event in payload.parsed()]

    assert keys == [(event.account, event.natural_key) for event in payload.parsed()]
    assert len(set(keys)) == len(keys) > 0


@every_payload
def test_a_deletion_is_found_by_what_it_takes_back(payload: Payload) -> None:
    deletions = [event for event in payload.parsed() if isinstance(event, DeletionEvent)]

    assert [d.natural_key for d in deletions] == [deletion_key(d.external_id) for d in deletions]


@every_payload
def test_events_can_be_written_down_and_read_again(payload: Payload) -> None:
    written = msgspec.json.encode(payload.parsed())

    assert msgspec.json.decode(written, type=list[InboundEvent]) == payload.parsed()


def test_every_channel_has_payloads_and_no_events_lie_about_without_their_body() -> None:
    bodies = {payload.events_path for payload in payloads()}

    assert {payload.platform for payload in payloads()} >= set(CHANNELS)
    assert set(FOLDER.glob(f"*/payloads/*{EVENTS}")) == bodies
