"""Links to media as the webhooks carry them: signed, good for some days, no token needed."""

import hashlib
import hmac
import mimetypes
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.simulator.faults import Fault, Faults
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.troubled import through_troubles

LINK_SECONDS = 4 * 86_400
LINK_KEY = b"simulated content network"  # it protects invented pictures on one machine


def link_to(office: Office, file: str, name: str) -> str:
    expires = f"{int(office.network.clock.seconds()) + LINK_SECONDS:x}"
    path = f"/cdn/v/{file}/{quote(name)}"
    return f"{office.base_url}{path}?oh={_seal(file, expires)}&oe={expires}"


def cdn_routes(office: Office, faults: Faults) -> list[Route]:
    async def download(request: Request) -> Response:
        struck = faults.draw("api", "messenger", "", "cdn")
        return await through_troubles(struck, lambda: _file(office, request), _troubled)

    return [Route("/v/{file}/{name}", download, methods=["GET"])]


async def _file(office: Office, request: Request) -> Response:
    file, name = request.path_params["file"], request.path_params["name"]
    expires, seal = request.query_params.get("oe", ""), request.query_params.get("oh", "")
    if not hmac.compare_digest(seal.encode(), _seal(file, expires).encode()):
        return Response("Bad URL hash", 403)
    if int(expires, 16) < office.network.clock.seconds():
        return Response("URL signature expired", 403)
    mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(office.network.files.get(file), media_type=mime_type, headers=disposition)


def _troubled(fault: Fault) -> Response:
    return Response("The content network is in trouble.", fault.status or 503)


def _seal(file: str, expires: str) -> str:
    return hmac.new(LINK_KEY, f"{file}:{expires}".encode(), hashlib.sha256).hexdigest()[:32]
