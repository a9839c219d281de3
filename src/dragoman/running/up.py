"""`dragoman up`: database, web and worker on one machine, started and stopped together."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import NoReturn

import click

from dragoman.config import Environment, Settings
from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.embedded_account import make_passable
from dragoman.db.migrate import migrate
from dragoman.errors import OperatorError
from dragoman.lock import FileLock, HeldBy
from dragoman.running.child import Child, stop_together
from dragoman.running.ports import refuse_unusable_port, wait_for_answer
from dragoman.running.progress import say, step
from dragoman.running.supervisor import Tended, tend

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(BaseException):
    """Somebody wants us to stop: Ctrl-C, SIGTERM, or a closed terminal."""


@dataclass(frozen=True, slots=True)
class Listens:
    """Where a part answers once it is ready, and the setting that moves it elsewhere."""

    host: str
    port: int
    setting: str


@dataclass(frozen=True, slots=True)
class Part:
    """One program to run. A quiet one is heard only when something is wrong, on its standard error."""

    name: str
    command: Sequence[str]
    listens: Listens | None = None
    quiet: bool = False


Greeting = Callable[[Settings], str]
"""Called once everything runs; what it returns is printed."""


def up(settings: Settings, parts: Sequence[Part], greet: Greeting, environment: Environment) -> None:
    """Run the database and all parts until asked to stop. The parts get `environment` and the database's address.

    Raises:
        OperatorError: already running, port taken, or a part that did not start; nothing is left running.
    """
    with stopping_on_signals(), ExitStack() as stack:
        try:
            click.echo(f"Dragoman {version('dragoman')}")
            stack.enter_context(_only_one(settings))
            _refuse_taken_ports(parts)
            database, settings = _database(settings, stack)
            _migrate(settings)
            children = _children(settings, parts, environment, stack)
            click.echo(greet(settings))
            click.echo("Stop with Ctrl-C.")
            tend([*database, *children], say)
        except StopAsked:
            click.echo("Stopping.")


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """A signal interrupts whatever goes on; while things are being stopped, further ones change nothing."""
    before = {number: signal.signal(number, _stop_asked) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_asked(*_: object) -> NoReturn:
    for each in STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise StopAsked


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    make_passable(settings.data)
    lock = FileLock(settings.data / "running.lock")
    try:
        lock.take(settings.own_url)
    except HeldBy as holder:
        raise OperatorError(
            f"Dragoman already runs with the data in {settings.data}, at {holder}: open that address,"
            " or set DRAGOMAN_DATA and DRAGOMAN_PORT to run a second one."
        ) from None
    try:
        yield
    finally:
        lock.give_back()


def _refuse_taken_ports(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.listens is not None:
            refuse_unusable_port(part.listens.host, part.listens.port, setting=part.listens.setting)


def _database(settings: Settings, stack: ExitStack) -> tuple[list[Tended], Settings]:
    if settings.database_url is not None:
        return [], settings
    server = EmbeddedPostgres(settings.data / "postgres")
    stack.callback(server.stop)
    with step("database") as line:
        dsn = server.start()
        line.says = f"PostgreSQL {server.version} in {server.folder}"
    return [TendedPostgres(server)], replace(settings, database_url=dsn)


def _migrate(settings: Settings) -> None:
    assert settings.database_url is not None
    with step("migrations") as line:
        done = migrate(settings.database_url)
        line.says = f"{len(done)} applied" if done else "nothing to do"


def _children(
    settings: Settings, parts: Sequence[Part], environment: Environment, stack: ExitStack
) -> list[Child]:
    surroundings = {**environment, "DATABASE_URL": settings.database_url or ""}
    children = [Child(part.name, part.command, surroundings, quiet=part.quiet) for part in parts]
    stack.callback(stop_together, children)
    for child in children:
        child.start()
    for part, child in zip(parts, children, strict=True):
        _wait_for(part, child)
    return children


def _wait_for(part: Part, child: Child) -> None:
    at = part.listens
    with step(part.name, f"listens on {at.host}, port {at.port}" if at else "started"):
        if at and not wait_for_answer(at.host, at.port, has_died=child.has_died):
            how = child.how_it_ended()
            raise OperatorError(f"{part.name} did not start: it {how}; what it said stands above.")


class TendedPostgres:
    """The embedded database among what the supervisor tends."""

    name = "database"

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server

    def start(self) -> None:
        self._server.stop()
        self._server.start()

    def has_died(self) -> bool:
        return self._server.has_died()

    def how_it_ended(self) -> str:
        return "has died"
