"""Routes that read: the snapshot, the views, the timeline, and the stream."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from starlette.types import Receive, Scope, Send

from dragoman.access.http import Member, SharedServices, SignedIn
from dragoman.access.model import Membership
from dragoman.alarms import store as alarms
from dragoman.conversations.model import Priority
from dragoman.db.database import Transaction
from dragoman.kit.errors import Refused, not_found
from dragoman.labels import store as labels
from dragoman.live import history, lists, notes, pages, shelf
from dragoman.live.drafts import drafts
from dragoman.live.episodes import episodes as episodes_of
from dragoman.live.feed import STREAMS_PER_SESSION, Feed
from dragoman.live.frames import encode
from dragoman.live.lists import MAX_PAGE, PAGE
from dragoman.live.questions import open_questions
from dragoman.live.rows import Row
from dragoman.live.shapes import (
    ConversationPage,
    Counts,
    Episodes,
    MessagePage,
    OneConversation,
    OpenQuestions,
    Snapshot,
    ViewName,
)
from dragoman.live.shelf_shapes import ShelfClasses, ShelfPage
from dragoman.live.stream import Stream
from dragoman.rules import store as rules
from dragoman.service import store as service
from dragoman.setups import store as setups
from dragoman.team import store as teams
from dragoman.views import store as views
from dragoman.views.model import MOST_CHOSEN, Filter, Owner

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["live"])

Limit = Annotated[int, Query(ge=1, le=MAX_PAGE)]
Cursor = Annotated[str | None, Query(max_length=200)]
TOO_MANY_STREAMS = (
    f"One session listens through at most {STREAMS_PER_SESSION} streams at once: close some tabs."
)
STREAMS_PAUSE_SECONDS = 30
NUMBER = re.compile(r"[0-9]{1,18}")


Chosen = Annotated[list[UUID], Query(max_length=MOST_CHOSEN)]
Priorities = Annotated[list[Priority], Query(max_length=len(Priority))]


def _filter(
    channel: Chosen = [],  # noqa: B006 how FastAPI writes it; nobody changes it
    label: Chosen = [],  # noqa: B006 as above
    team: Chosen = [],  # noqa: B006 as above
    priority: Priorities = [],  # noqa: B006 as above
    owner: Owner | None = None,
    unread: bool = False,
) -> Filter:
    """What of a view is wanted; of several labels, teams or priorities, one is enough."""
    return Filter(
        channel_ids=channel, label_ids=label, team_ids=team, priorities=priority, owner=owner, unread=unread
    )


Wanted = Annotated[Filter, Depends(_filter)]


def _json(content: Any) -> Response:
    """Straight to bytes: the shapes are declared for OpenAPI, and need no second check on the way out."""
    return Response(encode(content), media_type="application/json")


@router.get("/snapshot", response_model=Snapshot)
async def snapshot(
    by: Member,
    services: SharedServices,
    wanted: Wanted,
    view: ViewName = "waiting",
    conversation: UUID | None = None,
    saved_view: UUID | None = None,
    limit: Limit = PAGE,
) -> Response:
    """Everything that a browser opens with, exact at ``seq``. ``saved_view`` stands for its view and filter."""
    async with services.database.reading(by.workspace_id) as tx:
        if saved_view is not None:
            view, wanted = await _saved(tx, by, saved_view)
        opened = await lists.one(tx, by, conversation) if conversation else None
        content = {
            "seq": await lists.seq(tx),
            "me": by.member_id,
            "members": await lists.members(tx),
            "channels": await lists.channels(tx, by),
            "setups": await setups.rows(tx),
            "alarms": await alarms.standing(tx, by.channels),
            "labels": await labels.labels(tx),
            "teams": await teams.teams(tx),
            "saved_views": await views.views(tx, by.member_id),
            "rules_version": await rules.version_of_set(tx),
            "service_levels": await service.shown(tx),
            "mentions_unseen": await notes.unseen_mentions(tx, by.member_id, by.channels),
            "counts": await lists.counts(tx, by.channels),
            "view": view,
            "filter": wanted,
            "rows": await pages.page(tx, by, view, None, limit, wanted),
            "conversation": opened,
            "timeline": await history.newest(tx, opened["id"], limit) if opened else None,
            "drafts": await _drafts(tx, by, opened["id"]) if opened else [],
            "settings": await lists.settings(tx),
        }
    return _json(content)


async def _saved(tx: Transaction, by: Membership, view_id: UUID) -> tuple[ViewName, Filter]:
    found = await views.one(tx, by.member_id, view_id)
    if found is None:
        raise not_found("There is no such view.")
    return cast("ViewName", found.base), found.filter


@router.get("/counts", response_model=Counts)
async def counts(by: Member, services: SharedServices) -> Response:
    """For who works in another workspace just now: how many wait in this one."""
    async with services.database.reading(by.workspace_id) as tx:
        return _json(await lists.counts(tx, by.channels))


@router.get("/conversations", response_model=ConversationPage)
async def conversations(
    by: Member,
    services: SharedServices,
    wanted: Wanted,
    view: ViewName,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> Response:
    async with services.database.reading(by.workspace_id) as tx:
        found = await pages.page(tx, by, view, cursor, limit, wanted)
        return _json({"seq": await lists.seq(tx), **found})


@router.get("/conversations/{conversation_id}", response_model=OneConversation)
async def one_conversation(by: Member, services: SharedServices, conversation_id: UUID) -> Response:
    """A conversation and its newest messages, exact at ``seq``."""
    async with services.database.reading(by.workspace_id) as tx:
        found = await lists.one(tx, by, conversation_id)
        if found is None:
            raise not_found("There is no such conversation.")
        timeline = await history.newest(tx, conversation_id, PAGE)
        own = await _drafts(tx, by, conversation_id)
        return _json({"seq": await lists.seq(tx), "conversation": found, "timeline": timeline, "drafts": own})


async def _drafts(tx: Transaction, by: Membership, conversation_id: UUID) -> list[Row]:
    return (await drafts(tx, by.member_id, [conversation_id]))[conversation_id]


@router.get("/conversations/{conversation_id}/messages", response_model=MessagePage)
async def messages(
    by: Member,
    services: SharedServices,
    conversation_id: UUID,
    cursor: Cursor = None,
    newer: Cursor = None,
    around: UUID | None = None,
    limit: Limit = PAGE,
) -> Response:
    """Older history with `cursor`, newer with `newer`, both sides of one message with `around`."""
    async with services.database.reading(by.workspace_id) as tx:
        if await lists.one(tx, by, conversation_id) is None:
            raise not_found("There is no such conversation.")
        if around is not None:
            found = await history.around(tx, conversation_id, around, limit)
        elif newer is not None:
            found = await history.newer(tx, conversation_id, newer, limit)
        else:
            found = await history.older(tx, conversation_id, cursor, limit)
        return _json({"seq": await lists.seq(tx), **found})


@router.get("/conversations/{conversation_id}/questions", response_model=OpenQuestions)
async def questions(by: Member, services: SharedServices, conversation_id: UUID) -> Response:
    """What the customer asks in what is unanswered: six at most, in their order."""
    async with services.database.reading(by.workspace_id) as tx:
        if await lists.one(tx, by, conversation_id) is None:
            raise not_found("There is no such conversation.")
        return _json({"items": await open_questions(tx, conversation_id)})


@router.get("/conversations/{conversation_id}/episodes", response_model=Episodes)
async def episodes(by: Member, services: SharedServices, conversation_id: UUID) -> Response:
    """The newest 200, oldest first."""
    async with services.database.reading(by.workspace_id) as tx:
        if await lists.one(tx, by, conversation_id) is None:
            raise not_found("There is no such conversation.")
        return _json({"items": await episodes_of(tx, conversation_id)})


@router.get("/shelf", response_model=ShelfPage)
async def shelf_page(
    by: Member,
    services: SharedServices,
    channel: Annotated[list[UUID] | None, Query(max_length=MOST_CHOSEN)] = None,
    class_: Annotated[list[str] | None, Query(alias="class", max_length=MOST_CHOSEN)] = None,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> Response:
    """Quiet arrivals, the newest first."""
    async with services.database.reading(by.workspace_id) as tx:
        found = await shelf.page(tx, by, channel, class_, cursor, limit)
        return _json({"seq": await lists.seq(tx), **found})


@router.get("/shelf/classes", response_model=ShelfClasses)
async def shelf_classes(by: Member, services: SharedServices) -> Response:
    async with services.database.reading(by.workspace_id) as tx:
        return _json({"items": await shelf.classes(tx, by)})


@router.post("/here", status_code=204)
async def here(request: Request, by: Member) -> None:
    """This member has just touched their browser. Once in two minutes is enough; after ten they are not here."""
    feed: Feed = request.app.state.feed
    feed.who_is_here.is_active(by.workspace_id, by.member_id)


@router.get("/stream", include_in_schema=False)
async def stream(
    request: Request,
    by: Member,
    account: SignedIn,
    start: Annotated[int, Query(alias="from", ge=0)] = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """Server-sent events from ``Last-Event-ID``, else ``from``, onward."""
    if last_event_id is not None and NUMBER.fullmatch(last_event_id):
        start = int(last_event_id)
    feed: Feed = request.app.state.feed
    session_hash = account.session_hash.hex()
    if not feed.has_room_for(session_hash):
        raise Refused("slow_down", TOO_MANY_STREAMS, 429, retry_after_seconds=STREAMS_PAUSE_SECONDS)
    return EventStream(feed, Stream(by, session_hash, start))


class EventStream(Response):
    """Writes a stream's chunks until the browser goes or the stream ends."""

    media_type = "text/event-stream"

    def __init__(self, feed: Feed, stream: Stream) -> None:
        super().__init__(
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}, media_type=self.media_type
        )
        del self.headers["content-length"]
        self._feed = feed
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        self._feed.join(self._stream)
        gone = asyncio.create_task(self._until_gone(receive))
        try:
            await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
            # Who asks is remembered for a second: whoever was sent away within it would listen on.
            await self._feed.check(self._stream)
            async for chunk in self._stream.chunks():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            self._feed.leave(self._stream)

    async def _until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._stream.end(b"")
