"""The browser client's files over HTTP: small where the browser takes them so, and kept as long as they are true."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from dragoman.web import Client
from tests.serving import serving

SCRIPT = b"export const said = 'hello';\n" * 100


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "assets/index-1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "assets/index-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "assets/tiny-3c4d.js").write_bytes(b"1")
    api = FastAPI()
    api.mount("/", Client(directory=tmp_path))
    async with serving(api) as address, httpx2.AsyncClient(base_url=address, trust_env=False) as http:
        yield http


async def test_a_script_is_sent_compressed_to_who_takes_it_so(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < len(SCRIPT)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content == SCRIPT


@pytest.mark.parametrize(
    ("path", "takes"), [("/assets/index-1a2b.js", "identity"), ("/assets/tiny-3c4d.js", "gzip")]
)
async def test_else_as_it_is(browser: httpx2.AsyncClient, path: str, takes: str) -> None:
    answer = await browser.get(path, headers={"Accept-Encoding": takes})

    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Type"].startswith("text/javascript")


async def test_what_the_browser_has_is_not_sent_again(browser: httpx2.AsyncClient) -> None:
    first = await browser.get("/assets/index-1a2b.js")

    again = await browser.get("/assets/index-1a2b.js", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


async def test_every_address_of_the_app_is_the_page_which_is_asked_for_each_time(
    browser: httpx2.AsyncClient,
) -> None:
    answer = await browser.get("/w/some-workspace/waiting")

    assert answer.text == "<!doctype html>"
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_a_file_that_there_is_not_is_no_page(browser: httpx2.AsyncClient) -> None:
    assert (await browser.get("/assets/gone-5e6f.js")).status_code == 404
