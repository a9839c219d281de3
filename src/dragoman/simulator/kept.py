"""What the simulator remembers over its own sudden death: tables of records in one append-only file.

Each change is one line, handed to the operating system before the call returns, so a `kill -9` of this
process loses nothing. The last line of a key wins; the file is written anew, with these only, at each start.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Record = TypeVar("Record", bound=msgspec.Struct)
Line = tuple[str, str, msgspec.Raw]

_lines: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_encode = msgspec.json.encode


class Kept:
    """A small durable key-value store: table, key, record."""

    def __init__(self, path: Path) -> None:
        self._rows: dict[tuple[str, str], bytes] = dict(_last_lines(path))
        _write_anew(path, self._rows)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)

    def read(self, table: str, kind: type[Record]) -> Iterator[tuple[str, Record]]:
        """Every record of a table as it was at the last start; to be read once, the raw copies are let go."""
        for found_table, key in [row for row in self._rows if row[0] == table]:
            yield key, msgspec.json.decode(self._rows.pop((found_table, key)), type=kind)

    def put(self, table: str, key: str, record: msgspec.Struct) -> None:
        os.write(self._file, _encode([table, key, record]) + b"\n")

    def drop(self, table: str, key: str) -> None:
        os.write(self._file, _encode([table, key, None]) + b"\n")

    def close(self) -> None:
        os.close(self._file)


def _last_lines(path: Path) -> Iterator[tuple[tuple[str, str], bytes]]:
    last: dict[tuple[str, str], bytes] = {}
    for line in path.read_bytes().splitlines() if path.exists() else []:
        decoded = _whole_line(line)
        if decoded is not None:
            table, key, record = decoded
            last[table, key] = bytes(record)
    return ((row, record) for row, record in last.items() if record != b"null")


def _whole_line(line: bytes) -> Line | None:
    """A machine that lost its power may leave half a line at the end: that change never happened."""
    try:
        return _lines.decode(line)
    except msgspec.DecodeError:
        return None


def _write_anew(path: Path, rows: dict[tuple[str, str], bytes]) -> None:
    fresh = path.with_suffix(".fresh")
    lines: list[Any] = [[table, key, msgspec.Raw(record)] for (table, key), record in rows.items()]
    fresh.write_bytes(msgspec.json.Encoder().encode_lines(lines))
    fresh.replace(path)
