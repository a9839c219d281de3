"""What a person at the terminal sees while things start."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

NAME_WIDTH = 12


class Step:
    """One line in the making: what it says in the end may be known only then."""

    def __init__(self, says: str) -> None:
        self.says = says


@contextmanager
def step(name: str, says: str = "") -> Iterator[Step]:
    """One line per step, with its seconds, printed when it is done."""
    began = time.monotonic()
    line = Step(says)
    yield line
    click.echo(f"  {name:<{NAME_WIDTH}}{line.says}  ({time.monotonic() - began:.1f} s)")


def say(sentence: str) -> None:
    """A sentence of its own, with the time of day: the process may run for months."""
    click.echo(f"{time.strftime('%H:%M:%S')}  {sentence}")
