"""Commands about what came in: the ledger, and what is parked."""

from __future__ import annotations

import sys
from uuid import UUID

import click
import msgspec

from dragoman.commands import chosen_workspaces, done
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.inbound import ledger as books
from dragoman.inbound import retrying
from dragoman.inbound.ledger import Ledger
from dragoman.inbound.retrying import Parked

OF_WORKSPACE = click.option("--workspace", "workspace_id", type=click.UUID, help="Else every workspace.")


@click.command()
@OF_WORKSPACE
@click.option("--verify", is_flag=True, help="Parse everything kept again and look for every natural key.")
def ledger(workspace_id: UUID | None, verify: bool) -> None:
    """Print what became of everything that came in: a JSON object a line for each workspace.

    With --verify the exit code is 1 when something is unaccounted for.
    """

    async def read(database: Database, _: Settings) -> list[Ledger]:
        opened = books.verify if verify else books.counted
        return [await opened(database, each) for each in await chosen_workspaces(database, workspace_id)]

    found = done(read)
    for each in found:
        click.echo(msgspec.json.encode(each).decode())
    if any(each.unaccounted for each in found):
        sys.exit(1)


@click.command()
@OF_WORKSPACE
@click.option("--limit", type=click.IntRange(1, retrying.MAX_LISTED), default=100, show_default=True)
def parked(workspace_id: UUID | None, limit: int) -> None:
    """Print what waits for a person: a JSON object a line, oldest first."""

    async def read(database: Database, _: Settings) -> list[Parked]:
        found: list[Parked] = []
        for each in await chosen_workspaces(database, workspace_id):
            found += await retrying.parked(database, each, limit)
        return found[:limit]

    for each in done(read):
        click.echo(msgspec.json.encode(each).decode())


@click.command()
@OF_WORKSPACE
@click.option("--all", "everything", is_flag=True, help="Everything that is parked.")
@click.argument("parked_id", type=click.UUID, required=False)
def retry(workspace_id: UUID | None, everything: bool, parked_id: UUID | None) -> None:
    """Try what is parked again: one (its id from `dragoman parked`), or --all."""
    if everything == (parked_id is not None):
        raise click.UsageError("Name one id, or say --all.")

    async def again(database: Database, _: Settings) -> int:
        return sum(
            [
                await retrying.retry(database, each, parked_id)
                for each in await chosen_workspaces(database, workspace_id)
            ]
        )

    click.echo(f"{done(again)} to be tried again.")
