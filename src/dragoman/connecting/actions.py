"""Connecting a channel: try the credentials, keep them sealed, have the platform deliver, and see that it does."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from dragoman.channels.contract import AccountInfo, Channel, Client, Credentials, Field, Manifest
from dragoman.channels.errors import AwaitsPlatform, ChannelError, LeftToTheAdmin
from dragoman.channels.registry import UnknownPlatform, channel
from dragoman.connecting import accounts, looks, store
from dragoman.connecting.clients import (
    api_base,
    credentials_of,
    further_bases,
    leads_to_the_simulator,
)
from dragoman.connecting.keeping import Kept, keep
from dragoman.connecting.store import Connection
from dragoman.connecting.trouble import is_well, tell_trouble
from dragoman.db.database import Transaction
from dragoman.errors import OperatorError
from dragoman.health.schedule import first_listen, first_watch
from dragoman.inbound.door import hook_path
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.sentences import wording_of
from dragoman.services import Services
from dragoman.setups import store as setups
from dragoman.templates import looking
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

log = logging.getLogger(__name__)
T = TypeVar("T")

PLATFORM_SECONDS = 45
LONGEST_FIELD = 2000  # characters
POLL = "poll"


async def connect(
    services: Services,
    workspace_id: UUID,
    platform: str,
    fields: Mapping[str, str],
    *,
    delivery: str | None = None,
    simulated: bool = False,
) -> list[UUID]:
    """Connect every account that these credentials speak for. Returns the channels' ids.

    Raises Refused: ``invalid`` (a field), ``platform_refused`` (the platform's no, in plain words), ``conflict``
    (the account is connected in another way), ``needs_address`` (no way for the platform to reach us).
    An account that is connected already keeps its channel, which speaks with these credentials from now on.
    """
    known = known_channel(platform)
    manifest = known.manifest
    simulated = simulated or leads_to_the_simulator(platform, services.settings)
    await refuse_simulation_in_production(services, workspace_id, simulated)
    written = checked(manifest, fields)
    delivery = delivery_of(services, manifest, delivery, simulated)
    credentials = _credentials(services, manifest, written, simulated)
    try:
        accounts = await accounts_of(known, credentials)
    except AwaitsPlatform as waits:
        raise Refused("platform_refused", waits.reason, 422) from None
    kept = await keep(services, workspace_id, manifest, credentials, accounts, delivery, simulated)
    try:
        await have_it_delivered(services, workspace_id, known, kept)
    except Refused as refused:
        await not_delivered(services, workspace_id, kept, refused.message)
        raise
    except LeftToTheAdmin as left:
        await wait_for_the_admin(services, workspace_id, kept, left.reason)
        return list(kept.channels)
    await go_live(services, workspace_id, kept)
    return list(kept.channels)


def known_channel(platform: str) -> Channel:
    """Raises Refused: there is no such platform."""
    try:
        return channel(platform)
    except UnknownPlatform as unknown:
        raise invalid(platform=str(unknown)) from None


async def refuse_simulation_in_production(services: Services, workspace_id: UUID, simulated: bool) -> None:
    """Raises Refused: what is simulated is for trial workspaces."""
    if not simulated:
        return
    async with services.database.transaction(workspace_id) as tx:
        if await store.workspace_kind(tx) == "production":
            raise Refused("forbidden", "A production workspace takes no simulated channels.", 403)


def checked(manifest: Manifest, fields: Mapping[str, str]) -> dict[str, str]:
    """What was written into the form. Raises Refused: what is missing or too long."""
    written = {field.name: fields.get(field.name, "").strip() for field in manifest.fields}
    refuse_missing(manifest.fields, written)
    return written


def refuse_missing(fields: Iterable[Field], written: Mapping[str, str]) -> None:
    """Raises Refused: which of these are missing or far too long."""
    fields = list(fields)
    wrong = {
        field.name: f"{field.label} is missing."
        for field in fields
        if not written.get(field.name) and not field.optional
    }
    wrong |= {
        field.name: "This is far too long."
        for field in fields
        if len(written.get(field.name, "")) > LONGEST_FIELD
    }
    if wrong:
        raise invalid(**wrong)


def delivery_of(services: Services, manifest: Manifest, asked: str | None, simulated: bool) -> str:
    """By webhook where the platform can reach us, else by asking it where it can be asked."""
    reachable = simulated or services.settings.own_url.startswith("https://")
    if asked is None:
        asked = "webhook" if reachable or not manifest.polls else "polling"
    if asked == "polling" and not manifest.polls:
        raise Refused("needs_address", f"{manifest.title} only delivers to a public https address.", 422)
    if asked == "webhook" and not reachable:
        raise Refused(
            "needs_address",
            f"{manifest.title} needs to reach us: set PUBLIC_URL to an https address that leads here.",
            422,
        )
    return asked


def made_up(manifest: Manifest) -> dict[str, str]:
    """The secrets that we hand to the platform."""
    return {name: secrets.token_urlsafe(32) for name in manifest.generated}


def _credentials(
    services: Services, manifest: Manifest, written: Mapping[str, str], simulated: bool
) -> Credentials:
    hidden = {f.name for f in manifest.fields if f.secret}
    try:
        base = api_base(manifest.platform, simulated, services.settings)
        further = further_bases(manifest.platform, simulated, services.settings)
    except OperatorError as missing:
        raise Refused("needs_simulator", str(missing), 422) from None
    return Credentials(
        secrets={**{n: v for n, v in written.items() if n in hidden}, **made_up(manifest)},
        settings={n: v for n, v in written.items() if n not in hidden},
        api_base=base,
        further_bases=further,
    )


async def accounts_of(known: Channel, credentials: Credentials) -> tuple[AccountInfo, ...]:
    """Whom the credentials speak for. Raises Refused."""
    client = known.client(credentials)
    try:
        return await asked_of(client.check())
    finally:
        await client.aclose()


async def asked_of(question: Awaitable[T]) -> T:
    """Ask the platform; its no becomes ours, in its words made plain.

    Raises Refused, LeftToTheAdmin, AwaitsPlatform.
    """
    try:
        async with asyncio.timeout(PLATFORM_SECONDS):
            return await question
    except (LeftToTheAdmin, AwaitsPlatform):
        raise
    except ChannelError as refused:
        raise Refused("platform_refused", refused.reason, 422) from None
    except TimeoutError:
        raise Refused("platform_refused", "The platform did not answer in time: try again.", 422) from None


async def have_it_delivered(services: Services, workspace_id: UUID, known: Channel, kept: Kept) -> None:
    """Raises Refused, LeftToTheAdmin."""
    if kept.connection.delivery != "webhook":
        return
    address = hook_address(services, workspace_id, kept.connection)
    client = known.client(credentials_of(workspace_id, kept.connection, services.sealer, services.settings))
    try:
        for account in kept.channels.values():
            await asked_of(client.register(account, address))
    finally:
        await client.aclose()


def hook_address(services: Services, workspace_id: UUID, made: Connection) -> str:
    """Where the platform delivers. A simulator stands on this machine and needs no way through the outside."""
    base = services.settings.listening_url if made.simulated else services.settings.own_url
    return base.rstrip("/") + hook_path(made.platform, workspace_id, made.hook_key)


async def go_live(services: Services, workspace_id: UUID, kept: Kept) -> None:
    """All that is left to do once the platform delivers."""
    made = kept.connection
    async with services.database.transaction(workspace_id) as tx:
        for channel_id in sorted(kept.channels):
            await is_well(tx, channel_id, now())
        if made.delivery == "polling":
            lane = lane_of(made.connection_id, POLL)
            await jobs.schedule(tx, [Job(kind=POLL, subject=made.connection_id, lane=lane, due_at=now())])
        else:
            await jobs.done(tx, POLL, [made.connection_id])
        if channel(made.platform).manifest.brings_accounts:
            await jobs.schedule(tx, [looks.for_unknown_ones(made.connection_id, now() + looks.EVERY)])
        if looking.has_templates(made.platform):
            await jobs.schedule(tx, [looking.look_at(made.connection_id, now())])
        await jobs.schedule(tx, [first_watch(made.connection_id, now()), first_listen(workspace_id, now())])


async def not_delivered(
    services: Services, workspace_id: UUID, kept: Kept, reason: str, *, is_prepared: bool = False
) -> None:
    """What was made a moment ago goes away; what was there stays, and says what is wrong. ``is_prepared``: the
    connection is still being set up, and stays for the next try."""
    async with services.database.transaction(workspace_id) as tx:
        for channel_id in sorted(kept.channels):
            if kept.is_new:
                await store.set_state(tx, channel_id, "removed")
            else:
                await tell_trouble(tx, channel_id, reason, now())
        if kept.is_new and not is_prepared:
            await store.remove_connection(tx, kept.connection.connection_id, now())


async def wait_for_the_admin(services: Services, workspace_id: UUID, kept: Kept, reason: str) -> None:
    """The channels say what is left to do, and are looked at until it is done."""
    async with services.database.transaction(workspace_id) as tx:
        for channel_id in sorted(kept.channels):
            await tell_trouble(tx, channel_id, reason, now())


async def remove(services: Services, workspace_id: UUID, channel_id: UUID) -> None:
    """Disconnect. What came in stays; the platform is told, if it still listens to us. With the last account that the
    credentials speak for go those that came by it."""
    async with services.database.transaction(workspace_id) as tx:
        found = await _channel(tx, channel_id)
    if found["lasting_id"] is None:
        await _tell_platform(services, workspace_id, found)
    async with services.database.transaction(workspace_id) as tx:
        await store.set_state(tx, channel_id, "removed")
        await _remove_what_is_left(tx, found["connection_id"])


async def _tell_platform(services: Services, workspace_id: UUID, found: dict[str, Any]) -> None:
    try:
        client = await services.clients.of(workspace_id, found["connection_id"])
        async with asyncio.timeout(PLATFORM_SECONDS):
            await client.unregister(found["account"])
    except (ChannelError, TimeoutError) as refused:
        log.info("the platform was not told that channel %s is removed: %s", found["channel_id"], refused)


async def _remove_what_is_left(tx: Transaction, connection_id: UUID) -> None:
    came_by_it = await store.connected_accounts(tx, connection_id)
    if len(await store.channels_of(tx, connection_id)) > len(came_by_it):
        return
    for channel_id in came_by_it:
        await store.set_state(tx, channel_id, "removed")
    await store.remove_connection(tx, connection_id, now())
    await jobs.done(tx, POLL, [connection_id])
    await jobs.done(tx, looks.UNKNOWN, [connection_id])
    await setups.remove(tx, connection_id)
    tx.changed("setup", fields={"setup_id": str(connection_id)})


async def check(services: Services, workspace_id: UUID, channel_id: UUID) -> str | None:
    """Ask the platform how it stands. A sentence that says what is wrong, or None; kept with the channel."""
    async with services.database.transaction(workspace_id) as tx:
        found = await _channel(tx, channel_id)
        made = await store.connection(tx, found["connection_id"])
    trouble = await _trouble(services, workspace_id, found, made)
    async with services.database.transaction(workspace_id) as tx:
        if trouble:
            await tell_trouble(tx, channel_id, trouble, now())
        else:
            await is_well(tx, channel_id, now())
    return trouble


async def _trouble(
    services: Services, workspace_id: UUID, found: dict[str, Any], made: Connection | None
) -> str | None:
    if made is None:
        return "This channel is not connected any more."
    try:
        async with asyncio.timeout(PLATFORM_SECONDS):
            if found["lasting_id"] is not None:
                return await accounts.trouble_of(services, workspace_id, made.connection_id, found["account"])
            client = await services.clients.of(workspace_id, made.connection_id)
            await client.check()
            if made.delivery == "polling":
                return None
            address = hook_address(services, workspace_id, made)
            trouble = await client.hook_health(found["account"], address)
            if trouble is None or not may_be_begun_anew(made.platform, trouble):
                return trouble
            return await begun_anew(client, found["account"], address)
    except ChannelError as refused:
        return refused.reason
    except OperatorError as missing:
        return str(missing)
    except TimeoutError:
        return "The platform did not answer in time."


def may_be_begun_anew(platform: str, trouble: str) -> bool:
    """Where a platform ends its deliveries by itself. That it delivers elsewhere is somebody's will."""
    wording = wording_of(trouble)
    is_elsewhere = wording is not None and wording["code"].endswith(".delivers_elsewhere")
    return channel(platform).manifest.ends_deliveries and not is_elsewhere


async def begun_anew(client: Client, account: str, address: str) -> str | None:
    """Have the platform deliver again, which has ended that in silence. What is wrong then; None: it delivers."""
    try:
        await client.register(account, address)
        return await client.hook_health(account, address)
    except ChannelError as refused:
        return refused.reason


async def _channel(tx: Transaction, channel_id: UUID) -> dict[str, Any]:
    found = await store.channel(tx, channel_id)
    if found is None:
        raise not_found("There is no such channel.")
    return found
