"""Reading JSON that others wrote: whole bodies, and fields that may be missing or of any type.

A body that is well-formed JSON can always be read, whatever it holds: lone surrogates, numbers of any
size, any depth. A field reader gives the value where it has the promised type and None (or nothing) where
it has not; it never raises. Text comes out clean (see ``text.clean``), integers fit a 64-bit column,
numbers are finite.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import msgspec

from dragoman.kit.text import clean

MAX_DEPTH = 100  # what lies deeper in a body is read as null
MAX_INTEGER = 2**63 - 1

Record = dict[str, Any]

_decode = msgspec.json.Decoder().decode


class NotAnObject(ValueError):
    """The body is not JSON, or is JSON but no object. The message is one plain sentence."""


def read_object(body: bytes) -> Record:
    """The JSON object in ``body``; where a key stands twice the last one wins. Raises NotAnObject."""
    try:
        value = _decode(body)
    except RecursionError:
        value = _decode_patiently(_cut_at_depth(_as_text(body)))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        # The fast reader refuses lone surrogates and huge numbers too, which are well-formed all the same.
        value = _decode_patiently(_cut_at_depth(_as_text(body)))
    if not isinstance(value, dict):
        raise NotAnObject("The body is JSON, but not an object.")
    return value


def _as_text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        raise NotAnObject(f"The body is not UTF-8 text: byte {error.start} does not fit.") from None


def _decode_patiently(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_integer_of, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise NotAnObject(f"The body is not JSON: {error.msg} at character {error.pos}.") from None


def _integer_of(digits: str) -> int | float:
    """Python refuses to read more than some thousand digits; as a float such a number is merely infinite."""
    return int(digits) if len(digits) <= 40 else float(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise NotAnObject(f"The body is not JSON: {name} is no JSON value.")


# A string without its end goes to the end of the text, and nothing is tried twice: the time grows with the length only.
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)


def _cut_at_depth(text: str) -> str:
    """``text`` with all that is nested deeper than MAX_DEPTH replaced by null: no reader runs out of stack.

    Raises NotAnObject where brackets do not match: cutting must not make a broken body well-formed.
    """
    kept: list[str] = []
    open_brackets: list[str] = []
    kept_until = 0
    for token in _STRING_OR_BRACKET.finditer(text):
        bracket = token.group()
        if bracket in ("[", "{"):
            if len(open_brackets) == MAX_DEPTH:
                kept.append(text[kept_until : token.start()])
            open_brackets.append(bracket)
        elif bracket in ("]", "}"):
            if not open_brackets or (open_brackets.pop() == "[") is not (bracket == "]"):
                raise NotAnObject(f"The body is not JSON: unexpected {bracket} at character {token.start()}.")
            if len(open_brackets) == MAX_DEPTH:
                kept.append("null")
                kept_until = token.end()
    if len(open_brackets) > MAX_DEPTH:
        raise NotAnObject("The body is not JSON: it ends in the middle.")
    return "".join(kept) + text[kept_until:]


def objects_in_lists(body: bytes) -> list[bytes]:
    """Each object that stands in a list directly within the object ``body``, as the very bytes it is written in.

    ``body`` is a JSON object: read it first.
    """
    text = _as_text(body)
    found: list[bytes] = []
    depth, outermost, start = 0, "", 0
    for token in _STRING_OR_BRACKET.finditer(text):
        bracket = token.group()
        if bracket in ("[", "{"):
            outermost = (outermost[:depth] + bracket)[:3]
            start = token.start() if depth == 2 else start
            depth += 1
        elif bracket in ("]", "}"):
            if depth == 3 and outermost == "{[{":
                found.append(text[start : token.end()].encode("utf-8", "surrogatepass"))
            depth -= 1
    return found


# ----------------------------------------------------------------------------------- fields of a record


def text(record: Record, key: str) -> str | None:
    """The clean string under ``key``; None where there is none or an empty one."""
    value = record.get(key)
    return clean(value) if isinstance(value, str) and value else None


def integer(record: Record, key: str) -> int | None:
    value = record.get(key)
    if type(value) is not int or abs(value) > MAX_INTEGER:  # a bool is an int to isinstance
        return None
    return value


def number(record: Record, key: str) -> float | None:
    value = record.get(key)
    if type(value) is int and abs(value) <= MAX_INTEGER:
        return float(value)
    return value if isinstance(value, float) and math.isfinite(value) else None


def size(record: Record, key: str) -> int | None:
    """A count, length or size: an integer from 0 on."""
    value = integer(record, key)
    return value if value is not None and value >= 0 else None


def flag(record: Record, key: str) -> bool:
    return record.get(key) is True


def record_in(record: Record, key: str) -> Record | None:
    value = record.get(key)
    return value if isinstance(value, dict) else None


def records_in(record: Record, key: str) -> list[Record]:
    """The objects in the list under ``key``; anything else in it is left out."""
    value = record.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
