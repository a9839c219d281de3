"""The route by which a member says which language a customer writes."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.language import actions

router = APIRouter(prefix="/api/w/{workspace_id}/contacts", tags=["language"])


class LanguageSaid(BaseModel):
    """BCP 47; null takes the correction back, and the language is found again from what they write next."""

    language: str | None = Field(max_length=20)


@router.post("/{contact_id}/language", status_code=204)
async def correct(by: Member, services: SharedServices, contact_id: UUID, said: LanguageSaid) -> None:
    await actions.correct(services.database, by, contact_id, said.language)
