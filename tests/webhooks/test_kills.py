"""A worker is killed between request and answer: the call is made again, under the same id."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from dragoman.config import Settings
from dragoman.config_values import HostPort
from dragoman.files.fetch import Fetcher
from dragoman.running.child import Child, ours
from dragoman.services import Services
from dragoman.webhooks import actions
from dragoman.worker import Worker
from tests.files.far_side import Asked, Say, far_side
from tests.inbox.inbox import Inbox
from tests.laws.happenings import a_rule
from tests.rules.test_acting import a_settled_turn, run
from tests.webhooks.receiver import PATH, verified
from tests.webhooks.test_calling import listed, time_passes
from tests.webhooks.test_webhooks import calls

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_worker_that_dies_before_the_answer_loses_no_call(inbox: Inbox) -> None:
    came, children = asyncio.Event(), list[Child]()
    async with far_side() as side:
        services = who_may_call(inbox.house.services, side.port)

        async def kills(_: Asked, __: Say) -> None:
            os.kill(children[0].pid or 0, signal.SIGKILL)
            came.set()

        side.answers[PATH] = kills
        made = await actions.create(services, inbox.maria.membership, "Orders", side.address(PATH))
        webhook_id, secret = made
        await inbox.maria.post("rules", expect=201, **a_rule("Tell", calls(str(webhook_id))))
        await run(inbox, await a_settled_turn(inbox))
        async with a_worker(services.settings) as child:
            children.append(child)
            async with asyncio.timeout(120):
                await came.wait()
        (left,) = await listed(inbox, {"id": webhook_id})
        side.gives(PATH, status=204)
        inbox.house = replace(
            inbox.house, services=services, worker=Worker(services, inbox.house.database.dsn)
        )
        await time_passes(inbox)

        assert (left["state"], left["attempts"], left["status"]) == ("waiting", 1, None)
        (call,) = await listed(inbox, {"id": webhook_id})
        assert (call["state"], call["attempts"]) == ("delivered", 2)
        first, second = side.asked
        assert verified(first, secret)["id"] == verified(second, secret)["id"] == call["id"]


def who_may_call(services: Services, port: int) -> Services:
    allowed = services.settings.allow_hosts | {HostPort("127.0.0.1", port)}
    return replace(
        services, settings=replace(services.settings, allow_hosts=allowed), fetcher=Fetcher(allowed)
    )


@asynccontextmanager
async def a_worker(settings: Settings) -> AsyncIterator[Child]:
    """A process of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url or "",
        "DRAGOMAN_DATA": str(settings.data),
        "DRAGOMAN_KEY_FILE": str(settings.key_file),
        "DRAGOMAN_PORT": str(settings.port),
        "DRAGOMAN_SIMULATOR_URL": settings.simulator_url or "",
        "DRAGOMAN_ALLOW_HOSTS": ",".join(f"{each.host}:{each.port}" for each in settings.allow_hosts),
    }
    child = Child("worker", ours("worker"), environment, quiet=True)
    child.start()
    try:
        yield child
    finally:
        child.stop_by(0.0)
