"""The three ways to name a file: a `file_id` already known, an address to fetch, an upload in the same request."""

from io import BytesIO
from urllib.parse import urlsplit

import httpx2
from PIL import Image, UnidentifiedImageError

from dragoman.simulator.media.kinds import Media
from dragoman.simulator.telegram.attachments import attach, carried
from dragoman.simulator.telegram.call import Call
from dragoman.simulator.telegram.errors import BotApiError, bad_request
from dragoman.simulator.telegram.model import Json
from dragoman.simulator.telegram.parameters import Upload

MB = 1024 * 1024
MOST_UPLOADED = {"photo": 10 * MB}
MOST_UPLOADED_OTHERWISE = 50 * MB
MOST_FETCHED = {"photo": 5 * MB}
MOST_FETCHED_OTHERWISE = 20 * MB
FETCH_SECONDS = 10.0
DOCUMENTS_BY_ADDRESS = ("application/pdf", "application/zip", "image/gif")


async def resolve(call: Call, kind: str, given: str | None, upload_name: str) -> Json:
    """The content of a message that carries the named file.

    Raises: BotApiError 400 for an id of another bot, an address that cannot be fetched, a broken picture;
    413 for what is too big.
    """
    upload = _upload(call, given, upload_name)
    if upload is not None:
        _check_size(len(upload.content), MOST_UPLOADED.get(kind, MOST_UPLOADED_OTHERWISE))
        return _attached(call, kind, upload)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if urlsplit(given).scheme in ("http", "https"):
        return _attached(call, kind, await _fetch(call.office.client, kind, given))
    return _known(call, kind, given)


def _upload(call: Call, given: str | None, upload_name: str) -> Upload | None:
    if given and given.startswith("attach://"):
        name = given.removeprefix("attach://")
        if name not in call.parameters.uploads:
            raise bad_request("file must be non-empty")
        return call.parameters.uploads[name]
    return None if given else call.parameters.uploads.get(upload_name)


def _check_size(size: int, most: int) -> None:
    if size == 0:
        raise bad_request("file must be non-empty")
    if size > most:
        raise BotApiError(413, "Request Entity Too Large")


def _attached(call: Call, kind: str, upload: Upload) -> Json:
    width, height = _measured(upload.content)
    media = Media(upload.name, upload.mime_type, upload.content, width, height)
    try:
        return attach(call.network, call.bot_id, kind, media)
    except (UnidentifiedImageError, OSError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def _measured(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(BytesIO(content)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        return 0, 0


async def _fetch(client: httpx2.AsyncClient, kind: str, address: str) -> Upload:
    try:
        answer = await client.get(address, timeout=FETCH_SECONDS, follow_redirects=True)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise bad_request("failed to get HTTP URL content") from error
    mime_type = answer.headers.get("content-type", "").partition(";")[0]
    if not answer.is_success:
        raise bad_request("failed to get HTTP URL content")
    if len(answer.content) > MOST_FETCHED.get(kind, MOST_FETCHED_OTHERWISE):
        raise bad_request("file is too big")
    if kind == "document" and mime_type not in DOCUMENTS_BY_ADDRESS:
        raise bad_request("wrong type of the web page content")
    name = urlsplit(address).path.rpartition("/")[2] or "file"
    return Upload(name, mime_type or "application/octet-stream", answer.content)


def _known(call: Call, kind: str, file_id: str) -> Json:
    stored = call.network.stored_files.get(file_id)
    if stored is None or stored.bot_id != call.bot_id:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind and "photo" in (stored.kind, kind):
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return carried(stored)
