"""Media ids and the addresses behind them: an address lives for five minutes and opens with the token only."""

import base64
import hashlib
import hmac
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.simulator.faults import Fault, Faults
from dragoman.simulator.media.kinds import Media
from dragoman.simulator.troubled import through_troubles
from dragoman.simulator.whatsapp.model import Json, Upload
from dragoman.simulator.whatsapp.office import Office

ADDRESS_SECONDS = 300
RECEIVED_SECONDS, UPLOADED_SECONDS = 7 * 86_400, 30 * 86_400
KEY = b"simulated lookaside"  # it protects invented pictures on one machine


def keep_media(office: Office, number_id: str, media: Media, *, is_ours: bool) -> Upload:
    network = office.network
    return network.keep_upload(
        Upload(
            id=network.digits(16),
            number_id=number_id,
            file=network.files.put(media.content),
            file_name=media.name,
            mime_type=media.mime_type,
            at=network.now(),
            is_ours=is_ours,
        )
    )


def is_alive(office: Office, upload: Upload) -> bool:
    lives = UPLOADED_SECONDS if upload.is_ours else RECEIVED_SECONDS
    return office.network.now() - upload.at <= lives


def sha256_of(office: Office, upload: Upload) -> str:
    return base64.b64encode(hashlib.sha256(office.network.files.get(upload.file)).digest()).decode()


def address_of(office: Office, upload: Upload) -> str:
    expires = f"{office.network.now() + ADDRESS_SECONDS:x}"
    place = f"{office.base_url}/lookaside/{upload.id}/{quote(upload.file_name)}"
    return f"{place}?ext={expires}&hash={_seal(upload.id, expires)}"


def described(office: Office, upload: Upload) -> Json:
    return {
        "messaging_product": "whatsapp",
        "url": address_of(office, upload),
        "mime_type": upload.mime_type,
        "sha256": hashlib.sha256(office.network.files.get(upload.file)).hexdigest(),
        "file_size": str(office.network.files.size(upload.file)),
        "id": upload.id,
    }


def lookaside_routes(office: Office, faults: Faults) -> list[Route]:
    async def download(request: Request) -> Response:
        struck = faults.draw("api", "whatsapp", "", "lookaside")
        return await through_troubles(struck, lambda: _file(office, request), _troubled)

    return [Route("/{id}/{name}", download, methods=["GET"])]


async def _file(office: Office, request: Request) -> Response:
    upload = office.network.uploads.get(request.path_params["id"])
    expires, seal = request.query_params.get("ext", "0"), request.query_params.get("hash", "")
    if upload is None or not hmac.compare_digest(seal.encode(), _seal(upload.id, expires).encode()):
        return Response("Not found", 404)
    if int(expires, 16) < office.network.now():
        return Response("URL expired", 404)
    token = office.network.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
    account = office.network.numbers[upload.number_id].account_id
    if token is None or token.account_id != account or token.revoked_subcode is not None:
        return Response("Unauthorized", 401)
    return Response(office.network.files.get(upload.file), media_type=upload.mime_type)


def _troubled(fault: Fault) -> Response:
    return Response("The media host is in trouble.", fault.status or 503)


def _seal(upload_id: str, expires: str) -> str:
    return hmac.new(KEY, f"{upload_id}:{expires}".encode(), hashlib.sha256).hexdigest()[:32]
