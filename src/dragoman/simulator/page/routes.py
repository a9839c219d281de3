"""The page on which a person plays a customer, and the pictures on that customer's phone."""

import mimetypes
import re
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.simulator.files import Files

SHOWN = {
    "": ("index.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
    "phone.js": ("phone.js", "text/javascript; charset=utf-8"),
    "orders.js": ("orders.js", "text/javascript; charset=utf-8"),
}
FILE_NAME = re.compile(r"[0-9a-f]{64}")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def page_routes(kept: Files) -> list[Route]:
    folder = files("dragoman.simulator.page")

    async def show(request: Request) -> Response:
        name = request.path_params.get("name", "")
        if name not in SHOWN:
            return Response("There is no such page.", 404)
        file, mime_type = SHOWN[name]
        return Response((folder / file).read_bytes(), media_type=mime_type, headers=HEADERS)

    async def kept_file(request: Request) -> Response:
        file, name = request.path_params["file"], request.path_params["name"]
        if not FILE_NAME.fullmatch(file):
            return Response("There is no such file.", 404)
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(kept.get(file), media_type=mime_type, headers=HEADERS)

    return [
        Route("/", show, methods=["GET"]),
        Route("/page/{name}", show, methods=["GET"]),
        Route("/kept/{file}/{name}", kept_file, methods=["GET"]),
    ]
