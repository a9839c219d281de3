"""`dragoman demo`: a trial workspace with simulated customers, its data in a folder of its own."""

import asyncio
import os
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.demo import prepare_demo
from dragoman.errors import OperatorError
from dragoman.running.child import ours
from dragoman.running.installation import web_part
from dragoman.running.up import Listens, Part, up

SIMULATOR = "http://127.0.0.1:8090"
CUSTOMERS = 12


def run(folder: Path) -> None:
    """Run the demonstration with its data in `folder` until asked to stop."""
    here = folder.absolute()
    environment = demo_environment(here)
    settings = Settings.from_environment(environment)
    parts = [_simulator_part(settings, here), web_part(settings), Part("worker", ours("worker"))]
    up(settings, parts, _greeting, environment)


def demo_environment(folder: Path) -> dict[str, str]:
    """What the demonstration sets, and `DRAGOMAN_SIMULATOR_URL` and the ports may change. No real platform is
    ever reached, and a database that DATABASE_URL names is left alone.
    """
    simulator = os.environ.get("DRAGOMAN_SIMULATOR_URL", "") or SIMULATOR
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PUBLIC_URL")}
    return {
        **kept,
        "DRAGOMAN_DATA": str(folder / "data"),
        "DRAGOMAN_KEY_FILE": str(folder / "master.key"),
        "DRAGOMAN_SIMULATOR_URL": simulator,
        "DRAGOMAN_ALLOW_HOSTS": urlsplit(simulator).netloc,
        "DRAGOMAN_TELEGRAM_API": f"{simulator}/telegram",
        "DRAGOMAN_GRAPH_API": f"{simulator}/graph/v26.0",
        "DRAGOMAN_INSTAGRAM_API": f"{simulator}/instagram/v26.0",
    }


def _simulator_part(settings: Settings, folder: Path) -> Part:
    address = urlsplit(settings.simulator_url or "")
    if address.hostname != "127.0.0.1" or address.port is None:
        raise OperatorError("DRAGOMAN_SIMULATOR_URL must be http://127.0.0.1 with a port, such as :8090.")
    options = {"port": address.port, "customers": CUSTOMERS, "pace": "human", "state": folder / "simulator"}
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    listens = Listens("127.0.0.1", address.port, "DRAGOMAN_SIMULATOR_URL")
    return Part("simulator", ours("simulator", *arguments), listens, quiet=True)


def _greeting(settings: Settings) -> str:
    link = asyncio.run(_prepared(settings))
    return f"Sign in with this link:\n{link}\nPlay a customer yourself:\n{settings.simulator_url}"


async def _prepared(settings: Settings) -> str:
    async with Database(settings.database_url or "") as database:
        return await prepare_demo(database, settings)
