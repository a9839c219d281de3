"""What a request of the API may carry, before anybody is asked who sends it."""

import asyncio
from urllib.parse import urlsplit

import httpx2
import pytest

from dragoman import bodies
from dragoman.app import create_app
from dragoman.config import Settings
from tests.house import code_of
from tests.serving import serving

SIGN_IN = "/api/sign-in"


async def test_a_body_of_more_than_1_mb_is_refused_from_whoever_sends_it(settings: Settings) -> None:
    async with serving(create_app(settings)) as address, httpx2.AsyncClient(base_url=address) as client:
        answer = await client.post(SIGN_IN, content=b" " * (bodies.MAX_BODY + 1))

    assert answer.status_code == 413
    assert code_of(answer) == "too_large"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_body_of_1_mb_is_read_to_its_end(settings: Settings) -> None:
    body = b'{"token": "none", "padding": "'
    body += b"x" * (bodies.MAX_BODY - len(body) - 2) + b'"}'
    async with serving(create_app(settings)) as address, httpx2.AsyncClient(base_url=address) as client:
        headers = {"content-type": "application/json", "sec-fetch-site": "same-origin"}
        answer = await client.post("/api/links/look", content=body, headers=headers)

    assert code_of(answer) == "not_found"
    assert answer.json()["error"]["message"].startswith("This link ")


async def test_a_body_that_takes_too_long_is_given_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "READ_SECONDS", 0.2)
    async with serving(create_app(settings)) as address, asyncio.timeout(10):
        answer, request = await asyncio.open_connection("127.0.0.1", urlsplit(address).port)
        request.write(f"POST {SIGN_IN} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{{".encode())
        said = await answer.read()
        request.close()

    assert said.startswith(b"HTTP/1.1 408 ")
    assert said.endswith(b'{"error":{"code":"invalid","message":"The request took longer than 30 seconds."}}')
