"""A program as a child process, ours as a rule."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from dragoman.lifetime import end_with_parent

STOP_SECONDS = 8.0


def ours(*arguments: str) -> list[str]:
    """The command line of `dragoman <arguments>`, on the Python that runs now."""
    return [sys.executable, "-m", "dragoman", *arguments]


class Child:
    """A program in a process of its own, which ends when we do, however that is."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], *, quiet: bool
    ) -> None:
        self.name = name
        self._command = list(command)
        self._quiet = quiet
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and return at once. Call from the main thread: it ends with the thread that started it."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if self._quiet else None,
            process_group=0,  # Ctrl-C in the terminal is for us alone, who then stop everything in order
            preexec_fn=end_with_parent(signal.SIGKILL),
        )

    @property
    def pid(self) -> int | None:
        """None before it is started."""
        return self._process.pid if self._process else None

    def has_died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def how_it_ended(self) -> str:
        """A verb phrase: "was killed by SIGKILL", "ended with exit code 1"."""
        code = self._process.returncode if self._process else None
        if code is None:
            return "still runs"
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop_by(self, deadline: float) -> None:
        """Wait until `deadline` (of the monotonic clock), then kill."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def stop_together(children: Sequence[Child]) -> None:
    """Ask all at once; who has not ended within 8 s is killed."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop_by(deadline)
