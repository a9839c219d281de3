"""SQL about the pictures that customers show of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.files import store
from dragoman.files.forgetting import FORGET_FILE
from dragoman.files.reencode import PORTRAIT_PIXELS, PORTRAIT_TYPE
from dragoman.work import jobs
from dragoman.work.jobs import Job


@dataclass(frozen=True, slots=True)
class Portrait:
    """A square of PORTRAIT_PIXELS that lies in the storage."""

    attachment_id: UUID
    storage_key: str
    size_bytes: int


async def add(tx: Transaction, channel_id: UUID, portrait: Portrait, at: datetime) -> None:
    """Whoever sees the channel may be shown it."""
    await tx.execute(
        """
        insert into attachments (workspace_id, attachment_id, channel_id, kind, state, sniffed_type, size_bytes,
                                 width, height, storage_key, created_at)
        values (%(workspace)s, %(attachment)s, %(channel)s, 'image', 'stored', %(type)s, %(size)s,
                %(pixels)s, %(pixels)s, %(key)s, %(at)s)""",
        {
            "workspace": tx.workspace_id,
            "attachment": portrait.attachment_id,
            "channel": channel_id,
            "type": PORTRAIT_TYPE,
            "size": portrait.size_bytes,
            "pixels": PORTRAIT_PIXELS,
            "key": portrait.storage_key,
            "at": at,
        },
    )


async def change(tx: Transaction, identity_id: UUID, picture_id: UUID | None, at: datetime) -> None:
    """This is their picture now; None: they show none. The one before goes, once this has committed."""
    before: UUID | None = await tx.value(
        """
        select picture_id from identities
        where workspace_id = %(workspace)s and identity_id = %(identity)s for update""",
        {"workspace": tx.workspace_id, "identity": identity_id},
    )
    await tx.execute(
        """
        update identities set picture_id = %(picture)s
        where workspace_id = %(workspace)s and identity_id = %(identity)s""",
        {"workspace": tx.workspace_id, "identity": identity_id, "picture": picture_id},
    )
    keys = await store.forget(tx, [before]) if before is not None else []
    await jobs.schedule(
        tx,
        [
            Job(kind=FORGET_FILE, subject=before, lane=0, due_at=at, payload={"key": key})
            for key in keys
            if before
        ],
    )
