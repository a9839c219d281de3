"""A connection and its channels are stored, or, where the account is connected already, get new credentials."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

import msgspec
from psycopg.errors import UniqueViolation

from dragoman.access.sealing import CONNECTION_SECRETS, CannotOpen, Sealer
from dragoman.channels.contract import AccountInfo, Credentials, Manifest
from dragoman.connecting import store
from dragoman.connecting.store import Connection
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused
from dragoman.kit.ids import new_id
from dragoman.services import Services


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored now. ``channels``: the accounts by their channels' ids."""

    connection: Connection
    channels: dict[UUID, str]
    is_new: bool


async def keep(
    services: Services,
    workspace_id: UUID,
    manifest: Manifest,
    credentials: Credentials,
    accounts: tuple[AccountInfo, ...],
    delivery: str,
    simulated: bool,
    prepared: Connection | None = None,
) -> Kept:
    """Store it all before the platform first knocks. Raises Refused (``conflict``).

    ``prepared``: a connection that is there already, without channels, for accounts that are new here.
    """
    wanted = Connection(
        connection_id=new_id(),
        platform=manifest.platform,
        hook_key=secrets.token_urlsafe(24),
        secrets=None,
        secrets_key=None,
        settings=credentials.settings,
        simulated=simulated,
        delivery=delivery,
    )
    try:
        async with services.database.transaction(workspace_id) as tx:
            known = await store.connected(tx, manifest.platform, [a.account for a in accounts])
            before = await _the_one_connection(tx, known, simulated, accounts) or prepared
            if before is None:
                made = sealed_into(services.sealer, workspace_id, wanted, credentials.secrets)
                await store.add_connection(tx, made, now())
            else:
                plain = credentials.secrets | _made_up_before(services.sealer, workspace_id, before, manifest)
                after = msgspec.structs.replace(before, settings=credentials.settings, delivery=delivery)
                made = sealed_into(services.sealer, workspace_id, after, plain)
                await store.renew_connection(tx, made, now())
            channels = {known[a.account].channel_id if a.account in known else new_id(): a for a in accounts}
            for channel_id, account in channels.items():
                if account.account not in known:
                    await _add_channel(tx, channel_id, made, account)
    except UniqueViolation:
        raise _connected_already(accounts) from None
    return Kept(made, {channel_id: a.account for channel_id, a in channels.items()}, is_new=not known)


async def _the_one_connection(
    tx: Transaction,
    known: dict[str, store.Connected],
    simulated: bool,
    accounts: tuple[AccountInfo, ...],
) -> Connection | None:
    """The connection whose credentials these replace; None: the accounts are new here."""
    connections = {each.connection_id for each in known.values()}
    if not connections:
        return None
    before = await store.connection(tx, connections.pop())
    if connections or before is None or before.simulated != simulated:
        raise _connected_already(accounts)
    return before


def _connected_already(accounts: tuple[AccountInfo, ...]) -> Refused:
    names = ", ".join(account.name for account in accounts)
    return Refused(
        "conflict", f"{names} is connected already in another way: remove that channel first.", 409
    )


def _made_up_before(
    sealer: Sealer, workspace_id: UUID, before: Connection, manifest: Manifest
) -> dict[str, str]:
    """What the platform was told by us stays, so that what it is delivering at this moment is believed."""
    if before.secrets is None or before.secrets_key is None:
        return {}
    try:
        opened = sealer.open(
            before.secrets, before.secrets_key, workspace=workspace_id, column=CONNECTION_SECRETS
        )
    except CannotOpen:
        return {}
    old = msgspec.json.decode(opened, type=dict[str, str])
    return {name: old[name] for name in manifest.generated if name in old}


def sealed_into(
    sealer: Sealer, workspace_id: UUID, connection: Connection, plain: dict[str, str]
) -> Connection:
    """The connection with these secrets."""
    sealed, key = sealer.seal(msgspec.json.encode(plain), workspace=workspace_id, column=CONNECTION_SECRETS)
    return msgspec.structs.replace(connection, secrets=sealed, secrets_key=key)


async def _add_channel(tx: Transaction, channel_id: UUID, made: Connection, info: AccountInfo) -> None:
    at = now()
    await store.add_channel(
        tx, channel_id, made, account=info.account, name=info.name, handle=info.handle, now=at
    )
    tx.changed("channel", channel_id=channel_id)
