"""`dragoman simulator`."""

from pathlib import Path

import click

from dragoman.simulator.server import CannotStartError, Options, Pace, serve


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8090,
    show_default=True,
    help="Port on 127.0.0.1; 0 takes a free one.",
)
@click.option("--seed", default=1, show_default=True, help="Same seed, same chances and troubles.")
@click.option("--state", type=click.Path(path_type=Path), help="Folder that outlives this process.")
@click.option(
    "--customers",
    type=click.IntRange(0, 500),
    default=0,
    show_default=True,
    help="How many random customers write, for ever.",
)
@click.option("--pace", type=click.Choice(["human", "fast"]), default="human", show_default=True)
def simulator(port: int, seed: int, state: Path | None, customers: int, pace: Pace) -> None:
    """Stand in for Telegram, Messenger and Instagram, with no account anywhere."""
    try:
        serve(Options(port, seed, state, customers, pace))
    except CannotStartError as error:
        raise click.ClickException(str(error)) from error
