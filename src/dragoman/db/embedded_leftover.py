"""A server that a killed supervisor left behind is ended before ours starts on the same data."""

import os
import signal
import time
from pathlib import Path

import psutil

STOP_SECONDS = 30
POLL_SECONDS = 0.02


def end_leftover(cluster: Path) -> None:
    """Stop the server that still runs on `cluster`, if any. Only its lock's holder may call this."""
    pid = _noted_pid(cluster)
    if pid is None:
        return
    if _serves(pid, cluster):
        _stop(pid)
    elif psutil.pid_exists(pid):
        # The number was given to another program since; PostgreSQL alone would refuse to start.
        (cluster / "postmaster.pid").unlink()


def _noted_pid(cluster: Path) -> int | None:
    try:
        return int((cluster / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def _serves(pid: int, cluster: Path) -> bool:
    try:
        arguments = psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
    return bool(arguments) and Path(arguments[0]).name == "postgres" and str(cluster) in arguments


def _stop(pid: int) -> None:
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while _runs(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGQUIT)
            deadline += STOP_SECONDS
        time.sleep(POLL_SECONDS)


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE  # in some containers nobody reaps
    except psutil.NoSuchProcess:
        return False
