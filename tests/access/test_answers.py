"""What whoever asks in a wrong way is told."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from dragoman.app import create_app
from dragoman.config import Settings
from tests.serving import serving


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    async with serving(create_app(settings)) as address, httpx2.AsyncClient(base_url=address) as client:
        yield client


async def test_a_page_is_only_read(client: httpx2.AsyncClient) -> None:
    answer = await client.put("/waiting")

    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"


async def test_a_body_that_nests_too_deep_is_said_to_be_unreadable(client: httpx2.AsyncClient) -> None:
    headers = {"content-type": "application/json", "sec-fetch-site": "same-origin"}
    answer = await client.post("/api/sign-in", content=b"[" * 100_000, headers=headers)

    assert answer.status_code == 400
    assert answer.json() == {"error": {"code": "invalid", "message": "This request cannot be read."}}
