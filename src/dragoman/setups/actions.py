"""Setting a channel up, step by step: begun, written into, left and taken up again, given up.

What was entered is kept sealed with the connection from the first step on. Speaking to the platform is outside of any
transaction; what it came to is written in one.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec

from dragoman.access.model import Membership, Right
from dragoman.channels.contract import Channel, Credentials, Field, Manifest, Step
from dragoman.channels.errors import AwaitsPlatform
from dragoman.channels.registry import channel
from dragoman.connecting import actions as connecting
from dragoman.connecting import store as connections
from dragoman.connecting.clients import credentials_of, leads_to_the_simulator
from dragoman.connecting.keeping import sealed_into
from dragoman.connecting.store import Connection
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.services import Services
from dragoman.setups import store
from dragoman.setups.model import MOST_UNFINISHED, Asked, Setup, State


@dataclass(frozen=True, slots=True)
class Guided:
    """A set-up with the connection that it is about, and its secrets opened."""

    setup: Setup
    connection: Connection
    channel: Channel
    credentials: Credentials

    @property
    def manifest(self) -> Manifest:
        return self.channel.manifest

    @property
    def fields(self) -> list[Field]:
        """Those that this way to log in asks for, every one of them needed."""
        return fields_of(self.manifest, self.setup.way)

    @property
    def written(self) -> dict[str, str]:
        return {**self.credentials.settings, **self.credentials.secrets}

    @property
    def is_written(self) -> bool:
        return all(self.written.get(field.name) for field in self.fields)


def fields_of(manifest: Manifest, way: str) -> list[Field]:
    """The fields of one way to log in, in the order of its steps."""
    by_name = {field.name: field for field in manifest.fields}
    names = [name for step in manifest.steps_of(way) for name in step.fields]
    return [msgspec.structs.replace(by_name[name], optional=False) for name in names]


async def begin(
    services: Services,
    by: Membership,
    platform: str,
    way: str = "",
    *,
    renews: UUID | None = None,
    simulated: bool = False,
) -> UUID:
    """Its address and what we make up for it are there from now on. ``renews``: a channel of ours that is to go on
    with other credentials; what is written of it is taken over. Raises Refused."""
    by.needs(Right.MANAGE_CHANNELS)
    manifest = connecting.known_channel(platform).manifest
    asked_way, way = way, _way(manifest, way)
    simulated = simulated or leads_to_the_simulator(platform, services.settings)
    await connecting.refuse_simulation_in_production(services, by.workspace_id, simulated)
    async with services.database.transaction(by.workspace_id) as tx:
        if await store.unfinished(tx) >= MOST_UNFINISHED:
            raise Refused("conflict", f"{MOST_UNFINISHED} set-ups are unfinished: give one up first.", 409)
        made, plain = await _connection(services, tx, manifest, simulated, renews)
        if renews is not None and asked_way == "":
            way = _way_of(manifest, {*made.settings, *plain}) or way
        made = sealed_into(services.sealer, by.workspace_id, made, plain)
        await connections.add_connection(tx, made, now())
        setup = Setup(
            connection_id=made.connection_id,
            way=way,
            renews=renews,
            state=State.WAITING_FOR_YOU,
            step=manifest.steps_of(way)[0].name,
            checks=(),
            approvals={},
            begun_by=by.member_id,
            begun_at=now(),
        )
        await store.add(tx, setup)
        changed(tx, made.connection_id)
    return made.connection_id


def _way(manifest: Manifest, way: str) -> str:
    names = [each.name for each in manifest.ways]
    if way in names or (way == "" and not names):
        return way
    if way == "":
        return names[0]
    raise invalid(way="There is no such way to log in.")


async def _connection(
    services: Services, tx: Transaction, manifest: Manifest, simulated: bool, renews: UUID | None
) -> tuple[Connection, dict[str, str]]:
    """With what is to be sealed into it."""
    made = Connection(
        connection_id=new_id(),
        platform=manifest.platform,
        hook_key=secrets.token_urlsafe(24),
        secrets=None,
        secrets_key=None,
        settings={},
        simulated=simulated,
        delivery="webhook",
    )
    plain = connecting.made_up(manifest)
    if renews is not None:
        old = await _renewed(tx, manifest, renews)
        known = credentials_of(_workspace(tx), old, services.sealer, services.settings)
        made = msgspec.structs.replace(made, settings=old.settings, simulated=old.simulated)
        plain |= {name: value for name, value in known.secrets.items() if value}
    return made, plain


def _way_of(manifest: Manifest, given: set[str]) -> str | None:
    """By what was given when it was connected."""
    ways = (each.name for each in manifest.ways)
    return next((way for way in ways if {f.name for f in fields_of(manifest, way)} <= given), None)


async def _renewed(tx: Transaction, manifest: Manifest, channel_id: UUID) -> Connection:
    found = await connections.channel(tx, channel_id)
    old = await connections.connection(tx, found["connection_id"]) if found else None
    if found is None or old is None or old.platform != manifest.platform or found["lasting_id"] is not None:
        raise not_found("There is no such channel.")
    return old


def _workspace(tx: Transaction) -> UUID:
    """The transaction's own: a set-up is never outside of one."""
    if tx.workspace_id is None:
        raise ValueError("a set-up belongs to a workspace")
    return tx.workspace_id


async def guided(services: Services, workspace_id: UUID, setup_id: UUID) -> Guided:
    """Raises Refused where it is not there any more."""
    async with services.database.transaction(workspace_id) as tx:
        found = await store.setup(tx, setup_id)
        made = await connections.connection(tx, setup_id)
    if found is None or made is None:
        raise not_found("There is no such set-up.")
    return _opened(services, workspace_id, found, made)


def _opened(services: Services, workspace_id: UUID, setup: Setup, made: Connection) -> Guided:
    """With what this way to log in asks for; the token of another way would contradict it."""
    known = channel(made.platform)
    wanted = {*(field.name for field in fields_of(known.manifest, setup.way)), *known.manifest.generated}
    all_of_it = credentials_of(workspace_id, made, services.sealer, services.settings)
    credentials = msgspec.structs.replace(
        all_of_it,
        secrets={name: value for name, value in all_of_it.secrets.items() if name in wanted},
        settings={name: value for name, value in all_of_it.settings.items() if name in wanted},
    )
    return Guided(setup, made, known, credentials)


async def lasting_connection(tx: Transaction, there: Guided) -> Connection:
    """Whose address the platform is told: where a channel is renewed, its own stays."""
    if there.setup.renews is None:
        return there.connection
    return await _renewed(tx, there.manifest, there.setup.renews)


async def choose_way(services: Services, by: Membership, setup_id: UUID, way: str) -> None:
    """Another way to log in: what both ask for stays. Raises Refused."""
    by.needs(Right.MANAGE_CHANNELS)
    there = await guided(services, by.workspace_id, setup_id)
    way = _way(there.manifest, way)
    async with services.database.transaction(by.workspace_id) as tx:
        await _save(tx, setup_id, way=way, checks=(), state=State.WAITING_FOR_YOU)


async def write(
    services: Services, by: Membership, setup_id: UUID, step: str, fields: Mapping[str, str]
) -> list[str]:
    """Keep what a step asks for, and try it at once. Returns what was found, by name.

    A secret that is left out stays as it was entered before. Raises Refused; then what was written is kept all the
    same, so that nobody has to enter it twice.
    """
    by.needs(Right.MANAGE_CHANNELS)
    before = await guided(services, by.workspace_id, setup_id)
    chosen = _step(before, step)
    asked = [field for field in before.fields if field.name in chosen.fields]
    written = {name: value for name, value in before.written.items() if value}
    written |= {f.name: fields[f.name].strip() for f in asked if fields.get(f.name, "").strip()}
    connecting.refuse_missing(asked, written)
    there = await _keep(services, by.workspace_id, before, written, chosen)
    found = await _tried(there, chosen) if chosen.fields else []
    async with services.database.transaction(by.workspace_id) as tx:
        await _save(tx, setup_id, step=_after(there, chosen))
    return found


def _step(there: Guided, name: str) -> Step:
    found = next((each for each in there.manifest.steps_of(there.setup.way) if each.name == name), None)
    if found is None:
        raise not_found("There is no such step.")
    return found


async def _keep(
    services: Services, workspace_id: UUID, before: Guided, written: dict[str, str], step: Step
) -> Guided:
    public = {field.name for field in before.fields if not field.secret}
    made = msgspec.structs.replace(
        before.connection, settings={name: value for name, value in written.items() if name in public}
    )
    sealed = {name: value for name, value in written.items() if name not in public}
    made = sealed_into(services.sealer, workspace_id, made, sealed)
    async with services.database.transaction(workspace_id) as tx:
        await connections.renew_connection(tx, made, now())
        changes = {"checks": (), "state": State.WAITING_FOR_YOU} if written != before.written else {}
        setup = await _save(tx, before.setup.connection_id, step=step.name, **changes)
    return _opened(services, workspace_id, setup, made)


def _after(there: Guided, step: Step) -> str:
    steps = there.manifest.steps_of(there.setup.way)
    place = steps.index(step) + 1
    return steps[place].name if place < len(steps) else "checks"


async def _tried(there: Guided, step: Step) -> list[str]:
    """All of it with the last that is asked for; before, what can be tried of it."""
    last = [each for each in there.manifest.steps_of(there.setup.way) if each.fields][-1]
    client = there.channel.client(there.credentials)
    try:
        if step == last and there.is_written:
            return [account.name for account in await connecting.asked_of(client.check())]
        found = await connecting.asked_of(client.try_part())
        return [found] if found else []
    except AwaitsPlatform:
        return []  # the checks tell, and wait for it
    finally:
        await client.aclose()


async def note_approval(
    services: Services, by: Membership, setup_id: UUID, name: str, *, asked: bool, granted: bool
) -> None:
    """What the platform was asked for, and whether it has agreed: it tells nobody but its own dashboard."""
    by.needs(Right.MANAGE_CHANNELS)
    there = await guided(services, by.workspace_id, setup_id)
    if name not in {each.name for each in there.manifest.approvals}:
        raise not_found("There is no such approval.")
    approvals = {key: value for key, value in there.setup.approvals.items() if key != name}
    if asked or granted:
        before = there.setup.approvals.get(name)
        asked_at = before.asked_at if before else now()
        approvals[name] = Asked(asked_at=asked_at, granted_at=now() if granted else None)
    async with services.database.transaction(by.workspace_id) as tx:
        await _save(tx, setup_id, approvals=approvals)


async def give_up(services: Services, by: Membership, setup_id: UUID) -> None:
    """What was entered is gone. A channel that came of it stays, and is no longer watched by its set-up."""
    by.needs(Right.MANAGE_CHANNELS)
    async with services.database.transaction(by.workspace_id) as tx:
        if await store.setup(tx, setup_id, lock=True) is None:
            raise not_found("There is no such set-up.")
        await store.remove(tx, setup_id)
        if not await connections.channels_of(tx, setup_id):
            await connections.remove_connection(tx, setup_id, now())
        changed(tx, setup_id)


async def _save(tx: Transaction, setup_id: UUID, **changes: object) -> Setup:
    """Under the set-up's own lock: two admins may be at it."""
    before = await store.setup(tx, setup_id, lock=True)
    if before is None:
        raise not_found("There is no such set-up.")
    after = msgspec.structs.replace(before, **changes)
    await store.save(tx, after)
    changed(tx, setup_id)
    return after


def changed(tx: Transaction, setup_id: UUID) -> None:
    tx.changed("setup", fields={"setup_id": str(setup_id)})
