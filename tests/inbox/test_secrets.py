"""No secret is readable in any log line or any table, through connecting, receiving, answering and removing."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from dragoman.simulator.acts import SendMedia
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.house import PASSWORD
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_no_secret_is_in_a_log_or_in_a_table(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    house = inbox.house
    bot, page = await house.a_bot(), await house.a_page()
    hooks = [(await inbox.bot_line(bot.id)).secret, (await inbox.page_line(page.page_id)).verify_token]
    cookies = [*inbox.maria.cookies.values()]
    await house.simulator.trouble(
        Fault(kind=Trouble.LOST_ANSWER, side="api", account=bot.id, method="sendMessage", times=1)
    )

    for customer in (await inbox.on_telegram(bot=bot.id), await inbox.on_messenger(page=page.page_id)):
        await _talk(inbox, customer)

    secrets = {bot.token, page.app_secret, page.page_token, *hooks, *cookies, PASSWORD}
    logged = "\n".join(caplog.messages) + caplog.text
    stored = await _everything_stored(inbox)
    assert len(secrets) == 7
    assert "Espresso & Co." in stored
    assert len(logged) > 1000
    assert [secret for secret in secrets if secret in logged] == []
    assert [secret for secret in secrets if secret in stored] == []
    assert [secret for secret in secrets if secret.encode().hex() in stored] == []


async def test_no_secret_is_in_what_the_api_shows(inbox: Inbox) -> None:
    bot, page = await inbox.house.a_bot(), await inbox.house.a_page()

    shown = [
        (await inbox.maria.asks("GET", path)).text
        for path in ("channels", "snapshot", "/api/platforms", "/api/me")
    ]

    assert all(shown)
    for secret in (bot.token, page.app_secret, page.page_token):
        assert not any(secret in text for text in shown)


async def _talk(inbox: Inbox, customer: Customer) -> None:
    """A question with a photo, an answer, a check, and an end."""
    await customer.says("what is this?")
    await customer.does(SendMedia(kind="photo"))
    await inbox.work()
    row = next(row for row in await inbox.rows() if row["preview"]["first"]["text"] == "what is this?")
    await inbox.maria.reply(row["id"], "A grinder.")
    await inbox.work()
    await inbox.maria.post(f"channels/{row['channel_id']}/check", expect=200)
    await inbox.maria.post(f"conversations/{row['id']}/close", expect=204, seen_seq=await inbox.seq())


async def _everything_stored(inbox: Inbox) -> str:
    """Every row of every table as text; bytes stand there in hexadecimal."""
    tables: list[tuple[Any, ...]] = await inbox.sql(
        "select tablename from pg_tables where schemaname = 'public' order by tablename"
    )
    dumped = [await inbox.sql(f"select t::text from {name} t") for (name,) in tables]
    return "\n".join(row[0] for rows in dumped for row in rows)
