"""The gallery and the scenes of `web/dev`, built like the client itself and served."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dragoman.bench.client import CHROMIUMS

WEB = Path(__file__).parents[2] / "web"


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def built_pages(folder: Path) -> Iterator[str]:
    """The address at which they are, as long as somebody looks."""
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


def chromium_here() -> str:
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    assert found, "This needs Chromium: install it (on Debian: apt-get install chromium)."
    return found
