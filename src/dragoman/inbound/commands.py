"""Commands about what came in: the ledger, and what is parked."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from uuid import UUID

import click
import msgspec

from dragoman.commands import chosen_workspaces, done
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.errors import OperatorError
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
@click.option(
    "--dismiss", is_flag=True, help="Shelve one (by its id), or --all: nobody waits for it any more."
)
@click.option("--all", "everything", is_flag=True, help="With --dismiss: everything that is parked.")
@click.argument("parked_id", type=click.UUID, required=False)
def parked(
    workspace_id: UUID | None, limit: int, dismiss: bool, everything: bool, parked_id: UUID | None
) -> None:
    """Print what waits for a person: a JSON object a line, oldest first. With --dismiss, shelve it instead."""
    if dismiss:
        _check_chosen(everything, parked_id)
        click.echo(f"{_to_each(retrying.dismiss, workspace_id, parked_id)} dismissed.")
        return
    if everything or parked_id is not None:
        raise click.UsageError("An id and --all go with --dismiss.")

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
    _check_chosen(everything, parked_id)
    click.echo(f"{_to_each(retrying.retry, workspace_id, parked_id)} to be tried again.")


def _check_chosen(everything: bool, parked_id: UUID | None) -> None:
    if everything == (parked_id is not None):
        raise click.UsageError("Name one id, or say --all.")


Treatment = Callable[[Database, UUID, UUID | None], Awaitable[int]]


def _to_each(treat: Treatment, workspace_id: UUID | None, parked_id: UUID | None) -> int:
    """Do this in the workspace, else in every one. Returns how many things it concerned.

    Raises:
        OperatorError: there is no such parked thing.
    """

    async def treated(database: Database, _: Settings) -> int:
        chosen = await chosen_workspaces(database, workspace_id)
        return sum([await treat(database, each, parked_id) for each in chosen])

    concerned = done(treated)
    if parked_id is not None and not concerned:
        raise OperatorError(f"Nothing with the id {parked_id} is parked: `dragoman parked` lists what is.")
    return concerned
