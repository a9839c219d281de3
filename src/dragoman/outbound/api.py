"""Routes for answers: reply, and everything one can do with a bubble of one's own side."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Membership
from dragoman.channels.events import ContactCard, Location
from dragoman.db import once
from dragoman.db.database import Database
from dragoman.http import error_body
from dragoman.kit.text import clean
from dragoman.live import rows
from dragoman.live.frames import encode
from dragoman.live.message_shapes import ContactGiven, LocationGiven, Message
from dragoman.live.rows import Row
from dragoman.outbound import actions, reacting
from dragoman.outbound.actions import Reply, TemplateChosen
from dragoman.outbound.besides import LONGEST_WORDS, MOST_CHOICES, Besides
from dragoman.outbound.freshness import Stale
from dragoman.outbound.model import LONGEST_TEXT, MAX_FILES
from dragoman.outbound.typing import show
from dragoman.templates.model import LONGEST_VALUE, MOST_VALUES

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["answers"])


class TemplateAsked(BaseModel):
    """``values``: what fills its gaps, by their names."""

    name: str = Field(max_length=1000)
    language: str = Field(max_length=50)
    values: dict[str, Annotated[str, Field(max_length=LONGEST_VALUE)]] = Field(
        default={}, max_length=MOST_VALUES
    )


class ReplyAsked(BaseModel):
    """``choices``: what the customer need only press, below the text. What a channel carries of these, and how much,
    its capabilities say."""

    idempotency_key: str = Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    text: str | None = Field(default=None, max_length=LONGEST_TEXT)
    attachment_ids: list[UUID] = Field(default=[], max_length=MAX_FILES)
    reply_to: UUID | None = None
    seen_seq: int = Field(ge=0)
    then: Literal["stay", "close"] = "stay"
    expects_answer: bool = False
    draft_id: UUID | None = None
    draft_version: int = Field(default=0, ge=0)
    template: TemplateAsked | None = None
    choices: list[Annotated[str, Field(max_length=LONGEST_WORDS)]] = Field(
        default=[], max_length=MOST_CHOICES
    )
    location: LocationGiven | None = None
    contact: ContactGiven | None = None


class Replied(BaseModel):
    messages: list[Message]


class GivenBack(BaseModel):
    text: str | None
    attachment_ids: list[UUID]


def _chosen(asked: TemplateAsked) -> TemplateChosen:
    return TemplateChosen(name=clean(asked.name), language=clean(asked.language), values=asked.values)


def _besides(asked: ReplyAsked) -> Besides:
    return Besides(
        choices=tuple(asked.choices),
        location=Location(**asked.location.model_dump()) if asked.location else None,
        contact=ContactCard(**asked.contact.model_dump()) if asked.contact else None,
    )


class RetryAsked(BaseModel):
    seen_seq: int = Field(ge=0)


class ReactionWished(BaseModel):
    """``emoji``: one that the channel's ``reacts_with`` names; null takes ours back."""

    emoji: str | None = Field(max_length=20)


class Resolved(BaseModel):
    how: Literal["ask", "arrived", "send_again"]


@router.post("/conversations/{conversation_id}/replies", status_code=201, response_model=Replied)
async def reply(
    request: Request, by: Member, services: SharedServices, conversation_id: UUID, asked: ReplyAsked
) -> Response:
    """409 ``stale`` with ``new`` and ``seq``: nothing was sent; pressing again with the new seq sends. 409
    ``draft_gone``: these words went out from elsewhere, or were thrown away; without the draft they are sent."""
    # Its bubbles know the key too, but not for longer than they are there: one that was taken back stays taken back.
    once.only_once(once.Request(by.workspace_id, by.member_id, asked.idempotency_key, request.url.path))
    wanted = Reply(
        idempotency_key=asked.idempotency_key,
        text=asked.text,
        attachment_ids=asked.attachment_ids,
        reply_to=asked.reply_to,
        seen_seq=asked.seen_seq,
        then_close=asked.then == "close",
        expects_answer=asked.expects_answer,
        draft_id=asked.draft_id,
        draft_version=asked.draft_version,
        template=_chosen(asked.template) if asked.template else None,
        besides=_besides(asked),
    )
    try:
        ids = await actions.reply(services.database, by, conversation_id, wanted)
    except once.DoneBefore:
        ids = await actions.replied(services.database, by, conversation_id, asked.idempotency_key)
    return _json({"messages": await _shown(services.database, by, ids)}, 201)


@router.post("/conversations/{conversation_id}/typing", status_code=204)
async def typing(request: Request, by: Member, services: SharedServices, conversation_id: UUID) -> None:
    """The member writes at this moment: shown to the customer where the platform can."""
    await show(services, request.app.state.typing, by, conversation_id)


@router.post("/messages/{message_id}/undo")
async def undo(by: Member, services: SharedServices, message_id: UUID) -> GivenBack:
    return GivenBack(**await actions.undo(services.database, by, message_id))


@router.post("/messages/{message_id}/discard")
async def discard(by: Member, services: SharedServices, message_id: UUID) -> GivenBack:
    return GivenBack(**await actions.discard(services.database, by, message_id))


@router.post("/messages/{message_id}/retry", status_code=202)
async def retry(by: Member, services: SharedServices, message_id: UUID, asked: RetryAsked) -> None:
    await actions.retry(services.database, by, message_id, asked.seen_seq)


@router.post("/messages/{message_id}/resolve", status_code=202)
async def resolve(by: Member, services: SharedServices, message_id: UUID, resolved: Resolved) -> None:
    await actions.resolve(services.database, by, message_id, resolved.how)


@router.post("/messages/{message_id}/reaction", status_code=202)
async def react(by: Member, services: SharedServices, message_id: UUID, wished: ReactionWished) -> None:
    await reacting.react(services.database, by, message_id, wished.emoji)


def show_what_is_new(app: FastAPI) -> None:
    """409 ``stale`` carries the messages that were not seen."""

    @app.exception_handler(Stale)
    async def _stale(request: Request, stale: Stale) -> Response:
        workspace_id = UUID(request.path_params["workspace_id"])
        async with request.app.state.services.database.reading(workspace_id) as tx:
            found = await rows.messages(tx, stale.message_ids)
        new = [found[i] for i in stale.message_ids if i in found]
        return _json(error_body(stale.code, stale.message, seq=stale.seq, new=new), 409)


async def _shown(database: Database, by: Membership, ids: list[UUID]) -> list[Row]:
    async with database.reading(by.workspace_id) as tx:
        found = await rows.messages(tx, ids)
    return [found[i] for i in ids if i in found]


def _json(content: Row, status: int) -> Response:
    return Response(encode(content), status, media_type="application/json")
