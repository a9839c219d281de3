"""The browser client's built files. Every address of the app is the same page; what it shows is its own business."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).with_name("web_dist")
MISSING = "The browser client is not built: run `make setup`."


def install_client(api: FastAPI) -> None:
    """Serve the client below every path that no route took."""
    api.mount("/", Client(directory=BUILT, check_dir=False), name="client")


class Client(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        if path.startswith(("api/", "media/", "assets/")) or scope["method"] not in ("GET", "HEAD"):
            return await super().get_response(path, scope)
        try:
            answer = await super().get_response(path, scope)
        except (HTTPException, RuntimeError):
            answer = await self._page(scope)
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    async def _page(self, scope: Scope) -> Response:
        try:
            return await super().get_response("index.html", scope)
        except (HTTPException, RuntimeError):
            return PlainTextResponse(MISSING, 503)

    def file_response(self, full_path, stat_result, scope, status_code=200):  # type: ignore[no-untyped-def]
        """Files with a hash in their name never change. Scripts and styles lie there compressed as well."""
        small = Path(f"{full_path}.gz")
        is_small = small.is_file() and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if is_small:
            full_path, stat_result = small, small.stat()
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        answer.headers["Vary"] = "Accept-Encoding"
        if is_small:
            answer.headers["Content-Encoding"] = "gzip"
        return answer
