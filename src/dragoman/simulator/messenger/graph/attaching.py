"""Files that a page sends: by address (really fetched), by upload, or by the id of one saved before."""

import mimetypes
from urllib.parse import urlsplit

import httpx2

from dragoman.simulator.media.kinds import Media
from dragoman.simulator.messenger.cdn import link_to
from dragoman.simulator.messenger.errors import GraphError, invalid_parameter
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.graph.subscribing import is_loopback
from dragoman.simulator.messenger.model import Json, Page, SavedAttachment

MB = 1024 * 1024
KINDS = ("image", "audio", "video", "file")
MOST_BYTES = 25 * MB
MOST_IMAGE_BYTES_BY_ADDRESS = 8 * MB
FETCH_SECONDS, FETCH_VIDEO_SECONDS = 10.0, 75.0
SAVED_FOR_SECONDS = 90 * 86_400

COULD_NOT_FETCH, WRONG_TYPE, TOO_BIG, VIDEO_TOO_SLOW, NOT_YOURS = 2018008, 2018047, 2018109, 2018294, 2018074


async def media_attachment(call: GraphCall, page: Page, attachment: Json) -> tuple[Json, str | None]:
    """The attachment as echo and phone show it, and its new id where it was asked to be reusable.

    Raises: GraphError 100 with the subcode that says what is wrong with the file.
    """
    kind, payload = attachment.get("type"), attachment.get("payload") or {}
    if kind not in KINDS:
        raise invalid_parameter("Param attachment[type] must be one of {image, audio, video, file, template}")
    saved = _saved(call, page, str(kind), payload)
    if saved is None:
        media = call.upload if call.upload else await _fetch(call.office.client, str(kind), payload)
        _check(str(kind), media, call.network.ways.files)
        saved = _save(call, page, str(kind), media)
    shown = {"type": kind, "payload": {"url": link_to(call.office, saved.file, saved.file_name)}}
    return shown, saved.id if _is_true(payload.get("is_reusable")) else None


async def upload_attachment(call: GraphCall, page_id: str) -> Json:
    """`/message_attachments`: a file kept for 90 days, for this page only."""
    page, _ = call.page(page_id)
    message = call.structure("message")
    if not isinstance(message, dict) or not isinstance(message.get("attachment"), dict):
        raise invalid_parameter("The parameter message[attachment] is required.")
    attachment = message["attachment"]
    payload = {**(attachment.get("payload") or {}), "is_reusable": True}
    _, attachment_id = await media_attachment(call, page, {**attachment, "payload": payload})
    return {"attachment_id": attachment_id}


def _saved(call: GraphCall, page: Page, kind: str, payload: Json) -> SavedAttachment | None:
    if "attachment_id" not in payload:
        return None
    saved = call.network.attachments.get(str(payload["attachment_id"]))
    expired = saved and call.network.clock.seconds() - saved.saved_at > SAVED_FOR_SECONDS
    if saved is None or saved.page_id != page.id or saved.kind != kind or expired:
        raise invalid_parameter("Invalid Attachment ID", NOT_YOURS)
    return saved


def _save(call: GraphCall, page: Page, kind: str, media: Media) -> SavedAttachment:
    return call.network.keep_attachment(
        SavedAttachment(
            id=call.network.digits(16),
            page_id=page.id,
            kind=kind,
            file=call.network.files.put(media.content),
            file_name=media.name,
            saved_at=int(call.network.clock.seconds()),
        )
    )


async def _fetch(client: httpx2.AsyncClient, kind: str, payload: Json) -> Media:
    url = str(payload.get("url") or "")
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise invalid_parameter("Failed to fetch the file from the url", COULD_NOT_FETCH)
    seconds = FETCH_VIDEO_SECONDS if kind == "video" else FETCH_SECONDS
    try:
        answer = await client.get(url, timeout=seconds, follow_redirects=True)
    except httpx2.TimeoutException as error:
        raise _unfetched(VIDEO_TOO_SLOW if kind == "video" else COULD_NOT_FETCH) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _unfetched(COULD_NOT_FETCH) from error
    if not answer.is_success:
        raise _unfetched(COULD_NOT_FETCH)
    if kind == "image" and len(answer.content) > MOST_IMAGE_BYTES_BY_ADDRESS:
        raise _too_big()
    mime_type = answer.headers.get("content-type", "").partition(";")[0]
    return Media(_name(answer, parts.path), mime_type, answer.content)


def _name(answer: httpx2.Response, path: str) -> str:
    _, _, named = answer.headers.get("content-disposition", "").partition("filename=")
    return named.strip('" ') or path.rpartition("/")[2] or "file"


def _check(kind: str, media: Media, files: str | None) -> None:
    if not media.content:
        raise _unfetched(COULD_NOT_FETCH)
    if len(media.content) > MOST_BYTES:
        raise _too_big()
    mime_type = media.mime_type or mimetypes.guess_type(media.name)[0] or ""
    if kind != "file" and not mime_type.startswith(f"{kind}/"):
        raise invalid_parameter("Upload attachment failure: the file does not match its type.", WRONG_TYPE)
    if kind == "file" and files is not None and mime_type != files:
        raise invalid_parameter(f"Upload attachment failure: a file must be {files}.", WRONG_TYPE)


def _unfetched(subcode: int) -> GraphError:
    return invalid_parameter("Failed to fetch the file from the url", subcode)


def _too_big() -> GraphError:
    return invalid_parameter("Attachment size exceeds allowable limit", TOO_BIG)


def _is_true(value: object) -> bool:
    return str(value).lower() == "true"
