"""An evening line is written once for each member and day, and mailed by a real mail server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from dragoman.evening.telling import EVENING, EVENING_MAIL
from dragoman.kit.clock import now
from dragoman.mail.server import mail_sender, mail_server
from dragoman.worker import Worker
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox
from tests.mail.mailbox import Mailbox, mailbox
from tests.midnight import clear_of_midnight

pytestmark = pytest.mark.asyncio(loop_scope="session")

DAILY = [1, 2, 3, 4, 5, 6, 7]


@pytest_asyncio.fixture(loop_scope="session")
async def box() -> AsyncIterator[Mailbox]:
    async with mailbox() as opened:
        yield opened


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def one_day() -> None:
    """A line is about a day: a test begins on the one on which it will end."""
    await clear_of_midnight()


@pytest.fixture
def mailing(inbox: Inbox, box: Mailbox) -> Inbox:
    """An inbox whose worker has a mail server."""
    house = inbox.house
    settings = replace(
        house.services.settings,
        mail_url=mail_server(box.url),
        mail_from=mail_sender("Our Inbox <inbox@example.com>"),
        public_url="https://inbox.example.com",
    )
    services = replace(house.services, settings=settings)
    inbox.house = replace(house, services=services, worker=Worker(services, house.database.dsn))
    return inbox


async def test_the_line_tells_who_waits_and_how_the_day_went(mailing: Inbox, box: Mailbox) -> None:
    ana = await mailing.on_telegram("Ana")
    await ana.says("Do you ship to Norway?")
    await mailing.work()
    await mailing.maria.reply((await mailing.row())["id"], "We do.")
    await mailing.until(lambda: _is_answered(mailing, "Ana"))
    ben = await mailing.on_telegram("Ben", ana.account)
    await ben.says("Is the 220 V one there?")
    await mailing.work()
    await _wants(mailing.maria)

    await _evening_comes(mailing)

    (mail,) = box.taken
    said = next(mail.iter_parts()).get_content()
    assert mail["To"].endswith("@example.com")
    assert mail["Subject"] == "Espresso & Co.: One person is waiting."
    assert "1 answered, 0 shelved" in said
    assert "Ben" in said
    assert "Ana" not in said
    today = await mailing.maria.get("today")
    assert (today["answered"], today["shelved"]) == (1, 0)
    days = await mailing.maria.get("days")
    assert [day["answered"] for day in days["items"]] == [1, 0, 0, 0, 0, 0, 0]


async def test_one_day_has_one_line_and_one_mail_however_often_the_evening_comes(
    mailing: Inbox, box: Mailbox
) -> None:
    await _wants(mailing.maria)
    workers = [Worker(mailing.house.services, mailing.house.database.dsn) for _ in range(3)]
    for _ in range(3):
        await _is_due(mailing, EVENING)
        await asyncio.gather(*(worker.work_off() for worker in workers))

    assert len(box.taken) == 1
    assert len(await _lines(mailing)) == 1
    (job,) = await mailing.sql(
        "select due_at from jobs where workspace_id = %s and kind = 'evening'", mailing.id
    )
    assert job[0] > now()


async def test_who_sees_few_channels_reads_of_those_alone(mailing: Inbox, box: Mailbox) -> None:
    ana = await mailing.on_telegram("Ana")
    await ana.says("hello, is anybody there?")
    await mailing.work()
    jonas = await mailing.a_member("Jonas")
    await mailing.sees_only(jonas)
    await asyncio.sleep(1.1)  # what a member sees is remembered for a second
    await _wants(jonas, locale="de")

    await _evening_comes(mailing)

    (mail,) = box.taken
    assert mail["Subject"] == "Espresso & Co.: Niemand wartet."
    assert (await jonas.get("today"))["longest_wait_seconds"] == 0


async def test_a_mail_server_that_is_away_is_asked_again_and_the_line_is_there_at_once(
    mailing: Inbox, box: Mailbox
) -> None:
    box.answer = b"451 not now\r\n"
    await _wants(mailing.maria)

    await _evening_comes(mailing)
    trouble = (await mailing.maria.get("evening"))["trouble"]
    box.answer = None
    await _is_due(mailing, EVENING_MAIL)
    await mailing.work()

    assert trouble == "server"
    assert len(await _lines(mailing)) == 1
    assert len(box.taken) == 1
    assert (await mailing.maria.get("evening"))["trouble"] is None


async def test_an_address_that_is_refused_is_told_and_not_asked_again(mailing: Inbox, box: Mailbox) -> None:
    box.answer = b"550 nobody here\r\n"
    await _wants(mailing.maria)

    await _evening_comes(mailing)

    assert (await mailing.maria.get("evening"))["trouble"] == "address"
    assert await mailing.sql(
        "select count(*) from jobs where workspace_id = %s and kind = %s", mailing.id, EVENING_MAIL
    ) == [(0,)]


async def test_who_turns_it_off_or_leaves_hears_no_more(mailing: Inbox, box: Mailbox) -> None:
    jonas = await mailing.a_member("Jonas")
    for person in (mailing.maria, jonas):
        await _wants(person)

    await mailing.maria.post("evening", 204, evening=None, locale="en")
    await mailing.sql("update members set left_at = now() where member_id = %s", jonas.membership.member_id)
    await _evening_comes(mailing)

    assert (await mailing.maria.get("evening"))["evening"] is None
    assert box.taken == []
    assert await mailing.sql(
        "select count(*) from jobs where workspace_id = %s and kind = %s", mailing.id, EVENING
    ) == [(0,)]


async def test_one_request_to_the_address_in_the_mail_ends_it(mailing: Inbox, box: Mailbox) -> None:
    await _wants(mailing.maria)
    await _evening_comes(mailing)
    (mail,) = box.taken
    path = mail["List-Unsubscribe"].strip("<>").removeprefix("https://inbox.example.com")

    async with httpx2.AsyncClient(base_url=str(mailing.maria.http.base_url)) as stranger:
        looked = await stranger.get(path)
        guessed = await stranger.post(path[:-3] + "abc")
        still = (await mailing.maria.get("evening"))["evening"]
        ended = await stranger.post(path, content="List-Unsubscribe=One-Click")
        again = await stranger.post(path)

    assert (looked.status_code, guessed.status_code, ended.status_code, again.status_code) == (
        303,
        404,
        200,
        404,
    )
    assert still is not None
    assert (await mailing.maria.get("evening"))["evening"] is None


async def test_what_is_no_time_and_no_place_is_refused(inbox: Inbox) -> None:
    for wrong in (
        {"days": DAILY, "minute": 1440, "zone": "UTC"},
        {"days": [], "minute": 60, "zone": "UTC"},
        {"days": DAILY, "minute": 60, "zone": "Mars/Base"},
    ):
        await inbox.maria.post("evening", 422, evening=wrong, locale="en")
    assert (await inbox.maria.asks("GET", "today", params={"zone": "../etc"})).status_code == 422
    assert (await inbox.maria.get("evening"))["evening"] is None


async def _wants(person: Person, locale: str = "en") -> None:
    """The minute that has begun is the time of day: the next one is tomorrow's."""
    at = now()
    evening = {"days": DAILY, "minute": at.hour * 60 + at.minute, "zone": "UTC"}
    await person.post("evening", 204, evening=evening, locale=locale)


async def _evening_comes(inbox: Inbox) -> None:
    await _is_due(inbox, EVENING)
    await inbox.work()


async def _is_due(inbox: Inbox, kind: str) -> None:
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = %s", inbox.id, kind)


async def _lines(inbox: Inbox) -> list[tuple[Any, ...]]:
    return await inbox.sql("select day from evening_lines where workspace_id = %s", inbox.id)


async def _is_answered(inbox: Inbox, name: str) -> bool:
    return any(row["contact"]["name"] == name and row["waiting_for"] != "us" for row in await inbox.rows())
