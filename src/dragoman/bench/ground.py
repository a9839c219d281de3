"""What a bench stands on: a database of its own with fsync on, and our real processes on loopback.

Everything is started afresh in a folder of its own, and nothing is left of it.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from dragoman.bench.result import Surroundings
from dragoman.config import Settings
from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.migrate import migrate
from dragoman.errors import OperatorError
from dragoman.running.child import Child, ours, stop_together
from dragoman.running.ports import wait_for_answer

REAL_DISK = Path("/var/tmp")  # noqa: S108 a folder of random name is made in it; /tmp is memory on many machines
NOBODY = "http://127.0.0.1:9"  # platforms are away: every request to them is refused at once


@dataclass(slots=True)
class Ground:
    folder: Path
    server: EmbeddedPostgres
    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)

    @property
    def dsn(self) -> str:
        return self.server.dsn

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    def start_web(self) -> str:
        """Start one web process; returns its address once it answers."""
        settings = self.settings
        self.start_program("web", ours("web"), settings.port)
        return settings.listening_url

    def start_program(self, name: str, command: Sequence[str], port: int) -> None:
        """Start a program and wait until it listens there. It runs as long as the ground is there."""
        child = self._start(name, command)
        if not wait_for_answer("127.0.0.1", port, has_died=child.has_died):
            raise OperatorError(f"The {name} process did not start; what it said stands above.")

    @contextmanager
    def worker(self) -> Iterator[None]:
        """One worker process, for a while."""
        child = self._start("worker", ours("worker"))
        try:
            yield
            if child.has_died():
                raise OperatorError(f"The worker {child.how_it_ended()}; what it said stands above.")
        finally:
            stop_together([child])

    def _start(self, name: str, command: Sequence[str]) -> Child:
        child = Child(name, command, self.environment, quiet=False)
        self.children.append(child)
        child.start()
        return child

    def ask(self, question: str, *values: object) -> object:
        """The first column of the first row, asked as the owner of the database."""
        with psycopg.connect(self.dsn, autocommit=True, connect_timeout=10) as connection:
            row = connection.execute(question, values).fetchone()
        return row[0] if row else None

    def count(self, question: str, *values: object) -> int:
        found = self.ask(question, *values)
        assert isinstance(found, int)
        return found

    def analyze(self) -> None:
        """What PostgreSQL does by itself within the first minute of an installation: until then it plans by guess."""
        with psycopg.connect(self.dsn, autocommit=True, connect_timeout=10) as connection:
            connection.execute("analyze")

    def surroundings(self, *, workspaces: int) -> Surroundings:
        return Surroundings(
            fsync=self.ask("show fsync") == "on",
            filesystem=filesystem_of(self.server.folder),
            workspaces=workspaces,
        )


@contextmanager
def ground(commit_delay_us: int) -> Iterator[Ground]:
    """A migrated database in a fresh folder. ``commit_delay_us``: each commit waits so long, as on a slower disk.

    Raises OperatorError where the database cannot be started.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(_fresh_folder())
        server = EmbeddedPostgres(folder / "postgres", commit_delay_us=commit_delay_us)
        stack.enter_context(server)
        migrate(server.dsn)
        made = Ground(folder, server, _environment(folder, server.dsn))
        stack.callback(lambda: stop_together(made.children))
        yield made


@contextmanager
def _fresh_folder() -> Iterator[Path]:
    parent = REAL_DISK if REAL_DISK.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="dragoman-bench-", dir=parent))
    folder.chmod(0o711)  # as root, the database's own user passes through
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _environment(folder: Path, dsn: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DATABASE_URL": dsn,
        "DRAGOMAN_DATA": str(folder / "data"),
        "DRAGOMAN_KEY_FILE": str(folder / "keys" / "master.key"),
        "DRAGOMAN_PORT": str(free_port()),
        "DRAGOMAN_SIMULATOR_URL": NOBODY,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def filesystem_of(folder: Path) -> str:
    """Such as "ext4": the type of the mount that holds this folder."""
    real = folder.resolve()
    holding = [m for m in psutil.disk_partitions(all=True) if real.is_relative_to(m.mountpoint)]
    return max(holding, key=lambda m: len(m.mountpoint)).fstype if holding else "unknown"
