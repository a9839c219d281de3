"""A realistic morning of webhooks: bursts on two platforms, pictures, edits, reactions, receipts, duplicates. Pure.

Of a hundred envelopes about 73 are messages of customers (5 of them pictures), 6 answers that colleagues typed in
the page's own inbox, 13 receipts, 4 edits, 1 a reaction, and 3 are delivered a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from random import Random
from typing import NamedTuple

from dragoman.bench import bodies

BURST = (1, 1, 2, 2, 3, 3, 4, 5)  # messages in a burst, equally likely
PICTURE = 0.07  # of a customer's messages
EDITED = 0.06
LOVED = 0.03
ANSWERED = 0.5  # of the bursts on the page, by a colleague in the page's own inbox
TWICE = 0.03  # of all envelopes
ENVELOPES_PER_CUSTOMER = 15
BETWEEN_BURSTS_MS = 60_000  # of one customer, on average; everybody else writes meanwhile
ON_THE_WAY_MS = 400  # from the platform to us

PHRASE = (
    "hi again which size is the one in your window and does it come in black 220 V or what would it cost to"
    " send two of them to Oslo next week thanks a lot"
)
WORDS = PHRASE.split()


class Delivered(NamedTuple):
    """One envelope: where it came in, when (milliseconds), and its body."""

    platform: str
    at: int
    body: bytes


def morning(how_many: int, begins_at: int, seed: int) -> list[Delivered]:
    """So many envelopes in the order in which they came in, the first of them at ``begins_at`` or soon after."""
    random = Random(seed)  # noqa: S311 the same mix every time, no secret
    numbers = count(seed * 10_000_000 + 1)
    customers = max(2, how_many // ENVELOPES_PER_CUSTOMER)
    found: list[Delivered] = []
    for nth in range(customers):
        writes = _on_the_page if nth % 2 else _to_the_bot
        envelopes = writes(7_000_000_000 + seed * 1_000_000 + nth, begins_at, random, numbers)
        found += islice(_now_and_then_twice(envelopes, random), 2 * ENVELOPES_PER_CUSTOMER)
    found.sort(key=lambda each: each.at)
    return found[:how_many]


def _now_and_then_twice(envelopes: Iterator[Delivered], random: Random) -> Iterator[Delivered]:
    for each in envelopes:
        yield each
        if random.random() < TWICE:
            yield each._replace(at=each.at + 900)


def _on_the_page(customer: int, at: int, random: Random, numbers: Iterator[int]) -> Iterator[Delivered]:
    while True:
        at = _later(at, random)
        for _ in range(random.choice(BURST)):
            at += random.randrange(1_000, 8_000)
            yield from _said_on_the_page(customer, f"m_{next(numbers)}", at, random)
        if random.random() < ANSWERED:
            at += 15_000
            yield from _answered_on_the_page(customer, f"m_{next(numbers)}", at, random)


def _said_on_the_page(customer: int, mid: str, at: int, random: Random) -> Iterator[Delivered]:
    if random.random() < PICTURE:
        yield _page(at, bodies.page_picture(customer, mid, at))
    else:
        yield _page(at, bodies.page_message(customer, mid, at, _words(random)))
        if random.random() < EDITED:
            yield _page(at + 4_000, bodies.page_edit(customer, mid, at + 4_000, _words(random)))


def _answered_on_the_page(customer: int, mid: str, at: int, random: Random) -> Iterator[Delivered]:
    yield _page(at, bodies.page_answer(customer, mid, at, _words(random)))
    yield _page(at + 1_000, bodies.page_delivery(customer, at))
    yield _page(at + 5_000, bodies.page_read(customer, at))
    if random.random() < LOVED:
        yield _page(at + 6_000, bodies.page_reaction(customer, mid, at + 6_000))


def _to_the_bot(customer: int, at: int, random: Random, numbers: Iterator[int]) -> Iterator[Delivered]:
    while True:
        at = _later(at, random)
        for _ in range(random.choice(BURST)):
            at += random.randrange(1_000, 8_000)
            yield from _said_to_the_bot(customer, next(numbers), at, random)


def _said_to_the_bot(customer: int, number: int, at: int, random: Random) -> Iterator[Delivered]:
    if random.random() < PICTURE:
        yield _bot(at, bodies.bot_picture(number, customer, number, at))
    else:
        yield _bot(at, bodies.bot_message(number, customer, number, at, _words(random)))
        if random.random() < EDITED:
            edited = bodies.bot_edit(number + EDITS, customer, number, at, _words(random))
            yield _bot(at + 4_000, edited)
    if random.random() < LOVED:
        yield _bot(at + 6_000, bodies.bot_reaction(number + REACTIONS, customer, number, at + 6_000))


EDITS, REACTIONS = 1_000_000_000, 2_000_000_000  # keep the numbers of updates apart


def _later(at: int, random: Random) -> int:
    return at + random.randrange(10_000, 2 * BETWEEN_BURSTS_MS)


def _words(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randrange(1, 12)))


def _page(at: int, body: bytes) -> Delivered:
    return Delivered("messenger", at + ON_THE_WAY_MS, body)


def _bot(at: int, body: bytes) -> Delivered:
    return Delivered("telegram", at + ON_THE_WAY_MS, body)
