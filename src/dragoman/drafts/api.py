"""Routes for drafts: saved while one writes, discarded."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.drafts import actions
from dragoman.drafts.model import Words
from dragoman.kit.text import clean
from dragoman.live.drafts import drafts
from dragoman.live.frames import encode
from dragoman.live.message_shapes import ContactGiven, LocationGiven
from dragoman.live.shapes import Draft
from dragoman.outbound.besides import LONGEST_WORDS, MOST_CHOICES
from dragoman.outbound.model import LONGEST_TEXT, MAX_FILES

router = APIRouter(prefix="/api/w/{workspace_id}/conversations/{conversation_id}/drafts", tags=["drafts"])


class DraftWritten(BaseModel):
    """``version`` is the one that this was written from; 0: a new draft."""

    version: int = Field(ge=0)
    text: str = Field(default="", max_length=LONGEST_TEXT)
    attachment_ids: list[UUID] = Field(default=[], max_length=MAX_FILES)
    reply_to: UUID | None = None
    expects_answer: bool | None = None
    begun_seq: int | None = Field(default=None, ge=0)
    begun_arrival: AwareDatetime | None = None
    choices: list[Annotated[str, Field(max_length=LONGEST_WORDS)]] = Field(
        default=[], max_length=MOST_CHOICES
    )
    location: LocationGiven | None = None
    contact: ContactGiven | None = None


class DraftKept(BaseModel):
    """None: it was sent or discarded in the very moment."""

    draft: Draft | None


@router.post("/{draft_id}", response_model=DraftKept)
async def save(
    by: Member, services: SharedServices, conversation_id: UUID, draft_id: UUID, written: DraftWritten
) -> Response:
    """The draft as it lies there now: under another id where it was written over elsewhere meanwhile."""
    kept_as = await actions.save(
        services.database, by, conversation_id, draft_id, written.version, _words(written)
    )
    async with services.database.reading(by.workspace_id) as tx:
        mine = await drafts(tx, by.member_id, [conversation_id])
    found = [draft for draft in mine.get(conversation_id, []) if draft["id"] == kept_as]
    return Response(encode({"draft": found[0] if found else None}), media_type="application/json")


def _words(written: DraftWritten) -> Words:
    arrival: datetime | None = written.begun_arrival
    return Words(
        text=written.text,
        attachment_ids=tuple(dict.fromkeys(written.attachment_ids)),
        reply_to=written.reply_to,
        expects_answer=written.expects_answer,
        begun_seq=written.begun_seq,
        begun_arrival=arrival,
        choices=tuple(clean(title) for title in written.choices),
        location=_cleaned(written.location),
        contact=_cleaned(written.contact),
    )


def _cleaned(written: BaseModel | None) -> dict[str, Any] | None:
    if written is None:
        return None
    return {
        name: clean(value) if isinstance(value, str) else value
        for name, value in written.model_dump().items()
    }


@router.post("/{draft_id}/discard", status_code=204)
async def discard(by: Member, services: SharedServices, conversation_id: UUID, draft_id: UUID) -> None:
    await actions.discard(services.database, by, conversation_id, draft_id)
