"""The real thing: what `dragoman up` runs."""

import asyncio
import os

from dragoman.access.first_owner import first_owner_link
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.running.child import ours
from dragoman.running.up import Listens, Part, up


def run(settings: Settings) -> None:
    """Run web and worker with their database until asked to stop."""
    parts = [web_part(settings), Part("worker", ours("worker"))]
    up(settings, parts, _greeting, dict(os.environ))


def web_part(settings: Settings) -> Part:
    return Part("web", ours("web"), Listens(settings.bind, settings.port, "DRAGOMAN_PORT"))


def _greeting(settings: Settings) -> str:
    link = asyncio.run(_first_owner(settings))
    if link is None:
        return f"Open {settings.own_url}"
    return f"Open this link to become the first owner; it works once:\n{link}"


async def _first_owner(settings: Settings) -> str | None:
    async with Database(settings.database_url or "") as database:
        return await first_owner_link(database, settings)
