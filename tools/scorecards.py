"""How far each channel has come: the scorecards beside the code, read and held to what they claim.

A line says of one thing that it is ``done`` and by what that is proved, that the platform does ``not_offer`` it and
why, or that it is ``missing``. What can come in is proved by a body that really gives it, everything else by a test.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec

from dragoman.channels.capabilities import Capabilities
from dragoman.channels.contract import Outgoing
from dragoman.channels.events import (
    Direction,
    EditEvent,
    InboundEvent,
    Media,
    MediaKind,
    MessageEvent,
    Part,
    ReceiptEvent,
    ReceiptRank,
)
from dragoman.channels.registry import CHANNELS
from tests.channels.payloads import Payload, payloads

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src" / "dragoman" / "channels"

# Of an Outgoing: whom it goes to and what goes along unseen. A file counts by its kinds.
NOT_SHOWN = ("to", "correlation", "thread_key", "last_customer_at", "customer_wrote_at", "settings", "file")
# What some platform lets us do and the contract has no word for yet, or has one outside of a message.
BESIDES = ("caption", "edit", "deletion", "reaction", "seen", "typing")

AROUND = (
    "signature",
    "errors",
    "unknown_sends",
    "window",
    "echo",
    "receipts",
    "pace",
    "media",
    "profile",
    "history",
    "back_fill",
    "health",
    "set_up",
    "simulator",
    "docs",
)


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of the three. ``done``: a payload's name for what comes in, else ``file::test``."""

    done: str | None = None
    not_offered: str | None = None
    missing: str | None = None
    note: str | None = None


class Scorecard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    inbound: dict[str, Line]
    outbound: dict[str, Line]
    around: dict[str, Line]


def scorecard(platform: str) -> Scorecard:
    """The one in the channel's folder."""
    written = tomllib.loads((FOLDER / platform / "scorecard.toml").read_text(encoding="utf-8"))
    return msgspec.convert(written, Scorecard)


def inbound_kinds() -> list[str]:
    """All that the contract's events know, a message by what it holds."""
    events = [_tag(event) for event in get_args(InboundEvent) if event not in (MessageEvent, ReceiptEvent)]
    parts = [_tag(part) for part in get_args(Part) if part is not Media]
    ranks = [f"receipt_{rank}" for rank in ReceiptRank]
    return ["text", *MediaKind, *parts, "echo", "imported", *events, *ranks]


def outbound_kinds() -> list[str]:
    """All that an Outgoing can hold, a file by its kind."""
    held = [name for name in Outgoing.__struct_fields__ if name not in NOT_SHOWN]
    return [*held, *MediaKind, *BESIDES]


def faults(platform: str, card: Scorecard) -> list[str]:
    """What a scorecard claims and is not so, or does not mention. One sentence each."""
    unmentioned = [
        *_unmentioned("inbound", card.inbound, inbound_kinds()),
        *_unmentioned("outbound", card.outbound, outbound_kinds()),
        *_unmentioned("around", card.around, AROUND),
    ]
    return unmentioned or [
        *_unclear(card),
        *_not_come_in(platform, card.inbound),
        *_not_proved({**card.outbound, **card.around}),
        *_otherwise_declared(CHANNELS[platform].capabilities, card),
    ]


def _unmentioned(table: str, lines: Mapping[str, Line], kinds: Sequence[str]) -> Iterator[str]:
    yield from (f"[{table}] says nothing of {kind}." for kind in kinds if kind not in lines)
    yield from (f"[{table}] speaks of {kind}, which there is not." for kind in lines if kind not in kinds)


def _unclear(card: Scorecard) -> Iterator[str]:
    for kind, line in {**card.inbound, **card.outbound, **card.around}.items():
        if sum(each is not None for each in (line.done, line.not_offered, line.missing)) != 1:
            yield f"{kind} must be one of done, not_offered and missing."


def _not_come_in(platform: str, lines: Mapping[str, Line]) -> Iterator[str]:
    """A body that proves a kind gives it; of what is not offered or missing no body gives any."""
    given = {payload.name: set(_kinds_of(payload)) for payload in payloads(platform)}
    for kind, line in lines.items():
        if line.done is not None and kind not in given.get(line.done, ()):
            yield f"The body {line.done} gives no {kind}."
        by = [name for name, kinds in given.items() if kind in kinds]
        if line.done is None and by:
            yield f"{kind} is not done, and yet the body {by[0]} gives it."


def _kinds_of(payload: Payload) -> Iterator[str]:
    for event in payload.parsed():
        if isinstance(event, ReceiptEvent):
            yield f"receipt_{event.rank}"
        else:
            yield _tag(type(event))
        if isinstance(event, MessageEvent | EditEvent):
            yield from _held_by(event)


def _held_by(said: MessageEvent | EditEvent) -> Iterator[str]:
    if said.text:
        yield "text"
    if isinstance(said, MessageEvent):
        if said.direction is Direction.OUT:
            yield "echo"
        if said.imported:
            yield "imported"
    for part in said.parts or ():
        yield part.kind if isinstance(part, Media) else _tag(type(part))


def _not_proved(lines: Mapping[str, Line]) -> Iterator[str]:
    for kind, line in lines.items():
        if line.done is not None and not _is_a_test(line.done):
            yield f"{kind} is proved by {line.done}, which is no test."


def _is_a_test(proof: str) -> bool:
    file, _, name = proof.partition("::")
    return (ROOT / file).is_file() and name in _tests_in(ROOT / file)


def _otherwise_declared(can: Capabilities, card: Scorecard) -> Iterator[str]:
    """The composer goes by the capabilities: what they lack is not done, except as a note says."""
    declared = {
        **{str(kind): (card.outbound[kind], kind in can.files) for kind in MediaKind},
        "caption": (card.outbound["caption"], can.caption_max > 0),
        "reply_to": (card.outbound["reply_to"], can.reply_to),
        "template": (card.outbound["template"], can.templates is not None),
        "choices": (card.outbound["choices"], can.choices is not None),
        "our location": (card.outbound["location"], can.location is not None),
        "our contact": (card.outbound["contact"], can.contact is not None),
        "seen": (card.outbound["seen"], can.marks_seen),
        "typing": (card.outbound["typing"], can.typing is not None),
        "our reaction": (card.outbound["reaction"], bool(can.reacts_with)),
        "receipt_delivered": (card.inbound["receipt_delivered"], can.delivery_receipts),
        "receipt_read": (card.inbound["receipt_read"], can.read_receipts),
        "reaction": (card.inbound["reaction"], can.reactions_in),
        "edit": (card.inbound["edit"], can.edits_in),
        "deletion": (card.inbound["deletion"], can.deletions_in),
    }
    for kind, (line, is_declared) in declared.items():
        if line.note is None and (line.done is not None) is not is_declared:
            yield f"{kind} is declared {'possible' if is_declared else 'impossible'} by the capabilities."


@cache
def _tests_in(file: Path) -> frozenset[str]:
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    functions = (each for each in found if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(each.name for each in functions if each.name.startswith("test_"))


def _tag(struct: type[msgspec.Struct]) -> str:
    return str(struct.__struct_config__.tag)
