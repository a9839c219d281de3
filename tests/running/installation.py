"""An installation in a process of its own: the real supervisor and database, with two small programs to tend."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port

WAIT_SECONDS = 60

PROGRAM = """
    import os, sys
    from dragoman.config import Settings
    from dragoman.errors import OperatorError
    from dragoman.running.up import Listens, Part, up

    settings = Settings.from_environment()
    serve = [sys.executable, "-m", "http.server", str(settings.port), "--bind", settings.bind]
    sleep = [sys.executable, "-c", os.environ["SLEEPER"]]
    parts = [Part("web", serve, Listens(settings.bind, settings.port, "DRAGOMAN_PORT")), Part("worker", sleep)]
    try:
        up(settings, parts, lambda settings: f"Open {settings.own_url}", dict(os.environ))
    except OperatorError as error:
        sys.exit(str(error))
"""
SLEEPER = "import time; time.sleep(600)"
STUBBORN_SLEEPER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


@dataclass
class Installation:
    """A started `up`: what it printed, and the process numbers of what it started."""

    process: subprocess.Popen[bytes]
    printed: Path
    port: int

    def text(self) -> str:
        return self.printed.read_text()

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.text() or self.process.poll() is not None)
        assert words in self.text(), self.text()

    def child(self, words: str) -> int:
        """The process number of the child whose command line has these words."""
        return next(pid for pid in self.children() if words in _command_line(pid))

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def stop(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        return self.process.wait(WAIT_SECONDS)


def environment_of(folder: Path, port: int) -> dict[str, str]:
    """With which a command works on the installation whose data are in `folder`."""
    return {
        **os.environ,
        "DRAGOMAN_DATA": str(folder / "data"),
        "DRAGOMAN_KEY_FILE": str(folder / "key"),
        "DRAGOMAN_PORT": str(port),
        "DATABASE_URL": "",
    }


@contextmanager
def started(
    folder: Path,
    *,
    port: int = 0,
    dsn: str = "",
    sleeper: str = SLEEPER,
    command: Sequence[str] = (sys.executable, "-c", textwrap.dedent(PROGRAM)),
    **more: str,
) -> Iterator[Installation]:
    """Start an installation with its data in `folder`; with `dsn` it starts no database of its own."""
    port = port or free_port()
    environment = {**environment_of(folder, port), "DATABASE_URL": dsn, "SLEEPER": sleeper, **more}
    printed = folder / f"printed-{time.monotonic_ns()}"
    with printed.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        yield Installation(process, printed, port)
    finally:
        process.terminate()  # in order, so that the database's folder can be removed after it
        process.wait(WAIT_SECONDS)


def wait_until(happened: Callable[[], bool], *, seconds: float = WAIT_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"it did not happen within {seconds:g} s"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""
