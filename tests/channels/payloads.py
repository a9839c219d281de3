"""The bodies from the wild, in ``<platform>/payloads/<event>__<variant>.json``, with their events beside them.

`python -m tests.channels.payloads PLATFORM` writes the events of each body that has none yet, for you to read
and judge.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from dragoman.channels.events import InboundEvent
from dragoman.channels.registry import CHANNELS

FOLDER = Path(__file__).parent
ACCOUNT = "7100200300"  # the bot to which the bodies of Telegram, which name none, were sent
EVENTS = ".events.json"


@dataclass(frozen=True, slots=True)
class Payload:
    platform: str
    name: str

    @property
    def path(self) -> Path:
        return FOLDER / self.platform / "payloads" / f"{self.name}.json"

    @property
    def events_path(self) -> Path:
        return self.path.with_suffix(EVENTS)

    def parsed(self) -> list[InboundEvent]:
        return CHANNELS[self.platform].parse(self.path.read_bytes(), ACCOUNT)

    def expected(self) -> Any:
        return msgspec.json.decode(self.events_path.read_bytes())

    def __str__(self) -> str:
        return f"{self.platform}/{self.name}"


def payloads(platform: str = "*") -> list[Payload]:
    bodies = (path for path in FOLDER.glob(f"{platform}/payloads/*.json") if not path.name.endswith(EVENTS))
    return sorted((Payload(path.parts[-3], path.stem) for path in bodies), key=str)


def write_missing_events(platform: str) -> None:
    for payload in payloads(platform):
        if not payload.events_path.exists():
            events = msgspec.json.encode(payload.parsed())
            payload.events_path.write_bytes(msgspec.json.format(events, indent=2) + b"\n")


if __name__ == "__main__":
    write_missing_events(sys.argv[1])
