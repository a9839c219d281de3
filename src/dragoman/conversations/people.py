"""SQL about contacts and their identities: who is outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns

PROFILE = "profile"  # the job that asks the platform for one


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A contact's account on one channel."""

    identity_id: UUID
    channel_id: UUID
    contact_id: UUID
    address: str
    name: str | None = None
    username: str | None = None
    locale: str | None = None
    blocked_us_at: datetime | None = None
    asked_at: datetime | None = None  # when the platform was last asked for their profile
    block_heard_at: datetime | None = None  # the platform's time of the newest word on it: blocked, or back


async def find(tx: Transaction, keys: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], Identity]:
    """Identities by (channel, address)."""
    if not keys:
        return {}
    rows = await tx.rows(
        """
        select a.channel_id, a.address, i.identity_id, i.contact_id, i.address, i.name, i.username, i.locale,
               i.blocked_us_at, i.block_heard_at, i.profile_at
        from unnest(%(channels)s::uuid[], %(addresses)s::text[]) as k(channel_id, address)
        join identity_addresses a on a.workspace_id = %(workspace)s and a.channel_id = k.channel_id
             and a.address = k.address
        join identities i on i.workspace_id = a.workspace_id and i.identity_id = a.identity_id""",
        {
            "workspace": tx.workspace_id,
            "channels": [channel for channel, _ in keys],
            "addresses": [address for _, address in keys],
        },
    )
    return {
        (channel, asked): Identity(
            identity_id=identity,
            channel_id=channel,
            contact_id=contact,
            address=address,
            name=name,
            username=username,
            locale=locale,
            blocked_us_at=blocked,
            block_heard_at=heard,
            asked_at=asked_at,
        )
        for channel, asked, identity, contact, address, name, username, locale, blocked, heard, asked_at in rows
    }


IDENTITY = Columns({
    "identity_id": "uuid", "channel_id": "uuid", "contact_id": "uuid", "address": "text", "name": "text",
    "username": "text", "locale": "text", "blocked_us_at": "timestamptz",
    "block_heard_at": "timestamptz",
})  # fmt: skip


async def add(tx: Transaction, identities: Sequence[Identity], now: datetime) -> None:
    """New people: a contact and an identity each, reached under one address."""
    if not identities:
        return
    rows = [
        (i.identity_id, i.channel_id, i.contact_id, i.address, i.name, i.username, i.locale, i.blocked_us_at,
         i.block_heard_at)
        for i in identities
    ]  # fmt: skip
    await tx.execute(
        f"""
        with new as (
            select * from json_to_recordset(%(rows)s) as n({IDENTITY.typed})
        ), people as (
            insert into contacts (workspace_id, contact_id, name, created_at)
            select %(workspace)s, contact_id, coalesce(name, username), %(now)s from new
        ), reached as (
            insert into identities (workspace_id, identity_id, channel_id, contact_id, address, name, username,
                                    locale, blocked_us_at, block_heard_at, created_at)
            select %(workspace)s, identity_id, channel_id, contact_id, address, name, username, locale, blocked_us_at,
                   block_heard_at, %(now)s
            from new
        )
        insert into identity_addresses (workspace_id, channel_id, address, identity_id)
        select %(workspace)s, channel_id, address, identity_id from new""",
        {"workspace": tx.workspace_id, "now": now, "rows": IDENTITY(rows)},
    )


async def update(tx: Transaction, identities: Sequence[Identity]) -> None:
    """Write what an identity is called now, as far as that is known. A contact that had the old name follows."""
    if not identities:
        return
    rows = [
        (i.identity_id, i.address, i.name, i.username, i.locale, i.blocked_us_at, i.block_heard_at)
        for i in identities
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    await tx.connection.execute(
        """
        with named as (
            select n.*, i.contact_id, coalesce(i.name, i.username) as old
            from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[],
                        %s::timestamptz[])
                 as n(identity_id, address, name, username, locale, blocked_us_at, block_heard_at)
            join identities i on i.workspace_id = %s and i.identity_id = n.identity_id
        ), contact as (
            update contacts c set name = coalesce(n.name, n.username)
            from named n
            where c.workspace_id = %s and c.contact_id = n.contact_id and c.name is not distinct from n.old
        )
        update identities i set address = n.address, name = coalesce(n.name, i.name),
               username = coalesce(n.username, i.username),
               locale = coalesce(n.locale, i.locale), blocked_us_at = n.blocked_us_at,
               block_heard_at = n.block_heard_at
        from named n where i.workspace_id = %s and i.identity_id = n.identity_id""",
        [*columns, tx.workspace_id, tx.workspace_id, tx.workspace_id],
    )


async def add_addresses(tx: Transaction, addresses: Mapping[tuple[UUID, str], UUID]) -> None:
    """More names, by (channel, address), under which people are found. A name that is taken stays whose it is."""
    if not addresses:
        return
    await tx.execute(
        """
        insert into identity_addresses (workspace_id, channel_id, address, identity_id)
        select %(workspace)s, n.* from unnest(%(channels)s::uuid[], %(addresses)s::text[], %(identities)s::uuid[]) as n
        on conflict do nothing""",
        {
            "workspace": tx.workspace_id,
            "channels": [channel for channel, _ in addresses],
            "addresses": [address for _, address in addresses],
            "identities": list(addresses.values()),
        },
    )


async def leave_addresses(tx: Transaction, keys: Collection[tuple[UUID, str]]) -> None:
    """These names, by (channel, address), are nobody's any more: a number may be given to somebody new."""
    if not keys:
        return
    await tx.execute(
        """
        delete from identity_addresses a
        using unnest(%(channels)s::uuid[], %(addresses)s::text[]) as n(channel_id, address)
        where a.workspace_id = %(workspace)s and a.channel_id = n.channel_id and a.address = n.address""",
        {
            "workspace": tx.workspace_id,
            "channels": [channel for channel, _ in keys],
            "addresses": [address for _, address in keys],
        },
    )


async def rename(
    tx: Transaction, identity_id: UUID, *, name: str | None, username: str | None, locale: str | None
) -> None:
    """What the platform's profile says; None leaves what is known. A contact that had the old name follows."""
    await tx.execute(
        """
        with named as (
            select identity_id, contact_id, coalesce(name, username) as old,
                   coalesce(%(name)s::text, name) as name, coalesce(%(username)s::text, username) as username,
                   coalesce(%(locale)s::text, locale) as locale
            from identities where workspace_id = %(workspace)s and identity_id = %(identity)s for update
        ), contact as (
            update contacts c set name = coalesce(n.name, n.username)
            from named n
            where c.workspace_id = %(workspace)s and c.contact_id = n.contact_id and c.name is not distinct from n.old
        )
        update identities i set name = n.name, username = n.username, locale = n.locale
        from named n where i.workspace_id = %(workspace)s and i.identity_id = n.identity_id""",
        {
            "workspace": tx.workspace_id,
            "identity": identity_id,
            "name": name,
            "username": username,
            "locale": locale,
        },
    )


async def by_id(tx: Transaction, identity_id: UUID) -> Identity | None:
    return await tx.one(
        Identity,
        """
        select identity_id, channel_id, contact_id, address, name, username, locale, blocked_us_at, block_heard_at
        from identities
        where workspace_id = %(workspace)s and identity_id = %(identity)s""",
        {"workspace": tx.workspace_id, "identity": identity_id},
    )


async def mark_asked(tx: Transaction, identity_id: UUID, at: datetime | None) -> None:
    """When the platform was last asked for this profile; None: it shall be asked when they write next."""
    await tx.execute(
        "update identities set profile_at = %(at)s where workspace_id = %(workspace)s and identity_id = %(identity)s",
        {"workspace": tx.workspace_id, "identity": identity_id, "at": at},
    )
