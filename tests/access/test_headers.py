"""What browsers are told about our pages."""

from dataclasses import replace

import httpx2
from fastapi import FastAPI, Response

from dragoman.access.headers import SecurityHeaders
from dragoman.config import Settings
from tests.serving import serving


async def test_every_answer_says_how_little_our_pages_need(settings: Settings) -> None:
    headers = await _headers_of("/page", settings)

    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers


async def test_behind_https_browsers_shall_stay_there(settings: Settings) -> None:
    headers = await _headers_of("/page", replace(settings, public_url="https://inbox.example.com"))

    assert headers["strict-transport-security"] == "max-age=31536000"


async def test_a_route_with_a_stricter_policy_keeps_it(settings: Settings) -> None:
    headers = await _headers_of("/file", settings)

    assert headers.get_list("content-security-policy") == ["sandbox"]
    assert headers["x-content-type-options"] == "nosniff"


async def test_an_answer_that_is_none_has_them_too(settings: Settings) -> None:
    assert "content-security-policy" in await _headers_of("/nothing", settings)


async def _headers_of(path: str, settings: Settings) -> httpx2.Headers:
    app = FastAPI()

    @app.get("/page")
    async def page() -> str:
        return "page"

    @app.get("/file")
    async def file() -> Response:
        return Response(b"", headers={"Content-Security-Policy": "sandbox"})

    async with serving(SecurityHeaders(app, settings)) as address, httpx2.AsyncClient() as client:
        return (await client.get(f"{address}{path}")).headers
