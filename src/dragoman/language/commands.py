"""`dragoman noise` and `dragoman language`: what the engine makes of JSON lines. Needs no database and no network."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import click
import msgspec

from dragoman.language.detecting import detect
from dragoman.language.noise import judge

MAX_LINE_BYTES = 2**20

Record = TypeVar("Record", bound=msgspec.Struct)


class Fragment(msgspec.Struct, frozen=True):
    """One line for ``dragoman noise``."""

    kind: str
    text: str | None = ""
    turn: tuple[str, ...] = ()
    we_asked: bool = False
    conversation: Literal["none", "open", "closed"] = "none"


class Customer(msgspec.Struct, frozen=True):
    """One line for ``dragoman language``."""

    messages: tuple[str, ...]
    spoken: tuple[str, ...] = ()
    hint: str | None = None


class Guess(msgspec.Struct, frozen=True):
    """What is printed for it."""

    language: str | None
    confidence: float


@click.command(short_help="Tell which language a customer writes.")
def language() -> None:
    """Read JSON lines from standard input, and print one for each: {"language", "confidence"}.

    A line is {"messages": ["oldest", "…", "newest"], "spoken": ["de", "ko"], "hint": "pl"}; "spoken", the languages of
    the workspace, and "hint", that of the customer's profile, may be missing. The language is a BCP 47 code
    ("zh-Hant"), null when nothing tells it. The inbox decides from a confidence of 0.9; below, it is the best guess.
    A line that cannot be read gives {"error": "…"}, and the exit status 1 at the end.
    """
    _answer_lines(Customer, _guessed)


def _guessed(customer: Customer) -> Guess:
    found = detect(customer.messages, spoken=customer.spoken, hint=customer.hint or None)
    return Guess(found.language or found.probably, round(found.confidence, 4))


@click.command(short_help="Tell which fragments are noise, and why.")
def noise() -> None:
    """Read JSON lines from standard input, and print one for each: {"class", "shelve", "why"}.

    A line is {"kind": "text|sticker|story_mention|story_reply|reaction|photo|voice|file", "text": "…",
    "turn": ["earlier fragments of the turn"], "we_asked": false, "conversation": "none|open|closed"};
    all but the kind may be missing.
    A line that cannot be read gives {"error": "…"}, and the exit status 1 at the end.
    """
    _answer_lines(Fragment, _judged)


def _judged(fragment: Fragment) -> Any:
    return judge(
        fragment.kind,
        fragment.text,
        turn=fragment.turn,
        we_asked=fragment.we_asked,
        conversation=fragment.conversation,
    )


class NotUnderstood(ValueError):
    """A line that we cannot read. The message is one plain sentence."""


def _answer_lines(shape: type[Record], answer: Callable[[Record], Any]) -> None:
    """One line out for each line in, at once; empty lines are passed over."""
    lines, out = sys.stdin.buffer, sys.stdout.buffer
    all_well = True
    while line := lines.readline(MAX_LINE_BYTES + 1):
        if not line.strip():
            continue
        try:
            told = answer(_read(_whole(line, lines.readline), shape))
        except NotUnderstood as error:
            told, all_well = {"error": str(error)}, False
        out.write(msgspec.json.encode(told) + b"\n")
        out.flush()
    if not all_well:
        raise SystemExit(1)


def _whole(line: bytes, read_on: Callable[[int], bytes]) -> bytes:
    """The line, unless it is longer than we take: then its rest is passed over."""
    if len(line) <= MAX_LINE_BYTES:
        return line
    while line and not line.endswith(b"\n"):
        line = read_on(MAX_LINE_BYTES)
    raise NotUnderstood(f"The line is longer than {MAX_LINE_BYTES // 2**20} MB.")


def _read(line: bytes, shape: type[Record]) -> Record:
    try:
        return msgspec.convert(json.loads(line), shape)  # the faster reader refuses lone surrogates
    except msgspec.ValidationError as error:
        raise NotUnderstood(f"The line is not what is asked for: {error}.") from None
    except (ValueError, RecursionError):
        raise NotUnderstood("The line is not JSON.") from None
