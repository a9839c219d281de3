"""The command line. Each capability brings its own commands; here stands only where they are."""

import sys
from importlib import import_module
from typing import NamedTuple

import click

from dragoman.errors import OperatorError


class Entry(NamedTuple):
    """Where a command is, and its line in the help. Nothing is imported until it is called."""

    place: str
    line: str


COMMANDS = {
    "up": Entry("dragoman.running.commands:up", "Run everything on this machine."),
    "demo": Entry("dragoman.running.commands:demo", "Run everything, with simulated customers who write."),
    "web": Entry("dragoman.running.commands:web", "Run one web process: webhooks, API, live stream."),
    "worker": Entry("dragoman.running.commands:worker", "Run one worker process."),
    "migrate": Entry("dragoman.running.commands:migrate", "Bring the database up to this version."),
    "settings": Entry("dragoman.running.commands:settings", "Print what can be set, and what is."),
    "version": Entry("dragoman.running.commands:version", "Print the version."),
    "parse": Entry("dragoman.channels.commands:parse", "Show what we would make of one raw webhook body."),
    "language": Entry("dragoman.language.commands:language", "Tell which language a customer writes."),
    "noise": Entry("dragoman.language.commands:noise", "Tell which fragments are noise, and why."),
    "parked": Entry("dragoman.inbound.commands:parked", "Print what waits for a person."),
    "retry": Entry("dragoman.inbound.commands:retry", "Try what is parked again."),
    "ledger": Entry("dragoman.inbound.commands:ledger", "Print what became of everything that came in."),
    "workspace": Entry("dragoman.access.commands:workspace", "Workspaces: add, list."),
    "member": Entry("dragoman.access.commands:member", "Members: add, remove."),
    "channel": Entry("dragoman.connecting.commands:channel", "Connect channels and list them."),
    "mail": Entry("dragoman.mail.commands:mail", "Mail: send a test."),
    "keys": Entry("dragoman.access.commands:keys", "Master keys: rotate."),
    "doctor": Entry("dragoman.doctor.commands:doctor", "Look whether this installation is well."),
    "simulator": Entry("dragoman.simulator.commands:simulator", "Stand in for the platforms."),
    "bench": Entry("dragoman.bench.commands:bench", "Measure this machine."),
}


class LazyGroup(click.Group):
    """Imports a command when it is called: `dragoman parse` needs neither a database nor a web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        return _imported(entry) if entry else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.line) for name, entry in COMMANDS.items()])


def _imported(entry: Entry) -> click.Command:
    module, name = entry.place.split(":")
    command = getattr(import_module(module), name)
    if not isinstance(command, click.Command):
        raise TypeError(f"{entry.place} is not a command")
    return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def dragoman() -> None:
    """A self-hosted team inbox for customers' direct messages."""


def main() -> None:
    """Run a command; what the operator can mend is one sentence on standard error, and exit code 1."""
    try:
        dragoman()
    except OperatorError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
