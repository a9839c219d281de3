"""Routes of templates: which a channel has, and a fresh look at them. They are sent as replies are."""

from __future__ import annotations

import base64
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query
from pydantic import BaseModel

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Membership
from dragoman.channels.contract import Template
from dragoman.connecting import store as connecting
from dragoman.connecting.api import Checked
from dragoman.db.database import Transaction
from dragoman.kit.errors import invalid, not_found
from dragoman.kit.text import clean
from dragoman.live.channel_shapes import TemplateShown
from dragoman.live.message_shapes import worded
from dragoman.templates import looking, store
from dragoman.templates.model import folded

router = APIRouter(prefix="/api/w/{workspace_id}/channels/{channel_id}/templates", tags=["templates"])

PAGE = 50
MAX_PAGE = 100


class TemplatePage(BaseModel):
    """``languages``: in which there are any, whatever was asked for."""

    items: list[TemplateShown]
    next_cursor: str | None
    languages: list[str]


@router.get("")
async def templates(
    by: Member,
    services: SharedServices,
    channel_id: UUID,
    q: Annotated[str, Query(max_length=200)] = "",
    language: Annotated[str | None, Query(max_length=50)] = None,
    approved: bool = False,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> TemplatePage:
    """By name. ``q``: words that stand in its name or in what it says. ``approved``: only what can be sent."""
    async with services.database.reading(by.workspace_id) as tx:
        await _channel(tx, by, channel_id)
        found = await store.page(
            tx,
            channel_id,
            words=folded(q).split(),
            language=clean(language) if language else None,
            approved_only=approved,
            after=_place(cursor) if cursor else None,
            limit=limit + 1,
        )
        languages = await store.languages(tx, channel_id, approved_only=approved)
    items = [_shown(each) for each in found[:limit]]
    more = _cursor(found[limit - 1]) if len(found) > limit else None
    return TemplatePage(items=items, next_cursor=more, languages=languages)


@router.post("/look")
async def look(by: Member, services: SharedServices, channel_id: UUID) -> Checked:
    """Ask the platform now."""
    async with services.database.transaction(by.workspace_id) as tx:
        found = await _channel(tx, by, channel_id)
    trouble = await looking.look(services, by.workspace_id, found)
    return Checked(ok=trouble is None, sentence=trouble, wording=worded(trouble))


async def _channel(tx: Transaction, by: Membership, channel_id: UUID) -> dict[str, Any]:
    found = await connecting.channel(tx, channel_id) if by.sees(channel_id) else None
    if found is None or not looking.has_templates(found["platform"]):
        raise not_found("There is no such channel.")
    return found


def _shown(template: Template) -> TemplateShown:
    shown: dict[str, Any] = msgspec.to_builtins(template)
    return TemplateShown(**shown, reason_wording=worded(template.reason))


def _cursor(last: Template) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((last.name, last.language))).decode()


def _place(cursor: str) -> tuple[str, str]:
    try:
        name, language = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=tuple[str, str])
    except ValueError:
        raise invalid(cursor="This is not a cursor that we gave out.") from None
    return clean(name), clean(language)
