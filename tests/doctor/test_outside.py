"""What the doctor makes of whatever answers at our address."""

import asyncio

import httpx2
import pytest
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from dragoman.channels.contract import HookAnswer
from dragoman.config import Settings
from dragoman.doctor.model import Finding, Verdict
from dragoman.doctor.outside import (
    a_stranger,
    address_findings,
    asked,
    client_verdict,
    delivery_verdict,
    public_url,
)
from dragoman.inbound.door import COME_BACK, NOT_FOUND, WRONG_SIGNATURE
from tests.doctor.looking import Found
from tests.serving import serving


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://inbox.example.com", Verdict.OK),
        ("http://inbox.example.com", Verdict.FAIL),
        ("http://127.0.0.1:8088", Verdict.WARN),
        ("http://localhost:8088", Verdict.WARN),
        ("", Verdict.WARN),
    ],
)
def test_the_public_address_must_be_https(url: str, verdict: Verdict) -> None:
    assert public_url(Settings.from_environment({"PUBLIC_URL": url})).verdict is verdict


async def test_another_program_at_our_address_is_told_by_each_question() -> None:
    async with serving(another_program) as url:
        found = await look_at_address(url)

    assert found.failed() == ["address.api", "address.client", "address.hooks"]
    assert found["address.hooks"].sentence.endswith("/hooks/ does not reach our door: it answers with 200.")


async def test_an_address_that_sends_one_elsewhere_is_told_where() -> None:
    async with serving(sends_elsewhere) as url:
        found = await look_at_address(url)

    assert "it sends one on to https://www.example.com/" in found["address.api"].sentence


async def test_an_address_where_nothing_answers_is_one_finding() -> None:
    found = await look_at_address("http://127.0.0.1:1")

    assert found.failed() == ["address.api"]
    assert "cannot be reached from here" in found["address.api"].sentence


@pytest.mark.parametrize(
    ("answer", "verdict", "words"),
    [
        (WRONG_SIGNATURE, Verdict.OK, "refuses what is not signed"),
        (NOT_FOUND, Verdict.FAIL, "another database"),
        (COME_BACK, Verdict.FAIL, "takes nothing"),
        (HookAnswer(status=404, body=b"no such page"), Verdict.FAIL, "something else than our door"),
        (HookAnswer(status=200), Verdict.FAIL, "it answers with 200"),
        (HookAnswer(status=502), Verdict.FAIL, "a proxy answers, and finds nobody behind it (502)"),
    ],
)
def test_only_our_own_door_refuses_in_its_own_words(answer: HookAnswer, verdict: Verdict, words: str) -> None:
    finding = delivery_verdict(httpx2.Response(answer.status, content=answer.body), "telegram", "Espresso")

    assert finding.check == "delivery.telegram"
    assert (finding.verdict, words in finding.sentence) == (verdict, True)


def test_an_app_that_was_not_built_is_told() -> None:
    page = httpx2.Response(200, headers={"content-type": "text/html; charset=utf-8"})
    unbuilt = httpx2.Response(503, text="The browser client is not built.")

    assert client_verdict(page, "https://a.example").verdict is Verdict.OK
    assert client_verdict(unbuilt, "https://a.example").verdict is Verdict.FAIL


async def look_at_address(url: str) -> Found:
    settings = Settings.from_environment({"PUBLIC_URL": url})
    findings: list[Finding] = [finding async for finding in address_findings(settings)]
    return Found(findings)


async def test_silence_ends_after_its_time() -> None:
    async with serving(silent) as url, a_stranger() as http:
        http.timeout = httpx2.Timeout(0.2)
        assert str(await asked(http, "GET", url)).startswith("does not answer within")


async def another_program(scope: Scope, receive: Receive, send: Send) -> None:
    await Response("Hello!")(scope, receive, send)


async def sends_elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    await RedirectResponse("https://www.example.com/", 301)(scope, receive, send)


async def silent(scope: Scope, receive: Receive, send: Send) -> None:
    await asyncio.sleep(1.0)
    await Response("Here I am.")(scope, receive, send)
