"""The web process: one ASGI application, served until somebody says stop."""

import asyncio
import signal

import uvloop

from dragoman.app import create_app
from dragoman.config import Settings
from dragoman.running.http import Server, configured
from dragoman.running.ports import refuse_unusable_port


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        OperatorError: the port cannot be used.
    """
    refuse_unusable_port(settings.bind, settings.port, setting="DRAGOMAN_PORT")
    uvloop.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    app = create_app(settings)
    server = Server(configured(app, host=settings.bind, port=settings.port), app.say_goodbye)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, server.handle_exit, number, None)
    await server.serve()
