"""Every statement about attachments."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from dragoman.channels.events import MediaKind
from dragoman.db.database import Transaction


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is needed to show one. ``channel_id`` None: uploaded, and not sent yet."""

    attachment_id: UUID
    channel_id: UUID | None
    uploaded_by: UUID | None
    kind: str
    state: str
    reason: str | None
    name: str | None
    mime_type: str | None
    sniffed_type: str | None
    size_bytes: int | None
    width: int | None
    height: int | None
    duration_seconds: float | None
    emoji: str | None
    storage_key: str | None
    small_bytes: int | None
    large_bytes: int | None
    blur: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a content once it lies in the storage."""

    sniffed_type: str
    size_bytes: int
    width: int | None
    height: int | None
    storage_key: str
    small_bytes: int | None
    large_bytes: int | None
    blur: str | None


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that lies at the platform: what is needed to fetch it. ``source`` is sealed."""

    attachment_id: UUID
    connection_id: UUID
    platform: str
    account: str
    kind: str
    state: str
    source: bytes | None = field(repr=False)
    source_key: str | None
    name: str | None
    mime_type: str | None
    size_bytes: int | None
    duration_seconds: float | None
    width: int | None
    height: int | None


async def attachment(tx: Transaction, attachment_id: UUID) -> Attachment | None:
    return await tx.one(
        Attachment,
        """select attachment_id, channel_id, uploaded_by, kind, state, reason, name, mime_type, sniffed_type,
                  size_bytes, width, height, duration_seconds, emoji, storage_key, small_bytes, large_bytes, blur
           from attachments where workspace_id = %(workspace)s and attachment_id = %(attachment)s""",
        {"workspace": tx.workspace_id, "attachment": attachment_id},
    )


async def remote(tx: Transaction, attachment_id: UUID) -> Remote | None:
    """None: there is none (any more), or its channel is not connected any more."""
    return await tx.one(
        Remote,
        """select a.attachment_id, c.connection_id, c.platform, c.account, a.kind, a.state, a.source, a.source_key,
                  a.name, a.mime_type, a.size_bytes, a.duration_seconds, a.width, a.height
           from attachments a
           join channels c on c.workspace_id = a.workspace_id and c.channel_id = a.channel_id
           where a.workspace_id = %(workspace)s and a.attachment_id = %(attachment)s and c.state <> 'removed'""",
        {"workspace": tx.workspace_id, "attachment": attachment_id},
    )


async def add_upload(
    tx: Transaction,
    attachment_id: UUID,
    *,
    member_id: UUID,
    kind: MediaKind,
    name: str | None,
    stored: Stored,
    at: datetime,
) -> None:
    await tx.execute(
        """insert into attachments (workspace_id, attachment_id, uploaded_by, kind, state, name, mime_type,
                                    sniffed_type, size_bytes, width, height, storage_key, small_bytes,
                                    large_bytes, blur, created_at)
           values (%(workspace)s, %(attachment)s, %(member)s, %(kind)s, 'stored', %(name)s, %(sniffed_type)s,
                   %(sniffed_type)s, %(size_bytes)s, %(width)s, %(height)s, %(storage_key)s, %(small_bytes)s,
                   %(large_bytes)s, %(blur)s, %(at)s)""",
        {
            "workspace": tx.workspace_id,
            "attachment": attachment_id,
            "member": member_id,
            "kind": kind,
            "name": name,
            "at": at,
            **asdict(stored),
        },
    )


async def set_stored(tx: Transaction, attachment_id: UUID, stored: Stored) -> bool:
    """Where it lay at the platform is forgotten. False: nobody waits for it any more."""
    row = await tx.row(
        """update attachments
           set state = 'stored', reason = null, source = null, source_key = null, sniffed_type = %(sniffed_type)s,
               size_bytes = %(size_bytes)s, width = coalesce(%(width)s, width),
               height = coalesce(%(height)s, height), storage_key = %(storage_key)s,
               small_bytes = %(small_bytes)s, large_bytes = %(large_bytes)s, blur = %(blur)s
           where workspace_id = %(workspace)s and attachment_id = %(attachment)s and state = 'waiting'
           returning channel_id, message_id""",
        {
            "workspace": tx.workspace_id,
            "attachment": attachment_id,
            **asdict(stored),
        },
    )
    return await _changed(tx, row)


async def set_state(tx: Transaction, attachment_id: UUID, state: str, reason: str | None) -> bool:
    """Linked, failed or refused. False: nobody waits for it any more."""
    row = await tx.row(
        """update attachments set state = %(state)s, reason = %(reason)s
           where workspace_id = %(workspace)s and attachment_id = %(attachment)s and state = 'waiting'
           returning channel_id, message_id""",
        {"workspace": tx.workspace_id, "attachment": attachment_id, "state": state, "reason": reason},
    )
    return await _changed(tx, row)


async def forget(tx: Transaction, attachment_ids: list[UUID]) -> list[str]:
    """The keys of what must leave the storage once this has committed."""
    rows = await tx.rows(
        """delete from attachments
           where workspace_id = %(workspace)s and attachment_id = any(%(attachments)s) returning storage_key""",
        {"workspace": tx.workspace_id, "attachments": attachment_ids},
    )
    return [row[0] for row in rows if row[0] is not None]


async def never_sent(tx: Transaction, before: datetime, limit: int) -> list[UUID]:
    """Uploads that no reply took along, and that no draft has beside it."""
    rows = await tx.rows(
        """select attachment_id from attachments
           where workspace_id = %(workspace)s and message_id is null and uploaded_by is not null
             and created_at < %(before)s
             and not exists (select from draft_files f where f.workspace_id = attachments.workspace_id
                             and f.attachment_id = attachments.attachment_id)
           limit %(limit)s""",
        {"workspace": tx.workspace_id, "before": before, "limit": limit},
    )
    return [row[0] for row in rows]


async def named(tx: Transaction, storage_keys: list[str]) -> set[str]:
    """Those of these keys that an attachment of this workspace has."""
    rows = await tx.rows(
        """select storage_key from attachments
           where workspace_id = %(workspace)s and storage_key = any(%(keys)s)""",
        {"workspace": tx.workspace_id, "keys": storage_keys},
    )
    return {row[0] for row in rows}


async def _changed(tx: Transaction, row: tuple[Any, ...] | None) -> bool:
    if row is None:
        return False
    channel_id, message_id = row
    conversation_id = await tx.value(
        """select conversation_id from messages
           where workspace_id = %(workspace)s and message_id = %(message)s""",
        {"workspace": tx.workspace_id, "message": message_id},
    )
    tx.changed("message.state", channel_id=channel_id, conversation_id=conversation_id, message_id=message_id)
    return True
