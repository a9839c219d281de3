"""The gallery and the scenes, built with fonts of their own, before a Chromium that draws alike everywhere."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from tests.e2e.conftest import CHROMIUMS, QUIET

WEB = Path(__file__).parents[2] / "web"
ALIKE = (
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--disable-font-subpixel-positioning",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the built pages are."""
    folder = tmp_path_factory.mktemp("pictures")
    node = shutil.which("node")
    assert node, "The pages are built with Node: run `make setup`."
    vite = ("node_modules/vite/bin/vite.js", "build", "--config", "vite.pictures.config.ts")
    subprocess.run(
        (node, *vite, "--outDir", folder, "--emptyOutDir", "--logLevel", "error"),
        cwd=WEB,
        check=True,
        timeout=100,
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/dev"
        server.shutdown()
        thread.join()


@pytest.fixture
async def painter() -> AsyncIterator[Browser]:
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    assert found, "These tests need Chromium: install it (on Debian: apt-get install chromium)."
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=found, args=[*QUIET, *ALIKE])
        yield opened
        await opened.close()
