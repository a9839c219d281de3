"""A file on its way to a browser or a platform, from our storage or, where no copy may be kept, from the platform."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from typing import Literal
from uuid import UUID

from fastapi.responses import Response

from dragoman.access.model import Membership
from dragoman.channels.errors import TryLater
from dragoman.channels.events import MediaKind
from dragoman.files import links, store
from dragoman.files.keeping import look_at
from dragoman.files.links import SignedFile
from dragoman.files.receive import Gone, fetched_file
from dragoman.files.serving import NOT_KEPT, PRIVATE, Handout, handed_out
from dragoman.files.sniff import UNKNOWN
from dragoman.files.store import Attachment, Remote
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.services import Services

Size = Literal["small", "large"]
SMALLER_TYPE = "image/webp"
MAX_PASSED_ON_BYTES = 25 * 1024 * 1024  # held in memory for the one answer


async def shown(
    services: Services,
    member: Membership,
    attachment_id: UUID,
    asked: Mapping[str, str],
    *,
    saved: bool,
    size: Size | None = None,
) -> Response:
    """To a member who may see its channel, or who has uploaded it. Raises Refused (404) for all others."""
    async with services.database.transaction(member.workspace_id) as tx:
        attachment = await store.attachment(tx, attachment_id)
    if attachment is None or not may_see(member, attachment):
        raise not_found("There is no such file.")
    if attachment.state == "linked":
        return await _passed_on(services, member.workspace_id, attachment, asked, saved=saved)
    return _from_storage(services, attachment, asked, caching=PRIVATE, saved=saved, size=size)


def may_see(member: Membership, attachment: Attachment) -> bool:
    if attachment.channel_id is None:
        return attachment.uploaded_by == member.member_id
    return member.sees(attachment.channel_id)


async def shown_by_link(services: Services, token: str, asked: Mapping[str, str]) -> Response:
    """To whoever has the signed link, for as long as it lives. Raises Refused (404)."""
    file = links.verified(token, services.sealer.derived_keys(links.PURPOSE), now())
    if file is None:
        raise not_found("This link is over, or was never one.")
    async with services.database.transaction(file.workspace_id) as tx:
        attachment = await store.attachment(tx, file.attachment_id)
    if attachment is None:
        raise not_found("This file is gone.")
    return _from_storage(services, attachment, asked, caching=NOT_KEPT, saved=False)


def link_for_platform(services: Services, workspace_id: UUID, attachment_id: UUID) -> str:
    """An address of ours that gives this one file to anybody, for ten minutes."""
    key = services.sealer.derived_keys(links.PURPOSE)[0]
    token = links.signed(SignedFile(workspace_id, attachment_id), key, now())
    return f"{services.settings.own_url}/media/{token}"


def _from_storage(
    services: Services,
    attachment: Attachment,
    asked: Mapping[str, str],
    *,
    caching: str,
    saved: bool,
    size: Size | None = None,
) -> Response:
    key = attachment.storage_key
    if attachment.state != "stored" or key is None:
        raise not_found(attachment.reason or "This file is not here yet.")
    smaller = {"small": attachment.small_bytes, "large": attachment.large_bytes}.get(size or "")
    if smaller is not None:
        what = Handout(
            name=attachment.name,
            kind=attachment.kind,
            mime_type=SMALLER_TYPE,
            size_bytes=smaller,
            etag=f'"{attachment.attachment_id}.{size}"',
            caching=caching,
            saved=saved,
        )
        return handed_out(
            what, asked, lambda start, stop: services.storage.read(f"{key}.{size}", start, stop)
        )
    what = Handout(
        name=attachment.name,
        kind=attachment.kind,
        mime_type=attachment.sniffed_type or UNKNOWN,
        size_bytes=attachment.size_bytes or 0,
        etag=f'"{attachment.attachment_id}"',
        caching=caching,
        saved=saved,
    )
    return handed_out(what, asked, lambda start, stop: services.storage.read(key, start, stop))


async def _passed_on(
    services: Services,
    workspace_id: UUID,
    attachment: Attachment,
    asked: Mapping[str, str],
    *,
    saved: bool,
) -> Response:
    """Fetched for this one request, and kept nowhere."""
    async with services.database.transaction(workspace_id) as tx:
        remote = await store.remote(tx, attachment.attachment_id)
    if remote is None:
        raise not_found("Its channel is not connected any more.")
    mime_type, content = await _fetched(services, workspace_id, remote)
    what = Handout(
        name=attachment.name,
        kind=attachment.kind,
        mime_type=mime_type,
        size_bytes=len(content),
        etag=f'"{attachment.attachment_id}"',
        caching=NOT_KEPT,
        saved=saved,
    )

    async def read(start: int, stop: int) -> AsyncIterator[bytes]:
        yield content[start:stop]

    return handed_out(what, asked, read)


async def _fetched(services: Services, workspace_id: UUID, remote: Remote) -> tuple[str, bytes]:
    try:
        async with fetched_file(services, workspace_id, remote, MAX_PASSED_ON_BYTES) as fetched:
            with tempfile.TemporaryFile() as target:
                seen, content = await look_at(fetched.file, target, MediaKind(remote.kind))
                content.seek(0)
                return seen.mime_type, await asyncio.to_thread(content.read)
    except Gone as gone:
        raise not_found(gone.reason) from None
    except TryLater as passing:
        raise Refused("unavailable", passing.reason, 503, retry_after_seconds=10) from None
