"""How a customer is called and looks at the platform: asked once, and again when they write after a week.

Whoever writes is shown at once under the name that the event brought, or none; what the platform says comes later, and
whatever goes wrong with it costs nothing but the picture. Where a platform's terms forbid copies no picture is kept.
"""

from __future__ import annotations

import logging
import tempfile
from datetime import timedelta
from uuid import UUID

from dragoman.channels.capabilities import MediaStorage
from dragoman.channels.contract import Client, Profile
from dragoman.channels.errors import ChannelError, NeedsReconnect, Undeliverable
from dragoman.channels.events import Media
from dragoman.channels.registry import channel
from dragoman.connecting import store
from dragoman.conversations import people
from dragoman.conversations import store as conversations
from dragoman.conversations.people import Identity
from dragoman.db.database import Transaction
from dragoman.files import portraits
from dragoman.files.failures import FetchFailed, StorageFull
from dragoman.files.keeping import size_of
from dragoman.files.pictures import portrait
from dragoman.files.portraits import Portrait
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.services import Services
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)

MAX_PICTURE_BYTES = 8 * 1024 * 1024


async def look_up(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Raises TryLater. A platform that shows nothing of them takes the picture away, and leaves the name."""
    async with services.database.transaction(workspace_id) as tx:
        identity = await people.by_id(tx, job.subject)
        found = await store.channel(tx, identity.channel_id) if identity else None
        await people.mark_asked(tx, job.subject, now())
    if identity is None or found is None:
        return None
    client = await services.clients.of(workspace_id, found["connection_id"])
    try:
        profile = await _shown(client, found["account"], identity.address)
    except NeedsReconnect:  # a word about us and not about them
        async with services.database.transaction(workspace_id) as tx:
            await people.mark_asked(tx, job.subject, None)
        return None
    may_keep = channel(found["platform"]).capabilities.media is MediaStorage.STORED
    shown = profile.picture if may_keep else None
    picture = await _kept(services, client, found["account"], shown) if shown else None
    async with services.database.transaction(workspace_id) as tx:
        await _write_down(tx, identity, profile, picture)
    return None


async def _shown(client: Client, account: str, address: str) -> Profile:
    try:
        return await client.profile(account, address)
    except Undeliverable as refused:
        log.info("a profile is not shown: %s", refused)
        return Profile()


async def _kept(services: Services, client: Client, account: str, picture: Media) -> Portrait | None:
    """None: it cannot be had now."""
    try:
        address = await client.locate(account, picture)
        with tempfile.TemporaryFile() as target:
            async with services.fetcher.fetch(address, max_bytes=MAX_PICTURE_BYTES) as fetched:
                if not await portrait(fetched.file, target):
                    return None
            return Portrait(new_id(), await services.storage.put(target), size_of(target))
    except (ChannelError, FetchFailed, StorageFull) as trouble:
        log.info("a picture of a customer could not be had: %s", trouble)
        return None


async def _write_down(
    tx: Transaction, identity: Identity, profile: Profile, picture: Portrait | None
) -> None:
    await people.rename(
        tx, identity.identity_id, name=profile.name, username=profile.username, locale=profile.locale
    )
    if picture is not None:
        await portraits.add(tx, identity.channel_id, picture, now())
    if picture is not None or profile.picture is None:
        await portraits.change(tx, identity.identity_id, picture.attachment_id if picture else None, now())
    for key, conversation_id in (await conversations.ids_of(tx, [identity.identity_id])).items():
        tx.changed("conversation", conversation_id=conversation_id, channel_id=key[0])
