"""Ports: free before we start, answering once we have."""

import errno
import socket
import time
from collections.abc import Callable

from dragoman.errors import OperatorError

PATIENCE_SECONDS = 2.0  # an earlier process that was just killed may still be on its way out
ANSWER_SECONDS = 60.0
POLL_SECONDS = 0.02


def refuse_unusable_port(host: str, port: int, *, setting: str) -> None:
    """Refuse a port that another program uses, before anything is started.

    Raises:
        OperatorError: taken, not allowed, or no address of this machine; it names `setting`.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (problem := _problem_with(host, port)) is not None:
        if problem != errno.EADDRINUSE or time.monotonic() > deadline:
            raise OperatorError(_sentence(problem, host, port, setting))
        time.sleep(POLL_SECONDS)


def wait_for_answer(host: str, port: int, *, has_died: Callable[[], bool]) -> bool:
    """Wait until somebody listens there; whether that happened within 60 s and before `has_died`."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline and not has_died():
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(POLL_SECONDS)
        else:
            return True
    return False


def _problem_with(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            # Listening, too: a server that shares its port would let a second one bind beside it.
            probe.listen()
        except OSError as problem:
            return problem.errno
    return None


def _sentence(problem: int, host: str, port: int, setting: str) -> str:
    match problem:
        case errno.EADDRINUSE:
            return f"Port {port} on {host} is taken by another program: set {setting} to a free one."
        case errno.EACCES:
            return f"Port {port} is only for root: set {setting} to one from 1024 on."
        case _:
            return f"{host} is no address of this machine: set DRAGOMAN_BIND to one that is."
