"""Routes of notes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.live import notes as shown
from dragoman.live.message_shapes import Message
from dragoman.notes import actions

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["notes"])


class NoteWritten(BaseModel):
    """Members are mentioned as ``<@id>``."""

    text: Annotated[str, Field(max_length=20_000)]


class NoteMade(BaseModel):
    message: Message


@router.post("/conversations/{conversation_id}/notes", status_code=201)
async def write(
    by: Member, services: SharedServices, conversation_id: UUID, written: NoteWritten
) -> NoteMade:
    """Internal words: they stand in the timeline as a message of origin ``note`` and leave the house never."""
    note_id = await actions.write(services.database, by, conversation_id, written.text)
    async with services.database.reading(by.workspace_id) as tx:
        found = await shown.notes(tx, [note_id])
    return NoteMade(message=Message(**found[note_id]))


@router.post("/notes/{note_id}", status_code=204)
async def edit(by: Member, services: SharedServices, note_id: UUID, written: NoteWritten) -> None:
    """By its author alone."""
    await actions.edit(services.database, by, note_id, written.text)


@router.post("/notes/{note_id}/delete", status_code=204)
async def delete(by: Member, services: SharedServices, note_id: UUID) -> None:
    """By its author alone; a trace of it stays."""
    await actions.delete(services.database, by, note_id)


@router.post("/conversations/{conversation_id}/mention-seen", status_code=204)
async def see_mention(by: Member, services: SharedServices, conversation_id: UUID) -> None:
    await actions.see_mention(services.database, by, conversation_id)
