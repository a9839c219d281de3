"""Values as Meta writes them: ids as numbers or strings, times in seconds or milliseconds, addresses."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from dragoman.kit.json_reading import MAX_INTEGER, Record, text
from dragoman.kit.text import clean

# An index row of PostgreSQL holds 2,700 bytes, and an id shares it with other columns.
MAX_KEY_BYTES = 800

_COMPOSED = "composed-"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS_END = 10**11  # a smaller number counts seconds, a greater one milliseconds
_LATEST = 253_402_300_799_000  # the last second of the year 9999, in milliseconds


def identifier(record: Record, key: str) -> str | None:
    """The id under ``key`` as an opaque string, whether it came as a string or as a number."""
    return _identifier(record.get(key))


def identifiers(record: Record, key: str) -> tuple[str, ...]:
    """All ids in the list under ``key``."""
    listed = record.get(key)
    found = (_identifier(value) for value in listed) if isinstance(listed, list) else ()
    return tuple(value for value in found if value is not None)


def _identifier(value: Any) -> str | None:
    if type(value) is int and abs(value) <= MAX_INTEGER:
        return str(value)
    return joined(clean(value)) if isinstance(value, str) and value else None


def joined(*pieces: str | None) -> str:
    """The pieces as one key. One too long for an index keeps its beginning and ends in a digest."""
    key = ":".join(piece or "" for piece in pieces)
    encoded = key.encode()
    if len(encoded) <= MAX_KEY_BYTES:
        return key
    return f"{encoded[:100].decode(errors='ignore')}:{sha256(encoded).hexdigest()}"


def composed_id(what: str, *pieces: str | None) -> str:
    """An external id of our own for what is said without a ``mid``: the platform does not know it."""
    return joined(f"{_COMPOSED}{what}", *pieces)


def is_composed(external_id: str) -> bool:
    return external_id.startswith(_COMPOSED)


def fingerprint(value: object) -> str:
    """The same 32 characters for the same content, for things that have no id of their own."""
    return sha256(json.dumps(_upper_levels(value, 20), sort_keys=True).encode()).hexdigest()[:32]


def _upper_levels(value: object, levels: int) -> object:
    """Content nested too deep for the JSON writer's stack does not count towards the fingerprint."""
    if isinstance(value, dict):
        return {key: _upper_levels(item, levels - 1) for key, item in value.items()} if levels else "{"
    if isinstance(value, list):
        return [_upper_levels(item, levels - 1) for item in value] if levels else "["
    return value


def moment(record: Record, key: str) -> datetime | None:
    """The time under ``key``: (milli)seconds since 1970 as a number or digits. Zero is no time."""
    milliseconds = _milliseconds(record.get(key))
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=milliseconds)


def _milliseconds(value: Any) -> int | None:
    count = int(value) if isinstance(value, str) and _is_short_number(value) else value
    if type(count) is not int or not 0 < count <= _LATEST:
        return None
    return count * 1000 if count < _SECONDS_END else count


def _is_short_number(value: str) -> bool:
    return len(value) <= 15 and value.isascii() and value.isdigit()


def written_time(record: Record, key: str) -> datetime | None:
    """The time under ``key`` where Meta writes it out: 2022-07-12T19:11:07+0000."""
    try:
        at = datetime.fromisoformat(text(record, key) or "")
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo and 1970 < at.year < 9999 else None


def web_address(record: Record, key: str) -> str | None:
    """The address under ``key`` if it leads to the web: a link of another scheme could run as a script."""
    value = record.get(key)
    if isinstance(value, str) and value.lower().startswith(("https://", "http://")):
        return clean(value)
    return None
