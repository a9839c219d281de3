"""A member adds a file to a reply."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import IO
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.channels.events import MediaKind
from dragoman.files import store
from dragoman.files.failures import StorageFull
from dragoman.files.keeping import Kept, keep, kind_for_sending
from dragoman.files.names import safe_name
from dragoman.files.store import Attachment
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid
from dragoman.kit.ids import new_id
from dragoman.services import Services

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
HEARD_OUT_BYTES = 4 * MAX_UPLOAD_BYTES
UPLOAD_SECONDS = 10 * 60.0
NEVER_SENT_AFTER = timedelta(hours=24)
FORGOTTEN_AT_ONCE = 100


async def upload(
    services: Services,
    member: Membership,
    body: AsyncIterator[bytes],
    *,
    name: str | None,
    wanted: MediaKind | None,
) -> Attachment:
    """Kept, and seen by nobody else until a reply takes it along. Raises Refused."""
    with tempfile.TemporaryFile() as file:
        await _received(body, file)
        kept = await _kept(services, file, wanted)
    kind = kind_for_sending(kept, wanted)
    attachment_id = new_id()
    async with services.database.transaction(member.workspace_id) as tx:
        await store.add_upload(
            tx,
            attachment_id,
            member_id=member.member_id,
            kind=kind,
            name=safe_name(name, kept.mime_type, kind) if name else None,
            stored=kept.stored,
            at=now(),
        )
        attachment = await store.attachment(tx, attachment_id)
    if attachment is None:
        raise LookupError("an upload that was just added is not there")
    return attachment


async def forget_never_sent(services: Services, workspace_id: UUID) -> None:
    """Uploads that no reply took along within a day."""
    more = True
    while more:
        async with services.database.transaction(workspace_id) as tx:
            old = await store.never_sent(tx, now() - NEVER_SENT_AFTER, FORGOTTEN_AT_ONCE)
        await forget(services, workspace_id, old)
        more = len(old) == FORGOTTEN_AT_ONCE


async def forget(services: Services, workspace_id: UUID, attachment_ids: list[UUID]) -> None:
    """Rows first: a content without a row is seen by nobody, a row without content would be a broken promise."""
    async with services.database.transaction(workspace_id) as tx:
        keys = await store.forget(tx, attachment_ids)
    for key in keys:
        await services.storage.delete(key)


async def _received(body: AsyncIterator[bytes], file: IO[bytes]) -> None:
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            size = await _written(body, file)
    except TimeoutError:
        raise Refused("invalid", "The file took too long to arrive.", 408) from None
    if size > MAX_UPLOAD_BYTES:
        most = MAX_UPLOAD_BYTES // 1024 // 1024
        raise Refused("too_large", f"A file may have {most} MB at most.", 413, max_bytes=MAX_UPLOAD_BYTES)
    if size == 0:
        raise invalid(file="The file is empty.")


async def _written(body: AsyncIterator[bytes], file: IO[bytes]) -> int:
    """How many bytes came. What is too large is heard out, but not written: a browser reads no answer before it
    has said all, and takes a connection that closes earlier for a broken one."""
    size = 0
    async for chunk in body:
        size += len(chunk)
        if size > HEARD_OUT_BYTES:
            break
        if size <= MAX_UPLOAD_BYTES:
            await asyncio.to_thread(file.write, chunk)
    return size


async def _kept(services: Services, file: IO[bytes], wanted: MediaKind | None) -> Kept:
    try:
        return await keep(services.storage, file, wanted)
    except StorageFull as full:
        raise Refused("unavailable", full.reason, 503) from None
