"""Every statement about the browsers that members are told on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from dragoman.db.database import Transaction


@dataclass(frozen=True, slots=True)
class NewDevice:
    device_id: UUID
    member_id: UUID
    session_id: UUID
    endpoint_hash: bytes
    secrets: bytes = field(repr=False)
    secrets_key: str
    device: str | None
    locale: str


@dataclass(frozen=True, slots=True)
class ListedDevice:
    device_id: UUID
    session_id: UUID
    device: str | None
    created_at: datetime
    last_told_at: datetime | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class ToldDevice:
    """One that something is about to be sent to. ``is_signed_in``: its session has not ended."""

    device_id: UUID
    member_id: UUID
    secrets: bytes = field(repr=False)
    secrets_key: str
    locale: str
    is_signed_in: bool


async def session_id(tx: Transaction, token_hash: bytes) -> UUID | None:
    """In a transaction that names the session."""
    found: UUID | None = await tx.value(
        "select session_id from account_sessions where token_hash = %(hash)s", {"hash": token_hash}
    )
    return found


async def keep(tx: Transaction, new: NewDevice, at: datetime) -> UUID:
    """The same browser is there once: it now belongs to this member and session."""
    kept: UUID = await tx.value(
        """
        insert into push_devices (workspace_id, device_id, member_id, session_id, endpoint_hash, secrets, secrets_key,
                                  device, locale, created_at)
        values (%(workspace)s, %(device_id)s, %(member)s, %(session)s, %(hash)s, %(secrets)s, %(key)s, %(device)s,
                %(locale)s, %(at)s)
        on conflict (workspace_id, endpoint_hash) do update
            set member_id = excluded.member_id, session_id = excluded.session_id, secrets = excluded.secrets,
                secrets_key = excluded.secrets_key, device = excluded.device, locale = excluded.locale,
                trouble = null
        returning device_id""",
        {
            "workspace": tx.workspace_id,
            "device_id": new.device_id,
            "member": new.member_id,
            "session": new.session_id,
            "hash": new.endpoint_hash,
            "secrets": new.secrets,
            "key": new.secrets_key,
            "device": new.device,
            "locale": new.locale,
            "at": at,
        },
    )
    return kept


async def forget_oldest(tx: Transaction, member_id: UUID, most: int) -> None:
    await tx.execute(
        """
        delete from push_devices where workspace_id = %(workspace)s and device_id in (
            select device_id from push_devices
            where workspace_id = %(workspace)s and member_id = %(member)s
            order by created_at desc, device_id offset %(most)s)""",
        {"workspace": tx.workspace_id, "member": member_id, "most": most},
    )


async def of_member(tx: Transaction, member_id: UUID, account_id: UUID) -> list[ListedDevice]:
    """Those whose session has not ended. In a transaction that names the account."""
    return await tx.all(
        ListedDevice,
        """
        select d.device_id, d.session_id, d.device, d.created_at, d.last_told_at, d.trouble
        from push_devices d
        join account_sessions s on s.session_id = d.session_id and s.account_id = %(account)s
             and s.expires_at > now()
        where d.workspace_id = %(workspace)s and d.member_id = %(member)s order by d.created_at, d.device_id""",
        {"workspace": tx.workspace_id, "member": member_id, "account": account_id},
    )


async def ids_of(tx: Transaction, members: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Device and member."""
    rows = await tx.rows(
        """
        select device_id, member_id from push_devices
        where workspace_id = %(workspace)s and member_id = any(%(members)s) order by device_id""",
        {"workspace": tx.workspace_id, "members": list(members)},
    )
    return [(row[0], row[1]) for row in rows]


async def told(tx: Transaction, device_id: UUID) -> ToldDevice | None:
    """None: it is not there any more. Names the account of its member, to see whether the session goes on."""
    account = await tx.value(
        """
        select set_config('app.account_id', m.account_id::text, true) from push_devices d
        join members m on m.workspace_id = d.workspace_id and m.member_id = d.member_id
        where d.workspace_id = %(workspace)s and d.device_id = %(device)s""",
        {"workspace": tx.workspace_id, "device": device_id},
    )
    if account is None:
        return None
    return await tx.one(
        ToldDevice,
        """
        select d.device_id, d.member_id, d.secrets, d.secrets_key, d.locale,
               exists (select from account_sessions s where s.session_id = d.session_id
                         and s.account_id = %(account)s::uuid and s.expires_at > now()) as is_signed_in
        from push_devices d where d.workspace_id = %(workspace)s and d.device_id = %(device)s""",
        {"workspace": tx.workspace_id, "device": device_id, "account": account},
    )


async def note_outcome(tx: Transaction, device_id: UUID, at: datetime, trouble: str | None) -> None:
    """``trouble`` None: it was told at this time."""
    await tx.execute(
        """
        update push_devices
        set trouble = %(trouble)s,
            last_told_at = case when %(trouble)s::text is null then %(at)s else last_told_at end
        where workspace_id = %(workspace)s and device_id = %(device)s""",
        {"workspace": tx.workspace_id, "device": device_id, "at": at, "trouble": trouble},
    )


async def forget(tx: Transaction, device_id: UUID, member_id: UUID | None = None) -> bool:
    """Only this member's, where one is named. False: there was none."""
    return bool(
        await tx.execute(
            """
            delete from push_devices
            where workspace_id = %(workspace)s and device_id = %(device)s
              and (%(member)s::uuid is null or member_id = %(member)s)""",
            {"workspace": tx.workspace_id, "device": device_id, "member": member_id},
        )
    )
