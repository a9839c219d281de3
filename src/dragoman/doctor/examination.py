"""The whole examination, in the order in which one thing needs another."""

from __future__ import annotations

from collections.abc import AsyncIterator

import psycopg

from dragoman.access.keys import master_keys
from dragoman.access.workspace_store import workspace_ids
from dragoman.config import Environment, Settings
from dragoman.db.database import Database
from dragoman.db.reaching import reached_database
from dragoman.doctor import machine, store
from dragoman.doctor.channels import channel_findings
from dragoman.doctor.database import database_findings
from dragoman.doctor.mail import mail_server
from dragoman.doctor.model import Finding, Verdict, fail, ok
from dragoman.doctor.outside import address_findings
from dragoman.doctor.work import work_findings
from dragoman.errors import OperatorError
from dragoman.services import Services


async def examine(environment: Environment | None = None) -> AsyncIterator[Finding]:
    """Every finding as it is made. What needs something that has failed is left out."""
    try:
        settings = Settings.from_environment(environment)
    except OperatorError as wrong:
        yield fail("settings", str(wrong))
        return
    yield ok("settings", "The settings can be read.")
    yield machine.disk(settings)
    yield machine.data_folder(settings)
    key = machine.master_key(settings)
    yield key
    async for finding in address_findings(settings):
        yield finding
    yield await mail_server(settings)
    async for finding in _of_the_database(settings, has_key=key.verdict is not Verdict.FAIL):
        yield finding


async def _of_the_database(settings: Settings, *, has_key: bool) -> AsyncIterator[Finding]:
    try:
        async with reached_database(settings) as database, store.as_owner(database.dsn) as owner:
            yield ok("database.reachable", "The database answers.")
            is_whole = True
            async for finding in database_findings(owner):
                is_whole &= finding.check not in NEEDED or finding.verdict is not Verdict.FAIL
                yield finding
            if is_whole and has_key:
                async for finding in _of_the_workspaces(settings, database, owner):
                    yield finding
    except OperatorError as wrong:
        yield fail("database.reachable", str(wrong))
    except psycopg.OperationalError as away:
        yield fail("database.reachable", f"The database went away: {' '.join(str(away).split())}.")


NEEDED = ("database.version", "database.schema", "database.roles")
"""Without these no question about workspaces can be asked."""


async def _of_the_workspaces(
    settings: Settings, database: Database, owner: store.Owner
) -> AsyncIterator[Finding]:
    workspaces = await workspace_ids(database)
    async for finding in work_findings(database, owner, workspaces, master_keys(settings)):
        yield finding
    services = Services.over(database, settings)
    try:
        async for finding in channel_findings(services, workspaces):
            yield finding
    finally:
        await services.clients.aclose()
