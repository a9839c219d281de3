"""Checks of the work: somebody does it, nothing is stuck, everything that came in can be found again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from dragoman.access.keys import MasterKey
from dragoman.db.database import Database
from dragoman.doctor import store
from dragoman.doctor.model import Finding, fail, ok, warn
from dragoman.doctor.store import Owner
from dragoman.inbound import ledger
from dragoman.inbound.ledger import ALARM_SECONDS

NEWEST = 500  # envelopes of each workspace that are looked up again


async def work_findings(
    database: Database, owner: Owner, workspaces: Sequence[UUID], keys: Sequence[MasterKey]
) -> AsyncIterator[Finding]:
    if not workspaces:
        yield warn("workspaces", "There is no workspace yet: open the link that `dragoman up` prints.")
    yield await worker(database, owner, workspaces)
    yield await parked(database, workspaces)
    yield await accounted(database, workspaces)
    yield await secrets(database, workspaces, keys)
    yield await simulated(database, workspaces)


async def worker(database: Database, owner: Owner, workspaces: Sequence[UUID]) -> Finding:
    overdue = 0.0
    for each in workspaces:
        async with database.transaction(each) as tx:
            overdue = max(overdue, await store.overdue_seconds(tx))
    return worker_verdict(await store.listening_workers(owner), overdue)


def worker_verdict(listening: int, overdue_seconds: float) -> Finding:
    """``listening``: workers whose connection hears of new work."""
    check = "work.worker"
    if overdue_seconds >= ALARM_SECONDS:
        return fail(
            check, f"Something has been waiting for a worker for {overdue_seconds:.0f} s: start one, or more."
        )
    if not listening:
        return fail(
            check,
            "No worker listens for work: start `dragoman worker`, and set LISTEN_DATABASE_URL if"
            " DATABASE_URL goes through a pooler.",
        )
    return ok(
        check, f"{_counted(listening, 'worker listens', 'workers listen')}, and nothing waits too long."
    )


async def parked(database: Database, workspaces: Sequence[UUID]) -> Finding:
    check, count = "work.parked", 0
    for each in workspaces:
        async with database.transaction(each) as tx:
            count += await store.parked(tx)
    if count:
        told = _counted(count, "thing waits", "things wait")
        return warn(check, f"{told} for a person: `dragoman parked` tells why.")
    return ok(check, "Nothing is parked.")


async def accounted(database: Database, workspaces: Sequence[UUID]) -> Finding:
    """The quick look; `dragoman ledger --verify` looks at everything."""
    check = "work.accounted"
    missing = sum([len(await ledger.missing_of_newest(database, each, NEWEST)) for each in workspaces])
    if missing:
        told = _counted(missing, "thing that came in is", "things that came in are")
        return fail(check, f"{told} not to be found: `dragoman ledger --verify` names them.")
    return ok(check, "Everything in the newest deliveries can be found again.")


async def secrets(database: Database, workspaces: Sequence[UUID], keys: Sequence[MasterKey]) -> Finding:
    check, needed = "work.secrets", set[str]()
    for each in workspaces:
        async with database.transaction(each) as tx:
            needed |= await store.sealing_keys(tx)
    missing = needed - {key.key_id for key in keys}
    if missing:
        return fail(
            check,
            f"Stored secrets need master keys that are not here: {', '.join(sorted(missing))}."
            " Restore them, or connect the channels again.",
        )
    return ok(check, "The master key opens all stored secrets.")


async def simulated(database: Database, workspaces: Sequence[UUID]) -> Finding:
    check, count = "work.simulated", 0
    for each in workspaces:
        async with database.transaction(each) as tx:
            count += await store.simulated_in_production(tx)
    if count:
        told = _counted(count, "simulated connection is", "simulated connections are")
        return fail(check, f"{told} in a production workspace: remove its channels.")
    return ok(check, "No simulated channel is in a production workspace.")


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
