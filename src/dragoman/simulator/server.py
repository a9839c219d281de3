"""The simulator's process: one world, served on loopback until it is asked to stop."""

import asyncio
import signal
import socket
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from dragoman.simulator.app import create_app
from dragoman.simulator.people.choosing import PACES
from dragoman.simulator.people.living import live_for_ever
from dragoman.simulator.world import open_world

Pace = Literal["human", "fast"]
LOOPBACK = "127.0.0.1"
LOOK_EVERY_SECONDS, LOOKS_AT_MOST = 0.02, 500


@dataclass(frozen=True, slots=True)
class Options:
    port: int  # 0: any free one
    seed: int
    state: Path | None  # folder; None: nothing outlives this process
    customers: int
    pace: Pace


def serve(options: Options) -> None:
    """Runs until SIGTERM or SIGINT; says its address on standard output once it can be reached."""
    with ExitStack() as stack:
        folder = options.state or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simulator-")))
        folder.mkdir(parents=True, exist_ok=True)
        uvloop.run(_serve(folder, options))


async def _serve(folder: Path, options: Options) -> None:
    port = options.port or _free_port()
    base_url = f"http://{LOOPBACK}:{port}"
    async with open_world(folder, base_url, options.seed) as world:
        server = Server(
            create_app(world),
            address=LOOPBACK,
            port=port,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            websockets=False,
            backlog=1024,
            log_level=LogLevels.error,
        )
        _stop_on_signals(server)
        customers = live_for_ever(world.desks, options.customers, PACES[options.pace], options.seed)
        async with asyncio.TaskGroup() as group:
            living = group.create_task(customers)
            group.create_task(_announce(port, base_url))
            await server.serve()
            living.cancel()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _stop_on_signals(server: Server) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, server.stop)


async def _announce(port: int, base_url: str) -> None:
    for _ in range(LOOKS_AT_MOST):
        if await _answers(port):
            break
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    sys.stdout.write(f"simulator ready at {base_url}\n")
    sys.stdout.flush()


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
