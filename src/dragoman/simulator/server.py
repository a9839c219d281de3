"""The simulator's process: one world, served on loopback until it is asked to stop."""

import asyncio
import fcntl
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import uvicorn
import uvloop

from dragoman.simulator.app import create_app
from dragoman.simulator.people.choosing import PACES
from dragoman.simulator.people.living import live_for_ever
from dragoman.simulator.telegram.subscribing import answer_polls
from dragoman.simulator.world import World, open_world


class CannotStartError(Exception):
    """One sentence for the person at the terminal."""


Pace = Literal["human", "fast"]
LOOPBACK = "127.0.0.1"
LAST_MOMENT_SECONDS = 1
KEEP_ALIVE_SECONDS = (
    75  # longer than those who ask keep a connection: none is closed just as the next request leaves
)
BACKLOG = 1024


@dataclass(frozen=True, slots=True)
class Options:
    port: int  # 0: any free one
    seed: int
    state: Path | None  # folder; None: nothing outlives this process
    customers: int
    pace: Pace


def serve(options: Options) -> None:
    """Runs until SIGTERM or SIGINT; says its address on standard output once it can be reached.

    Raises: CannotStartError when the port is taken, or another simulator uses the same folder.
    """
    with ExitStack() as stack:
        place = stack.enter_context(_place(options.port))
        folder = options.state or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simulator-")))
        stack.enter_context(_alone_in(folder))
        uvloop.run(_serve(folder, place, options))


async def _serve(folder: Path, place: socket.socket, options: Options) -> None:
    port = place.getsockname()[1]
    base_url = f"http://{LOOPBACK}:{port}"
    async with open_world(folder, base_url, options.seed) as world:
        server = _Server(_configured(world, port))
        customers = live_for_ever(world.desks, options.customers, PACES[options.pace], options.seed)
        async with asyncio.TaskGroup() as group:
            living = group.create_task(customers)
            asyncio.get_running_loop().call_soon(_announce, base_url)
            await _until_asked_to_stop(server, place, world)
            living.cancel()


def _configured(world: World, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(world),
        host=LOOPBACK,
        port=port,
        http="httptools",
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=LAST_MOMENT_SECONDS,
    )


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """We listen for signals ourselves: polls are to be answered first."""
        yield


async def _until_asked_to_stop(server: uvicorn.Server, place: socket.socket, world: World) -> None:
    """Requests under way get a moment to end: long polls are answered, an answer held back is cut off."""
    serving, asked = asyncio.create_task(server.serve(sockets=[place])), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    stopping = asyncio.create_task(asked.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    server.should_exit = True
    answer_polls(world.telegram_office)
    await asyncio.wait([serving], timeout=2 * LAST_MOMENT_SECONDS)


def _place(port: int) -> socket.socket:
    """Ours from now on, and whoever connects waits there until they are served.

    The server itself would share a taken port with whoever has it, each getting every other request.
    """
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((LOOPBACK, port))
        place.listen(BACKLOG)
    except OSError as error:
        place.close()
        raise CannotStartError(f"Port {port} is taken: choose another one with --port.") from error
    return place


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStartError(f"Another simulator is using {folder} already.") from error
        yield


def _announce(base_url: str) -> None:
    sys.stdout.write(f"simulator ready at {base_url}\n")
    sys.stdout.flush()
