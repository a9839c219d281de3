"""`dragoman channel`: the same connecting as in the browser, from a terminal."""

from __future__ import annotations

import sys
from uuid import UUID

import click
import msgspec

from dragoman.channels.registry import CHANNELS
from dragoman.commands import chosen_workspace, done
from dragoman.config import Settings
from dragoman.connecting import actions
from dragoman.db.database import Database
from dragoman.live import lists
from dragoman.live.rows import Row
from dragoman.services import Services

OF_WORKSPACE = click.option(
    "--workspace", "workspace_id", type=click.UUID, help="Not needed while there is one."
)


@click.group()
def channel() -> None:
    """Channels: the accounts through which customers write."""


@channel.command("add")
@OF_WORKSPACE
@click.argument("platform", type=click.Choice(sorted(CHANNELS)))
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="Else each is asked for.")
@click.option(
    "--delivery", type=click.Choice(["webhook", "polling"]), help="Else what fits this installation."
)
@click.option(
    "--simulated", is_flag=True, help="The account is one of the simulator's (trial workspaces only)."
)
def add(
    workspace_id: UUID | None, platform: str, fields: tuple[str, ...], delivery: str | None, simulated: bool
) -> None:
    """Try the credentials, keep them sealed, and have the platform deliver."""
    written = _written(platform, fields)

    async def connect(database: Database, settings: Settings) -> list[Row]:
        chosen = await chosen_workspace(database, workspace_id)
        services = Services.over(database, settings)
        made = await actions.connect(
            services, chosen, platform, written, delivery=delivery, simulated=simulated
        )
        async with database.reading(chosen) as tx:
            return await lists.channels(tx, None, made)

    for each in done(connect):
        click.echo(f"{each['name']} is connected ({each['id']}).")


@channel.command("list")
@OF_WORKSPACE
def list_channels(workspace_id: UUID | None) -> None:
    """Print the connected channels: a JSON object a line."""

    async def read(database: Database, _: Settings) -> list[Row]:
        async with database.reading(await chosen_workspace(database, workspace_id)) as tx:
            return await lists.channels(tx, None)

    for each in done(read):
        shown = {name: value for name, value in each.items() if name != "capabilities"}
        click.echo(msgspec.json.encode(shown).decode())


def _written(platform: str, fields: tuple[str, ...]) -> dict[str, str]:
    """What was given by --field, and the answers to the rest. Secrets are not shown while one types."""
    asked = CHANNELS[platform].manifest.fields
    written: dict[str, str] = {}
    for each in fields:
        name, separator, value = each.partition("=")
        if not separator:
            raise click.UsageError("--field takes NAME=VALUE.")
        if name not in {field.name for field in asked}:
            names = ", ".join(field.name for field in asked)
            raise click.UsageError(f"{platform} has no field {name}, only {names}.")
        written[name] = value
    for field in asked:
        if field.name not in written and not field.optional:
            if not sys.stdin.isatty():
                raise click.UsageError(
                    f"--field {field.name}=… is missing, and there is no terminal to ask at."
                )
            written[field.name] = click.prompt(f"{field.label} ({field.hint})", hide_input=field.secret)
    return written
