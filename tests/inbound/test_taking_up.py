"""An envelope that cannot be taken up stops no other one, and nothing is lost of it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from dragoman.channels.telegram import channel as telegram
from dragoman.inbound import ledger, retrying
from tests.inbox.deliveries import ago, text
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_envelope_that_cannot_be_written_down_stops_no_other_and_is_parked_at_last(
    inbox: Inbox,
) -> None:
    bot = await inbox.a_bot_line()
    chat = 10**9 + secrets.randbelow(10**9)
    async with _no_arrival_of(inbox, f"message:{chat}:2"):
        await bot.delivers(
            text("before", 1, at=ago(9)), text("poison", 2, at=ago(8), chat=chat), text("after", 3, at=ago(7))
        )
        await inbox.work()
        placed, waiting = await inbox.texts(), await _parked(inbox)
        for _ in range(3):
            await _envelopes_due_now(inbox)
        parked = await _parked(inbox)
        verified = await ledger.verify(inbox.house.database, inbox.id)
    await retrying.retry(inbox.house.database, inbox.id, parked[0].id)
    await inbox.work()

    assert (placed, waiting) == (["before", "after"], [])
    assert [each.reason for each in parked] == ["what it holds could not be written down (CheckViolation)"]
    assert verified.unaccounted == 0
    assert [outcome for _, outcome in await inbox.outcomes()] == ["conversation"] * 3


async def test_the_ledger_survives_what_our_parser_does_not(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("before", 1, at=ago(9)))
    await inbox.work()
    monkeypatch.setattr(telegram.TelegramChannel, "parse", _fails)
    await bot.delivers(text("poison", 2, at=ago(8)))
    await inbox.work()

    verified = await ledger.verify(inbox.house.database, inbox.id)
    missing = await ledger.missing_of_newest(inbox.house.database, inbox.id, 10)

    assert [each.reason for each in await _parked(inbox)] == ["our parser failed on this body (KeyError)"]
    assert (verified.verified, verified.unaccounted, missing) == (2, 0, [])


def _fails(*_: Any) -> Any:
    raise KeyError("chat")


@asynccontextmanager
async def _no_arrival_of(inbox: Inbox, natural_key: str) -> AsyncIterator[None]:
    """As when a row is too large for an index: the database refuses it."""
    await inbox.sql(f"alter table arrivals add constraint poisoned check (natural_key <> '{natural_key}')")
    try:
        yield
    finally:
        await inbox.sql("alter table arrivals drop constraint poisoned")


async def _envelopes_due_now(inbox: Inbox) -> None:
    await inbox.sql(
        "update envelopes set due_at = now() where workspace_id = %s and due_at is not null", inbox.id
    )
    await inbox.work()


async def _parked(inbox: Inbox) -> list[retrying.Parked]:
    return await retrying.parked(inbox.house.database, inbox.id)
