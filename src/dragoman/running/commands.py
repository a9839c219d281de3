"""The commands that run Dragoman, and those that tell what it is."""

import platform
from dataclasses import fields
from importlib.metadata import version as version_of
from pathlib import Path

import click

from dragoman.config import Settings, settings_table
from dragoman.errors import OperatorError


@click.command()
def up() -> None:
    """Run everything on this machine: database, web and worker, until Ctrl-C."""
    from dragoman.running.installation import run

    run(Settings.from_environment())


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=".demo", help="Where its data is kept.")
def demo(folder: Path) -> None:
    """Run everything, with a trial workspace and simulated customers who write, until Ctrl-C."""
    from dragoman.running.demonstration import run

    run(folder)


@click.command()
def web() -> None:
    """Run one web process: webhooks, API and live stream. Any number may run, each on its own port."""
    from dragoman.running.web import serve

    serve(_with_a_database(Settings.from_environment()))


@click.command()
def worker() -> None:
    """Run one worker process. Any number may run."""
    import uvloop

    from dragoman.worker import run

    uvloop.run(run(_with_a_database(Settings.from_environment())))


@click.command()
def migrate() -> None:
    """Bring the database up to this version, and print what was applied."""
    from dragoman.db.migrate import migrate

    settings = _with_a_database(Settings.from_environment())
    for name in migrate(settings.database_url or ""):
        click.echo(name)


@click.command()
@click.option("--markdown", is_flag=True, help="All settings with default and meaning, as a table.")
def settings(markdown: bool) -> None:
    """Print what is set now, secrets hidden."""
    if markdown:
        click.echo(settings_table())
        return
    current = Settings.from_environment()
    for each in fields(current):
        value = getattr(current, each.name)
        hidden = value is not None and not each.repr
        click.echo(f"{each.metadata['variable']:<26}{'(hidden)' if hidden else _shown(value)}")


@click.command()
def version() -> None:
    """Print the version of Dragoman and of the Python it runs on."""
    click.echo(f"dragoman {version_of('dragoman')} (Python {platform.python_version()})")


def _with_a_database(settings: Settings) -> Settings:
    if settings.database_url is None:
        raise OperatorError(
            "DATABASE_URL is not set: a single process needs a running PostgreSQL; `dragoman up` brings its own."
        )
    return settings


def _shown(value: object) -> str:
    if value is None:
        return "(not set)"
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(map(_item_shown, value)))
    return str(value)


def _item_shown(item: object) -> str:
    return f"{item[0]}:{item[1]}" if isinstance(item, tuple) else str(item)
