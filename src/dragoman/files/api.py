"""Routes: files are uploaded, shown to members, and fetched by platforms."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from dragoman.access.http import Member, SharedServices
from dragoman.channels.events import MediaKind
from dragoman.files.showing import Size, shown, shown_by_link
from dragoman.files.store import Attachment
from dragoman.files.upload import upload
from dragoman.live.message_shapes import AttachmentPart
from dragoman.sentences import wording_of

router = APIRouter(tags=["files"])


class Uploaded(BaseModel):
    attachment: AttachmentPart


BYTES = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


@router.post(
    "/api/w/{workspace_id}/attachments",
    status_code=201,
    openapi_extra={"requestBody": {"required": True} | BYTES},
)
async def upload_attachment(
    request: Request,
    member: Member,
    services: SharedServices,
    name: Annotated[str | None, Query(max_length=1000)] = None,
    kind: MediaKind | None = None,
) -> Uploaded:
    """The body is the file itself, 25 MB at most."""
    attachment = await upload(services, member, request.stream(), name=name, wanted=kind)
    return Uploaded(attachment=_part(attachment))


def _part(attachment: Attachment) -> AttachmentPart:
    return AttachmentPart.model_validate(
        {
            "type": "attachment",
            "id": attachment.attachment_id,
            "kind": attachment.kind,
            "state": attachment.state,
            "reason": attachment.reason,
            "reason_wording": wording_of(attachment.reason),
            "name": attachment.name,
            "mime_type": attachment.sniffed_type or attachment.mime_type,
            "size_bytes": attachment.size_bytes,
            "width": attachment.width,
            "height": attachment.height,
            "duration_seconds": attachment.duration_seconds,
            "emoji": attachment.emoji,
            "blur": attachment.blur,
        }
    )


@router.get(
    "/api/w/{workspace_id}/attachments/{attachment_id}",
    response_class=Response,
    responses={200: {"description": "The file."} | BYTES, 206: {"description": "A part of it."} | BYTES},
)
async def show_attachment(
    attachment_id: UUID,
    request: Request,
    member: Member,
    services: SharedServices,
    download: bool = False,
    size: Size | None = None,
) -> Response:
    """Pictures (re-encoded), audio and video are shown in the page; all else, or with `download=1`, is saved.

    `size`: a picture whose longer side has at most 640 (`small`) or 1600 (`large`) pixels, where it has more.
    """
    return await shown(services, member, attachment_id, request.headers, saved=download, size=size)


@router.get("/media/{token}", include_in_schema=False)
async def media(
    token: Annotated[str, Path(max_length=200)], request: Request, services: SharedServices
) -> Response:
    """For platforms that fetch: one file, ten minutes."""
    return await shown_by_link(services, token, request.headers)
