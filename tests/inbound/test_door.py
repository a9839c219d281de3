"""The door: stored first, acknowledged then, and everything else refused with a plain status."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import httpx2
import psycopg
import pytest

from dragoman.inbound import body, writer
from dragoman.inbound.door import Door
from dragoman.services import Services
from tests.inbox.deliveries import text
from tests.inbox.inbox import Inbox
from tests.serving import serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEN_MB = 10 * 1024 * 1024


async def test_what_was_accepted_lies_there_byte_for_byte(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    bodies = [
        b'{ "update_id" :7,\t"message":{}}\r\n',
        '{"a": "\\u0000 ü 你"}'.encode(),
        b"\x00\xff no JSON \x80",
    ]

    answers = [await bot.posts(body) for body in bodies]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert await _stored(inbox) == bodies


async def test_the_door_answers_while_no_worker_runs(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    await bot.delivers(text("anybody there?", 1), text("hello?", 2))

    assert len(await _stored(inbox)) == 2
    assert await inbox.outcomes() == []
    await inbox.work()
    assert await inbox.texts() == ["anybody there?", "hello?"]


async def test_nothing_is_acknowledged_before_it_is_committed(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    async with _nothing_can_be_stored(inbox) as lock:
        posting = asyncio.ensure_future(bot.posts(b'{"update_id": 1}'))
        await _waits_for_the_lock(lock)
        acknowledged_early = posting.done()
    answer = await posting

    assert not acknowledged_early
    assert answer.status_code == 200
    assert len(await _stored(inbox)) == 1


async def test_a_database_that_goes_away_is_told_as_come_back_later(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    async with _nothing_can_be_stored(inbox) as lock:
        posting = asyncio.ensure_future(bot.posts(b'{"update_id": 1}'))
        pid = await _waits_for_the_lock(lock)
        await lock.execute("select pg_terminate_backend(%s)", [pid])
        answer = await posting
    again = await bot.posts(b'{"update_id": 1}')

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert again.status_code == 200
    assert await _stored(inbox) == [b'{"update_id": 1}']


async def test_a_full_queue_is_told_as_come_back_later(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = await inbox.a_bot_line()
    monkeypatch.setattr(writer, "MAX_QUEUED", 3)

    async with _nothing_can_be_stored(inbox) as lock:
        first = asyncio.ensure_future(bot.posts(b"{}"))
        await _waits_for_the_lock(lock)
        rest = [asyncio.ensure_future(bot.posts(b"{}")) for _ in range(5)]
        refused = await _first_done(rest, 2)
    answers = await asyncio.gather(first, *rest)

    assert [(a.status_code, a.headers["Retry-After"]) for a in refused] == [(503, "2"), (503, "2")]
    assert sorted(a.status_code for a in answers) == [200, 200, 200, 200, 503, 503]
    assert len(await _stored(inbox)) == 4


async def test_ten_megabytes_are_taken_and_one_byte_more_is_not(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    largest = await bot.posts(b"x" * TEN_MB)
    larger = await bot.posts(b"x" * (TEN_MB + 1))

    assert (largest.status_code, larger.status_code) == (200, 413)
    assert [len(body) for body in await _stored(inbox)] == [TEN_MB]


async def test_a_body_that_does_not_say_how_long_it_is_meets_the_same_limit(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * (1024 * 1024)

    answer = await bot.http.post(
        bot.address, content=endless(), headers={"X-Telegram-Bot-Api-Secret-Token": bot.secret}
    )

    assert answer.status_code == 413
    assert await _stored(inbox) == []


async def test_a_wrong_or_missing_signature_is_refused_and_nothing_stored(inbox: Inbox) -> None:
    bot, page = await inbox.a_bot_line(), await inbox.a_page_line()
    body = page.body(page.message("let me in", "m_1"))
    guessed = "sha256=" + "0" * 64

    answers = [
        await bot.posts(b"{}", secret="somebody else's"),
        await bot.http.post(bot.address, content=b"{}"),
        await page.posts(body, signature=guessed),
        await page.posts(body, signature="ü"),
        await page.http.post(page.address, content=body),
    ]

    assert [answer.status_code for answer in answers] == [401] * 5
    assert await _stored(inbox) == []


async def test_a_body_that_was_changed_on_the_way_is_refused(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    body = page.body(page.message("10 euro", "m_1"))

    answer = await page.posts(body.replace(b"10", b"99"), signature=page.signature_of(body))

    assert answer.status_code == 401


async def test_an_unknown_address_is_not_there(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    base, _, key = bot.address.rpartition("/")

    addresses = [
        f"{base}/{key}x",
        f"{base}/",
        f"{base}/{key}/more",
        bot.address.replace("telegram", "messenger"),
        f"{base}/%00{key}",
        f"{base}/%ED%A0%80",
        f"{base}/{key}%20",
        bot.address.replace("/telegram/", "/telegram%00/"),
    ]
    answers = [await bot.http.post(address, content=b"{}") for address in addresses]

    assert [answer.status_code for answer in answers] == [404] * 8


async def test_an_unknown_address_is_told_so_before_anything_is_read(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    async with _a_body_in_the_middle(inbox, f"{bot.address}x") as (answer, _):
        status = await answer.readline()

    assert b" 404 " in status


async def test_a_body_that_takes_too_long_is_given_up(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = await inbox.a_bot_line()
    monkeypatch.setattr(body, "READ_SECONDS", 0.2)

    async with _a_body_in_the_middle(inbox, bot.address) as (answer, _):
        status = await answer.readline()

    assert b" 408 " in status
    assert await _stored(inbox) == []


async def test_bodies_that_are_being_read_count_as_what_we_hold(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = await inbox.a_bot_line()
    monkeypatch.setattr(writer, "MAX_QUEUED_BYTES", 10)

    async with (
        _a_body_in_the_middle(inbox, bot.address) as (one, _),
        _a_body_in_the_middle(inbox, bot.address) as (other, _),
    ):
        waiting = {asyncio.create_task(answer.readline()) for answer in (one, other)}
        refused, _ = await asyncio.wait(waiting, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        (status,) = [each.result() for each in refused]  # whichever was read second
    later = await bot.posts(b"{}")

    assert b" 503 " in status
    assert later.status_code == 200


async def test_a_simulated_channel_without_its_simulator_is_told_as_come_back_later(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    settings = replace(inbox.house.settings, simulator_url=None)
    services = Services.over(inbox.house.database, settings)
    path = bot.address[bot.address.index("/hooks/") :]

    async with serving(Door(services, writer.Writer(settings.database_url or ""))) as address:
        answer = await bot.http.post(address + path, content=b"{}")

    assert answer.status_code == 503


async def test_only_deliveries_and_handshakes_are_answered(inbox: Inbox) -> None:
    bot, page = await inbox.a_bot_line(), await inbox.a_page_line()

    answers = [
        await bot.http.put(bot.address, content=b"{}"),
        await bot.http.get(bot.address),
        await page.http.delete(page.address),
    ]

    assert [answer.status_code for answer in answers] == [405] * 3


async def test_the_handshake_of_messenger_gives_the_challenge_to_who_knows_the_token(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    asked = {"hub.mode": "subscribe", "hub.challenge": "115842"}

    ours = await page.http.get(page.address, params=asked | {"hub.verify_token": page.verify_token})
    strangers = await page.http.get(page.address, params=asked | {"hub.verify_token": "guessed"})

    assert (ours.status_code, ours.text) == (200, "115842")
    assert strangers.status_code == 403


@asynccontextmanager
async def _a_body_in_the_middle(
    inbox: Inbox, address: str
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Six bytes of a hundred have been sent, and nothing more comes."""
    there = urlsplit(inbox.house.address)
    answer, request = await asyncio.open_connection(there.hostname, there.port)
    path = address[address.index("/hooks/") :]
    request.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nsecret".encode())
    await request.drain()
    try:
        yield answer, request
    finally:
        request.close()


async def _stored(inbox: Inbox) -> list[bytes]:
    rows = await inbox.sql(
        "select body from envelopes where workspace_id = %s order by envelope_id", inbox.id
    )
    return [row[0] for row in rows]


@asynccontextmanager
async def _nothing_can_be_stored(inbox: Inbox) -> AsyncIterator[psycopg.AsyncConnection]:
    """While somebody else holds the table of envelopes."""
    dsn = inbox.house.settings.database_url or ""
    async with await psycopg.AsyncConnection.connect(dsn) as lock:
        await lock.execute("lock table envelopes in access exclusive mode")
        yield lock
        await lock.rollback()


async def _waits_for_the_lock(lock: psycopg.AsyncConnection) -> int:
    """The process id of the door's connection, once it stands before the locked table."""
    async with asyncio.timeout(10):
        while True:
            cursor = await lock.execute(
                "select pid from pg_locks where relation = 'envelopes'::regclass and not granted"
            )
            if row := await cursor.fetchone():
                return int(row[0])
            await asyncio.sleep(0.02)


async def _first_done(posts: Sequence[asyncio.Future[httpx2.Response]], count: int) -> list[httpx2.Response]:
    async with asyncio.timeout(10):
        while sum(post.done() for post in posts) < count:  # noqa: ASYNC110 another process's answers
            await asyncio.sleep(0.02)
    return [post.result() for post in posts if post.done()]
