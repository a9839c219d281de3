"""One web process, wired: the door, the API, the stream, and the browser client's files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.access import api as access
from dragoman.access import me_api as me
from dragoman.access import members_api as members
from dragoman.access.headers import SecurityHeaders
from dragoman.automatic import api as automatic
from dragoman.backfill import api as backfill
from dragoman.bodies import BoundedBodies
from dragoman.config import Settings
from dragoman.connecting import api as connecting
from dragoman.conversations import api as conversations
from dragoman.conversations import shelf_api as shelf
from dragoman.db.database import Database
from dragoman.drafts import api as drafts
from dragoman.evening import api as evening
from dragoman.files import api as files
from dragoman.health import api as health
from dragoman.http import install_error_handlers
from dragoman.inbound.door import Door
from dragoman.inbound.writer import Writer
from dragoman.labels import api as labels
from dragoman.language import api as language
from dragoman.ledger import api as ledger
from dragoman.live import api as live
from dragoman.live.feed import Feed
from dragoman.notes import api as notes
from dragoman.notifications import api as notifications
from dragoman.outbound import api as outbound
from dragoman.outbound.typing import Typing
from dragoman.rules import api as rules
from dragoman.rules import rehearsal_api as rehearsals
from dragoman.search import api as search
from dragoman.service import api as service
from dragoman.services import Services
from dragoman.setups import api as setups
from dragoman.team import api as team
from dragoman.team import people_api as people
from dragoman.templates import api as templates
from dragoman.told_by import ToldBy
from dragoman.trail import api as trail
from dragoman.views import api as views
from dragoman.web import install_client
from dragoman.webhooks import api as webhooks

TITLE = "Dragoman"


def create_app(settings: Settings) -> Front:
    """The ASGI application. It connects to the database when it starts, by its lifespan."""
    assert settings.database_url is not None, "the supervisor names the database, the embedded one too"
    database = Database(settings.database_url, max_connections=16)
    services = Services.over(database, settings)
    direct = settings.listen_database_url or settings.database_url
    writer = Writer(direct)
    feed = Feed(database, direct)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await database.open()
        writer.start()
        feed.start()
        yield
        await feed.stop()
        await writer.stop()
        await services.clients.aclose()
        await database.close()

    api = create_api(lifespan)
    api.state.services = services
    api.state.feed = feed
    api.state.typing = Typing()
    install_client(api)
    return Front(Door(services, writer), SecurityHeaders(ToldBy(BoundedBodies(api)), settings), feed)


def create_api(lifespan: object = None) -> FastAPI:
    """The framework's part: also what OpenAPI is printed from, which needs no database."""
    api = FastAPI(title=TITLE, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)  # type: ignore[arg-type]
    install_error_handlers(api)
    outbound.show_what_is_new(api)
    for routes in (
        access,
        me,
        members,
        live,
        conversations,
        shelf,
        trail,
        language,
        drafts,
        evening,
        ledger,
        outbound,
        health,
        connecting,
        backfill,
        setups,
        templates,
        files,
        search,
        labels,
        team,
        people,
        automatic,
        notifications,
        notes,
        views,
        rules,
        webhooks,
        service,
        rehearsals,
    ):
        api.include_router(routes.router)
    return api


class Front:
    """Deliveries of platforms go straight to the door; everything else to the framework."""

    def __init__(self, door: ASGIApp, rest: ASGIApp, feed: Feed) -> None:
        self._door = door
        self._rest = rest
        self._feed = feed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        to_door = scope["type"] == "http" and scope["path"].startswith("/hooks/")
        await (self._door if to_door else self._rest)(scope, receive, send)

    async def say_goodbye(self) -> None:
        """Before connections close: open streams are told that we are stopping, and end."""
        await self._feed.stop()
