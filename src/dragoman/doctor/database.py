"""Checks of the database: that it is of this program, keeps what it has confirmed, and keeps workspaces apart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

from dragoman.db.migrate import OLDEST_POSTGRES, next_to_apply, read_migrations
from dragoman.doctor import store
from dragoman.doctor.model import Finding, fail, ok, warn
from dragoman.doctor.store import Owner, Role
from dragoman.errors import OperatorError
from dragoman.kit.clock import now

SERVING_ROLES = ["dragoman_app", "dragoman_clock", "dragoman_door"]
MUST_BE_ON = ["fsync", "full_page_writes", "synchronous_commit"]
SKEW_NOTICED = timedelta(seconds=2)  # timers fire that much later
SKEW_HARMFUL = timedelta(seconds=30)


async def database_findings(owner: Owner) -> AsyncIterator[Finding]:
    yield version(owner)
    yield await schema(owner)
    yield await serving_roles(owner)
    yield await row_level_security(owner)
    yield await durability(owner)
    yield await clock(owner)


def version(owner: Owner) -> Finding:
    check, told = "database.version", owner.info.parameter_status("server_version")
    if owner.info.server_version < OLDEST_POSTGRES * 10_000:
        return fail(check, f"The database is PostgreSQL {told}, and we need {OLDEST_POSTGRES} or later.")
    return ok(check, f"The database is PostgreSQL {told}.")


async def schema(owner: Owner) -> Finding:
    check, applied = "database.schema", await store.applied_migrations(owner)
    try:
        missing = next_to_apply(read_migrations(), applied)
    except OperatorError as other:
        return fail(check, str(other))
    if missing is not None:
        return fail(
            check,
            f"The database lacks the migration {missing.number:04}_{missing.name}: run `dragoman migrate`.",
        )
    return ok(check, f"The database has all {len(applied)} migrations of this version.")


async def serving_roles(owner: Owner) -> Finding:
    """A policy binds neither a superuser, nor a role that bypasses it; an owner could take it away."""
    check, found = "database.roles", await store.roles(owner, SERVING_ROLES)
    missing = set(SERVING_ROLES) - {role.name for role in found}
    if missing:
        return fail(check, f"The database has no role {', '.join(sorted(missing))}: run `dragoman migrate`.")
    too_much = [_rights_too_many(role) for role in found]
    if any(too_much):
        return fail(check, f"{'; '.join(filter(None, too_much))}: workspaces are not kept apart.")
    barred = await store.cannot_become(owner, SERVING_ROLES)
    if barred:
        return fail(
            check,
            f"The user of DATABASE_URL may not become {', '.join(barred)}: a superuser grants it that role.",
        )
    return ok(check, "The roles that serve are neither superusers nor owners of a table.")


def _rights_too_many(role: Role) -> str:
    if role.is_superuser:
        return f"the role {role.name} is a superuser"
    if role.bypasses_policies:
        return f"the role {role.name} bypasses row-level security"
    return f"the role {role.name} owns tables" if role.owns_tables else ""


async def row_level_security(owner: Owner) -> Finding:
    check, open_tables = "database.row_level_security", await store.unguarded_tables(owner)
    if open_tables:
        return fail(check, f"Row-level security is not forced on {', '.join(open_tables)}.")
    return ok(check, "Row-level security is forced on every table.")


async def durability(owner: Owner) -> Finding:
    check, off = "database.durability", await store.switched_off(owner, MUST_BE_ON)
    if off:
        return fail(check, f"{', '.join(off)} is off: a power cut loses messages that we have confirmed.")
    return ok(check, "What the database confirms is on its disk.")


async def clock(owner: Owner) -> Finding:
    """Against the middle of the question's way there and back."""
    asked = now()
    told = await store.time_of_day(owner)
    skew = told - (asked + (now() - asked) / 2)
    return clock_verdict(skew)


def clock_verdict(skew: timedelta) -> Finding:
    """``skew``: how far the database's clock is ahead of ours."""
    check, apart = "database.clock", abs(skew)
    if apart < SKEW_NOTICED:
        return ok(check, "The clocks of this machine and of the database agree.")
    where = "ahead of" if skew > timedelta(0) else "behind"
    sentence = (
        f"The database's clock is {apart.total_seconds():.0f} s {where} this machine's:"
        " have both ask the same time server."
    )
    return fail(check, sentence) if apart >= SKEW_HARMFUL else warn(check, sentence)
