"""Sealed values are sealed anew by the first master key, while everything runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from dragoman.access.sealing import (
    ATTACHMENT_SOURCE,
    CONNECTION_SECRETS,
    INSTALLATION,
    PUSH_DEVICE,
    PUSH_KEY,
    WEBHOOK_SECRETS,
    CannotOpen,
    Sealer,
)
from dragoman.access.workspace_store import workspace_ids
from dragoman.db.database import Database, Transaction

ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """``batch`` locks rows that another key sealed, ids rising; ``write`` stores one of them."""

    name: str
    batch: LiteralString
    write: LiteralString


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many values were sealed anew, and the ids of keys that are missing for the others."""

    resealed: int
    missing_keys: frozenset[str]


COLUMNS = (
    SealedColumn(
        CONNECTION_SECRETS,
        """select connection_id, secrets, secrets_key from connections
           where workspace_id = %(workspace)s and secrets is not null and secrets_key <> %(key)s
             and (%(after)s::uuid is null or connection_id > %(after)s)
           order by connection_id limit %(limit)s for update""",
        """update connections set secrets = %(sealed)s, secrets_key = %(key)s
           where workspace_id = %(workspace)s and connection_id = %(id)s""",
    ),
    SealedColumn(
        ATTACHMENT_SOURCE,
        """select attachment_id, source, source_key from attachments
           where workspace_id = %(workspace)s and source is not null and source_key <> %(key)s
             and (%(after)s::uuid is null or attachment_id > %(after)s)
           order by attachment_id limit %(limit)s for update""",
        """update attachments set source = %(sealed)s, source_key = %(key)s
           where workspace_id = %(workspace)s and attachment_id = %(id)s""",
    ),
    SealedColumn(
        PUSH_DEVICE,
        """select device_id, secrets, secrets_key from push_devices
           where workspace_id = %(workspace)s and secrets_key <> %(key)s
             and (%(after)s::uuid is null or device_id > %(after)s)
           order by device_id limit %(limit)s for update""",
        """update push_devices set secrets = %(sealed)s, secrets_key = %(key)s
           where workspace_id = %(workspace)s and device_id = %(id)s""",
    ),
    SealedColumn(
        WEBHOOK_SECRETS,
        """select webhook_id, secrets, secrets_key from webhooks
           where workspace_id = %(workspace)s and secrets_key <> %(key)s
             and (%(after)s::uuid is null or webhook_id > %(after)s)
           order by webhook_id limit %(limit)s for update""",
        """update webhooks set secrets = %(sealed)s, secrets_key = %(key)s
           where workspace_id = %(workspace)s and webhook_id = %(id)s""",
    ),
)


async def reseal_everything(database: Database, sealer: Sealer) -> Resealed:
    """In batches, each a transaction of its own: it may be stopped and started again at any time."""
    done = [await _reseal_push_key(database, sealer)]
    for workspace_id in await workspace_ids(database):
        done += [await _reseal_column(database, sealer, workspace_id, column) for column in COLUMNS]
    return Resealed(
        sum(each.resealed for each in done), frozenset().union(*(each.missing_keys for each in done))
    )


async def _reseal_push_key(database: Database, sealer: Sealer) -> Resealed:
    """The one secret that belongs to no workspace."""
    async with database.transaction(installation_key="push") as tx:
        row = await tx.row("select private_key, private_key_key from installation_keys for update")
        if row is None or row[1] == sealer.key_id:
            return Resealed(0, frozenset())
        try:
            plaintext = sealer.open(*row, workspace=INSTALLATION, column=PUSH_KEY)
        except CannotOpen:
            return Resealed(0, frozenset({row[1]}))
        sealed, key_id = sealer.seal(plaintext, workspace=INSTALLATION, column=PUSH_KEY)
        await tx.execute(
            "update installation_keys set private_key = %(sealed)s, private_key_key = %(key)s",
            {"sealed": sealed, "key": key_id},
        )
        return Resealed(1, frozenset())


async def _reseal_column(
    database: Database, sealer: Sealer, workspace_id: UUID, column: SealedColumn
) -> Resealed:
    resealed, missing, after = 0, set[str](), None
    while True:
        async with database.transaction(workspace_id) as tx:
            rows = await tx.rows(column.batch, _batch(workspace_id, sealer.key_id, after))
            for row_id, sealed, key_id in rows:
                try:
                    plaintext = sealer.open(sealed, key_id, workspace=workspace_id, column=column.name)
                except CannotOpen:
                    missing.add(key_id)
                    continue
                await _write(tx, sealer, workspace_id, column, row_id, plaintext)
                resealed += 1
        if len(rows) < ROWS_AT_ONCE:
            return Resealed(resealed, frozenset(missing))
        after = rows[-1][0]


def _batch(workspace_id: UUID, key_id: str, after: UUID | None) -> dict[str, object]:
    return {"workspace": workspace_id, "key": key_id, "after": after, "limit": ROWS_AT_ONCE}


async def _write(
    tx: Transaction, sealer: Sealer, workspace_id: UUID, column: SealedColumn, row_id: UUID, plaintext: bytes
) -> None:
    sealed, key_id = sealer.seal(plaintext, workspace=workspace_id, column=column.name)
    await tx.execute(column.write, {"workspace": workspace_id, "id": row_id, "sealed": sealed, "key": key_id})
