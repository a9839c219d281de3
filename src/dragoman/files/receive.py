"""A customer's file is fetched from the platform as soon as its message is placed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import msgspec

from dragoman.access.sealing import ATTACHMENT_SOURCE, CannotOpen, Sealer
from dragoman.channels.capabilities import MediaStorage
from dragoman.channels.errors import ChannelError, MaybeSent, TryLater
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.registry import channel
from dragoman.files import store
from dragoman.files.failures import AddressRefused, FetchFailed, StorageFull, TooBig, Unreachable
from dragoman.files.fetch import Fetched
from dragoman.files.keeping import Kept, keep
from dragoman.files.store import Remote
from dragoman.services import Services

MAX_RECEIVED_BYTES = 100 * 1024 * 1024
LOCATE_SECONDS = 30.0
WHEN_FULL = timedelta(minutes=5)


class Gone(Exception):
    """It cannot be had, now or later; the sentence says why."""

    def __init__(self, reason: str, *, state: str = "failed") -> None:
        super().__init__(reason)
        self.reason = reason
        self.state = state


async def receive(services: Services, workspace_id: UUID, attachment_id: UUID) -> None:
    """Ends with the attachment stored, linked, failed or refused, and the message's viewers told.

    Harmless when done twice. Raises TryLater where another try makes sense; whoever gives up calls ``give_up``.
    """
    async with services.database.transaction(workspace_id) as tx:
        remote = await store.remote(tx, attachment_id)
    if remote is None:
        return await give_up(services, workspace_id, attachment_id, "Its channel is not connected any more.")
    if remote.state != "waiting":
        return None
    if channel(remote.platform).capabilities.media is MediaStorage.LINK:
        return await _set_state(services, workspace_id, attachment_id, "linked", None)
    try:
        async with fetched_file(services, workspace_id, remote) as fetched:
            kept = await keep(services.storage, fetched.file, MediaKind(remote.kind))
    except Gone as gone:
        return await _set_state(services, workspace_id, attachment_id, gone.state, gone.reason)
    except StorageFull as full:
        raise TryLater(full.reason, retry_after=WHEN_FULL) from None
    return await _set_stored(services, workspace_id, attachment_id, kept)


async def give_up(services: Services, workspace_id: UUID, attachment_id: UUID, reason: str) -> None:
    """After the last try: the message shows why its file is missing."""
    await _set_state(services, workspace_id, attachment_id, "failed", reason)


@asynccontextmanager
async def fetched_file(
    services: Services, workspace_id: UUID, remote: Remote, max_bytes: int = MAX_RECEIVED_BYTES
) -> AsyncIterator[Fetched]:
    """The file, fetched from where the platform says that it lies. Raises Gone, or TryLater."""
    media = _media(services.sealer, workspace_id, remote)
    try:
        async with asyncio.timeout(LOCATE_SECONDS):
            client = await services.clients.of(workspace_id, remote.connection_id)
            address = await client.locate(remote.account, media)
    except TimeoutError:
        raise TryLater("The platform did not say in time where the file lies.") from None
    except MaybeSent as doubtful:  # asking where a file lies may be asked twice
        raise TryLater(doubtful.reason) from None
    except TryLater:
        raise
    except ChannelError as refused:
        raise Gone(refused.reason) from None
    try:
        async with services.fetcher.fetch(address, max_bytes=max_bytes) as fetched:
            yield fetched
    except Unreachable as passing:
        raise TryLater(passing.reason) from None
    except (TooBig, AddressRefused) as refused:
        raise Gone(refused.reason, state="refused") from None
    except FetchFailed as failed:
        raise Gone(failed.reason) from None


def _media(sealer: Sealer, workspace_id: UUID, remote: Remote) -> Media:
    if remote.source is None or remote.source_key is None:
        raise Gone("Where this file lies is not known any more.")
    try:
        source = sealer.open(
            remote.source, remote.source_key, workspace=workspace_id, column=ATTACHMENT_SOURCE
        )
    except CannotOpen as cannot:
        raise Gone(f"Where this file lies cannot be read: {cannot}.") from None
    return Media(
        kind=MediaKind(remote.kind),
        source=msgspec.json.decode(source, type=dict[str, str]),
        name=remote.name,
        mime_type=remote.mime_type,
        size_bytes=remote.size_bytes,
        duration_seconds=remote.duration_seconds,
        width=remote.width,
        height=remote.height,
    )


async def _set_state(
    services: Services, workspace_id: UUID, attachment_id: UUID, state: str, reason: str | None
) -> None:
    async with services.database.transaction(workspace_id) as tx:
        await store.set_state(tx, attachment_id, state, reason)


async def _set_stored(services: Services, workspace_id: UUID, attachment_id: UUID, kept: Kept) -> None:
    async with services.database.transaction(workspace_id) as tx:
        is_wanted = await store.set_stored(tx, attachment_id, kept.stored)
    if not is_wanted:  # erased meanwhile, or fetched twice at once
        await services.storage.delete(kept.storage_key)
