"""What a person may do with a back-fill: leave it, have it go on, or ask for one where there was none."""

from __future__ import annotations

from uuid import UUID

from dragoman.access.model import Membership, Right
from dragoman.backfill import store
from dragoman.backfill.beginning import READ_PAST, begin_import, start
from dragoman.backfill.model import State, Why, ended, going_on
from dragoman.channels.registry import channel
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.work import jobs


async def stop(database: Database, by: Membership, backfill_id: UUID) -> None:
    """What was read stays. Raises Refused."""
    by.needs(Right.MANAGE_CHANNELS)
    async with database.transaction(by.workspace_id) as tx:
        run = await store.lock(tx, backfill_id)
        if run is None or not by.sees(run.channel_id):
            raise not_found("There is no such reading of the past.")
        if run.state == State.RUNNING:
            await store.save(tx, ended(run, State.STOPPED, now()))
            await jobs.done(tx, READ_PAST, [backfill_id])


async def go_on(database: Database, by: Membership, channel_id: UUID) -> None:
    """Whatever of the channel's past was left, or never begun, is read now. Raises Refused."""
    by.needs(Right.MANAGE_CHANNELS)
    async with database.transaction(by.workspace_id) as tx:
        source = await store.locked_source(tx, channel_id)
        if source is None or not by.sees(channel_id):
            raise not_found("There is no such channel.")
        if channel(source.platform).capabilities.past is None:
            raise Refused("conflict", "This platform shows nothing of what was said before.", 409)
        runs = [await store.newest(tx, channel_id, why) for why in Why]
        left = [run for run in runs if run and run.state in (State.STOPPED, State.FAILED)]
        for run in left:
            await start(tx, going_on(run, now()))
        is_new = await store.newest(tx, channel_id, Why.CONNECTED) is None
        if is_new and not left and not await begin_import(tx, channel_id, now()):
            raise Refused("conflict", "This workspace reads nothing in from before a connection.", 409)
