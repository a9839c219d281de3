"""What the benches post is what platforms post: our own channels recognise every body and its signature."""

from __future__ import annotations

from collections import Counter

from dragoman.bench.bodies import signed
from dragoman.bench.door import BODY_BYTES, body_of
from dragoman.bench.inbox import BOT
from dragoman.bench.mix import Delivered, morning
from dragoman.channels.contract import Credentials, Hook
from dragoman.channels.events import Event
from dragoman.channels.registry import channel

BEGINS_AT = 1_795_266_000_000


def events_of(envelope: Delivered) -> list[Event]:
    return list(channel(envelope.platform).parse(envelope.body, BOT))


def test_every_envelope_of_the_mix_holds_one_thing_that_is_recognised() -> None:
    kinds = Counter(
        type(event).__name__ for envelope in morning(2000, BEGINS_AT, 1) for event in events_of(envelope)
    )

    assert kinds.total() == 2000
    assert set(kinds) == {"MessageEvent", "EditEvent", "ReactionEvent", "ReceiptEvent"}


def test_the_mix_comes_in_order_and_some_of_it_twice() -> None:
    envelopes = morning(2000, BEGINS_AT, 1)

    keys = Counter((e.platform, event.natural_key) for e in envelopes for event in events_of(e))
    assert [e.at for e in envelopes] == sorted(e.at for e in envelopes)
    assert 20 < sum(1 for times in keys.values() if times == 2) < 120


def test_two_runs_never_repeat_each_other() -> None:
    first, second = (
        {event.natural_key for e in morning(500, BEGINS_AT, seed) for event in events_of(e)}
        for seed in (1, 2)
    )

    assert not first & second


def test_a_body_for_the_door_is_a_signed_message_of_a_kilobyte_and_a_half() -> None:
    body = body_of(7)

    headers = {"x-hub-signature-256": signed(body, "secret")}
    hook = Hook(method="POST", query={}, headers=headers, body=body)
    assert len(body) == BODY_BYTES
    assert channel("messenger").verify(
        hook, Credentials(secrets={"app_secret": "secret"}, settings={}, api_base="")
    )
