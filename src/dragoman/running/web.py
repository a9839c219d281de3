"""The web process: Granian with one ASGI application."""

import os
import signal
from typing import Any

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from dragoman.config import Settings
from dragoman.lifetime import end_with
from dragoman.running.ports import refuse_unusable_port

BACKLOG = 2048
LAST_REQUESTS_SECONDS = 3  # what is under way has that long to end when we stop


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        OperatorError: the port cannot be used.
    """
    refuse_unusable_port(settings.bind, settings.port, setting="DRAGOMAN_PORT")
    server = Granian(
        "dragoman.app:create_app",
        address=settings.bind,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=1,
        workers_kill_timeout=LAST_REQUESTS_SECONDS,
        backlog=BACKLOG,
        websockets=False,
        log_level=LogLevels.warning,
    )
    parent = os.getpid()
    server.serve(target_loader=lambda: _application(parent), wrap_loader=False)


def _application(parent: int) -> Any:
    """Runs in Granian's own worker process, which must not outlive the main one."""
    end_with(parent, signal.SIGKILL)
    from dragoman.app import create_app

    return create_app(Settings.from_environment())
