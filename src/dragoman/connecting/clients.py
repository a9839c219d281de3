"""The channels' clients, one per connection, with its secrets opened: the only place where they are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

import msgspec

from dragoman.access.sealing import CONNECTION_SECRETS, CannotOpen, Sealer
from dragoman.channels.contract import Client, Credentials
from dragoman.channels.errors import NeedsReconnect
from dragoman.channels.registry import channel
from dragoman.config import Settings
from dragoman.connecting import store
from dragoman.connecting.store import Connection
from dragoman.db.database import Database, Transaction
from dragoman.errors import OperatorError

IN_USE_SECONDS = 300.0  # longer than any request that may be under way with a client


def credentials_of(workspace_id: UUID, made: Connection, sealer: Sealer, settings: Settings) -> Credentials:
    """Open a connection's secrets. Raises NeedsReconnect where they cannot be opened."""
    if made.secrets is None or made.secrets_key is None:
        raise NeedsReconnect("This channel has no credentials any more: connect it again.")
    try:
        opened = sealer.open(
            made.secrets, made.secrets_key, workspace=workspace_id, column=CONNECTION_SECRETS
        )
    except CannotOpen as cannot:
        raise NeedsReconnect(f"The stored credentials cannot be opened: {cannot}.") from cannot
    secrets = msgspec.json.decode(opened, type=dict[str, str])
    base = api_base(made.platform, made.simulated, settings)
    further = further_bases(made.platform, made.simulated, settings)
    return Credentials(secrets=secrets, settings=made.settings, api_base=base, further_bases=further)


def api_base(platform: str, simulated: bool, settings: Settings) -> str:
    """The address of the platform's API, or of the simulator that stands in for it."""
    manifest = channel(platform).manifest
    return _address(manifest.api_setting, manifest.simulator_path, simulated, settings)


def further_bases(platform: str, simulated: bool, settings: Settings) -> dict[str, str]:
    """The addresses of the platform's other APIs, by their names."""
    apis = channel(platform).manifest.further_apis
    return {
        name: _address(api.setting, api.simulator_path, simulated, settings) for name, api in apis.items()
    }


def _address(setting: str, simulator_path: str, simulated: bool, settings: Settings) -> str:
    if not simulated:
        return str(getattr(settings, setting))
    if settings.simulator_url is None:
        raise OperatorError(
            "This channel is simulated: set DRAGOMAN_SIMULATOR_URL to where the simulator runs."
        )
    return settings.simulator_url.rstrip("/") + simulator_path


def leads_to_the_simulator(platform: str, settings: Settings) -> bool:
    """Whether this installation's address of the platform is the simulator's: nothing there is the real thing."""
    simulator = settings.simulator_url
    addresses = [api_base(platform, False, settings), *further_bases(platform, False, settings).values()]
    return simulator is not None and any(each.startswith(simulator.rstrip("/")) for each in addresses)


class Clients:
    """Keeps a client as long as the connection's credentials stay the same, however they are sealed."""

    def __init__(self, database: Database, sealer: Sealer, settings: Settings) -> None:
        self._database = database
        self._sealer = sealer
        self._settings = settings
        self._kept: dict[UUID, Kept] = {}
        self._leaving: dict[asyncio.Task[None], Client] = {}

    async def of(self, workspace_id: UUID, connection_id: UUID) -> Client:
        """Raises NeedsReconnect where the connection is gone or its secrets cannot be opened."""
        async with self._database.transaction(workspace_id) as tx:
            return await self.within(tx, connection_id)

    async def within(self, tx: Transaction, connection_id: UUID) -> Client:
        """The same, for who has a transaction open."""
        made = await store.connection(tx, connection_id)
        kept = self._kept.get(connection_id)
        if made is None or tx.workspace_id is None:
            self._let_go(self._kept.pop(connection_id, None))
            raise NeedsReconnect("This channel is not connected any more.")
        if kept is not None and kept.is_of(made):
            return kept.client
        credentials = credentials_of(tx.workspace_id, made, self._sealer, self._settings)
        if kept is not None and kept.credentials == credentials:
            self._kept[connection_id] = replace(kept, connection=made)
            return kept.client
        self._let_go(kept)
        client = channel(made.platform).client(credentials)
        self._kept[connection_id] = Kept(made, credentials, client)
        return client

    def _let_go(self, kept: Kept | None) -> None:
        """Close it once whoever got it before has finished."""
        if kept is None:
            return
        task = asyncio.create_task(_close_later(kept.client))
        self._leaving[task] = kept.client
        task.add_done_callback(lambda closed: self._leaving.pop(closed, None))

    async def aclose(self) -> None:
        leaving = dict(self._leaving)
        for task in leaving:
            task.cancel()
        for client in [*leaving.values(), *(kept.client for kept in self._kept.values())]:
            await client.aclose()
        self._kept.clear()


@dataclass(frozen=True, slots=True)
class Kept:
    connection: Connection
    credentials: Credentials
    client: Client

    def is_of(self, made: Connection) -> bool:
        """Whether nothing was written since: then there is nothing to open."""
        return self.connection.secrets == made.secrets and self.connection.settings == made.settings


async def _close_later(client: Client) -> None:
    await asyncio.sleep(IN_USE_SECONDS)
    await client.aclose()
