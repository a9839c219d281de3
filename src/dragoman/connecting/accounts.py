"""Accounts that their owners connect to ours in the platform's own app: their channels come and go by themselves.

What the platform tells is only a reason to ask it, since two such notices may overtake each other. Asked is outside of
any transaction; what the answer changes is written in one.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

from dragoman.channels.contract import ConnectedAccount
from dragoman.channels.errors import ChannelError, TryLater
from dragoman.channels.registry import CHANNELS
from dragoman.connecting import account_store, looks, store
from dragoman.connecting.account_store import KnownAccount
from dragoman.connecting.store import Connection
from dragoman.connecting.trouble import is_well, tell_trouble
from dragoman.db.database import Transaction
from dragoman.inbound import adopting
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)

ASK_SECONDS = 45
UNKNOWN_THERE = (
    "The platform no longer knows this account's connection to ours: its owner may connect it again."
)


async def look_at_told(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """The platform told that an account came, changed or went: see how it stands."""
    connection_id = UUID(job.payload["connection"])
    await _look_at(services, workspace_id, connection_id, job.payload["account"], was_told=True)
    return None


async def look_for_unknown(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Something arrived for accounts that have no channel: ask whose they are."""
    async with services.database.transaction(workspace_id) as tx:
        if await store.connection(tx, job.subject) is None:
            return None
        accounts = await adopting.unknown_accounts(tx, job.subject)
    for account in accounts:
        try:
            await _look_at(services, workspace_id, job.subject, account, was_told=False)
        except TryLater as refused:
            log.info("nobody could say whose account %s is, again in a moment: %s", account, refused)
            break
        except ChannelError as refused:  # it may be about this one alone
            log.info("nobody could say whose account %s is: %s", account, refused)
    async with services.database.transaction(workspace_id) as tx:
        await jobs.went_well(tx, looks.UNKNOWN, job.subject)
    return looks.EVERY


async def keep_looking(services: Services, workspace_id: UUID) -> None:
    """Every connection that may bring accounts is looked at, also one that is older than this."""
    platforms = [name for name, each in CHANNELS.items() if each.manifest.brings_accounts]
    async with services.database.transaction(workspace_id) as tx:
        missing = await account_store.connections_without_a_look(tx, platforms, looks.UNKNOWN)
        await jobs.schedule(tx, [looks.for_unknown_ones(connection_id, now()) for connection_id in missing])


async def trouble_of(services: Services, workspace_id: UUID, connection_id: UUID, account: str) -> str | None:
    """Ask the platform what is wrong with a connected account; None: nothing."""
    client = await services.clients.of(workspace_id, connection_id)
    found = await client.connected_account(account)
    return UNKNOWN_THERE if found is None else found.trouble


async def _look_at(
    services: Services, workspace_id: UUID, connection_id: UUID, account: str, *, was_told: bool
) -> None:
    client = await services.clients.of(workspace_id, connection_id)
    try:
        async with asyncio.timeout(ASK_SECONDS):
            found = await client.connected_account(account)
    except TimeoutError:
        raise TryLater("The platform did not answer in time.") from None
    more = True
    while more:
        async with services.database.transaction(workspace_id) as tx:
            made = await store.connection(tx, connection_id)
            if made is None or not await account_store.lock_connection(tx, connection_id):
                return
            if found is None:
                await _not_there(tx, connection_id, account)
                return
            more = await _take_in(tx, made, account, found, was_told=was_told)


async def _not_there(tx: Transaction, connection_id: UUID, account: str) -> None:
    if (channel_id := await account_store.named(tx, connection_id, account)) is not None:
        await tell_trouble(tx, channel_id, UNKNOWN_THERE, now())
    await adopting.looked_in_vain(tx, connection_id, account)


async def _take_in(
    tx: Transaction, made: Connection, account: str, found: ConnectedAccount, *, was_told: bool
) -> bool:
    """Keep the account as it stands now, and what waited for it. Returns whether more of that waits."""
    known = await account_store.known(tx, made.platform, found)
    is_new = known is None or known.state == "removed"
    if is_new and not found.enabled and not await adopting.something_waits(tx, made.connection_id, account):
        return False
    if known is not None and is_new and _was_sent_away(known, made, found, was_told=was_told):
        await adopting.leave_unread(tx, made.connection_id, account)
        return False
    if known is None or is_new:
        channel_id = new_id()
        await account_store.add(tx, channel_id, made, found)
        await _show(tx, channel_id, found)
    else:
        channel_id = known.channel_id
        if _is_newest(known, made.connection_id, found):
            await account_store.renew(tx, channel_id, made.connection_id, found)
            await _show(tx, channel_id, found)
    return await adopting.adopt(tx, made.connection_id, account, channel_id) == adopting.BATCH


def _was_sent_away(known: KnownAccount, made: Connection, found: ConnectedAccount, *, was_told: bool) -> bool:
    """Somebody of ours removed its channel alone. It stays away until its owner connects the account anew."""
    return known.connection_id == made.connection_id and not (was_told and found.enabled)


def _is_newest(known: KnownAccount, connection_id: UUID, found: ConnectedAccount) -> bool:
    """Whether this is what bodies call the account from now on: an earlier connection's end says nothing of it."""
    before = known.account
    if (known.connection_id, before.account) == (connection_id, found.account):
        return True
    if before.connected_at is None or found.connected_at is None:
        return found.enabled
    return found.enabled and found.connected_at >= before.connected_at


async def _show(tx: Transaction, channel_id: UUID, found: ConnectedAccount) -> None:
    if found.trouble is None:
        await is_well(tx, channel_id, now())
    else:
        await tell_trouble(tx, channel_id, found.trouble, now())
