"""`dragoman channel`: the same connecting as in the browser, from a terminal."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from uuid import UUID

import click
import msgspec

from dragoman.channels.contract import Manifest
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
@click.option("--way", help="Where there are several ways to log in: which. Else the first.")
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="Else each is asked for.")
@click.option(
    "--delivery", type=click.Choice(["webhook", "polling"]), help="Else what fits this installation."
)
@click.option(
    "--simulated", is_flag=True, help="The account is one of the simulator's (trial workspaces only)."
)
def add(
    workspace_id: UUID | None,
    platform: str,
    way: str | None,
    fields: tuple[str, ...],
    delivery: str | None,
    simulated: bool,
) -> None:
    """Try the credentials, keep them sealed, and have the platform deliver."""
    written = _written(platform, way, fields)

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


def _written(platform: str, way: str | None, fields: tuple[str, ...]) -> dict[str, str]:
    """What was given by --field, and the answers to the rest."""
    manifest = CHANNELS[platform].manifest
    written: dict[str, str] = {}
    for each in fields:
        name, separator, value = each.partition("=")
        if not separator:
            raise click.UsageError("--field takes NAME=VALUE.")
        if name not in {field.name for field in manifest.fields}:
            names = ", ".join(field.name for field in manifest.fields)
            raise click.UsageError(f"{platform} has no field {name}, only {names}.")
        written[name] = value
    return written | _answered(manifest, _way(manifest, way, written), written)


def _way(manifest: Manifest, way: str | None, written: Collection[str]) -> str:
    """The one that was named, else that of which a field was given, else the first."""
    names = [each.name for each in manifest.ways]
    if way is not None:
        if way not in names:
            raise click.UsageError(
                f"{manifest.title} has no way {way}" + (f", only {', '.join(names)}." if names else ".")
            )
        return way
    meant = (w for step in manifest.steps for w in step.ways if set(step.fields) & set(written))
    return next(meant, names[0] if names else "")


def _answered(manifest: Manifest, way: str, written: Mapping[str, str]) -> dict[str, str]:
    """Each step is told as one comes to it. Secrets are not shown while one types."""
    by_name = {field.name: field for field in manifest.fields}
    answers: dict[str, str] = {}
    for step in manifest.steps_of(way):
        missing = [by_name[name] for name in step.fields if name not in written]
        if missing and not sys.stdin.isatty():
            raise click.UsageError(
                f"--field {missing[0].name}=… is missing, and there is no terminal to ask at."
            )
        if missing or not written:
            click.echo(f"\n{step.title}")
            click.echo("".join(f"  {line}\n" for line in (*step.words, step.link) if line), nl=False)
        for field in missing:
            answers[field.name] = click.prompt(f"  {field.label} ({field.hint})", hide_input=field.secret)
    return answers
