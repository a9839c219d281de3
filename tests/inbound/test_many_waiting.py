"""However many envelopes wait at once: the memory between the stages forgets some, the inbox none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dragoman.access.sealing import Sealer
from dragoman.db.database import Database
from dragoman.inbound import parsing
from tests.inbox.house import settings_for
from tests.laws import mailroom
from tests.laws.mailroom import NOON, Mailroom

REMEMBERED = 400
FORGOTTEN = 150
CHATS = 40


async def test_more_envelopes_than_are_remembered_between_the_stages_are_all_placed(
    database: Database, dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "REMEMBERED", REMEMBERED)
    sealer = Sealer.from_settings(settings_for(dsn, tmp_path, "http://127.0.0.1:9", 8088))
    room = await Mailroom.opened(database, sealer)
    many = FORGOTTEN + REMEMBERED
    bodies = [mailroom.written(n, _chat(n), n, n % 60, f"message {n}") for n in range(1, many + 1)]

    await room.takes([bodies], NOON + timedelta(hours=1))

    outcomes = await room.ask("select outcome, count(*) as how_many from arrivals group by outcome")
    assert outcomes == [{"outcome": "conversation", "how_many": many}]
    texts = {row["text"] for row in await room.ask("select text from messages")}
    assert texts == {f"message {n}" for n in range(1, many + 1)}


def _chat(number: int) -> int:
    """One customer wrote all that is forgotten: each batch holds something to be read again, and remembering that
    pushes others of the same batch out."""
    return 0 if number <= FORGOTTEN else 1 + number % CHATS
