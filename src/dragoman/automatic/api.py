"""Routes of what is said by itself: greetings and away messages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.automatic import actions, store
from dragoman.automatic.gaps import back_by_language
from dragoman.automatic.model import (
    MOST_LANGUAGES,
    MOST_QUIET_MINUTES,
    QUIET_MINUTES,
    Automatic,
)
from dragoman.kit.clock import now
from dragoman.team import routing_store
from dragoman.team.opening import opens_at
from dragoman.team.work import is_open

router = APIRouter(prefix="/api/w/{workspace_id}/automatic", tags=["automatic"])

MOST_CHANNELS = 1000
READ_AT_ALL = 20_000  # characters of one text; what is too long is told in a sentence


class WordingShown(BaseModel):
    """``language`` is BCP 47."""

    language: Annotated[str, Field(max_length=20)]
    text: Annotated[str, Field(max_length=READ_AT_ALL)]


class AutomaticMessage(BaseModel):
    """The first text is for everybody whose language none of the others has. ``{back}`` in an away message: when the
    house opens next."""

    is_on: bool = False
    texts: Annotated[list[WordingShown], Field(max_length=2 * MOST_LANGUAGES)] = []


class OnChannel(BaseModel):
    """Null: as everywhere."""

    channel_id: UUID
    greeting: AutomaticMessage | None = None
    away: AutomaticMessage | None = None


class AutomaticMessages(BaseModel):
    """``quiet_minutes``: nothing is said so soon after a member has written."""

    greeting: AutomaticMessage
    away: AutomaticMessage
    channels: Annotated[list[OnChannel], Field(max_length=MOST_CHANNELS)] = []
    quiet_minutes: Annotated[int, Field(ge=0, le=MOST_QUIET_MINUTES)] = QUIET_MINUTES

    def settled(self) -> Automatic:
        content = self.model_dump(exclude={"channels"})
        channels = {str(each.channel_id): each.model_dump(exclude={"channel_id"}) for each in self.channels}
        return msgspec.convert({**content, "channels": channels}, Automatic)


class AutomaticShown(AutomaticMessages):
    """``back``: what would stand for ``{back}`` now, by language, and under an empty name in all others; empty where
    no opening is near."""

    is_open: bool
    back: dict[str, str]


@router.get("")
async def automatic(by: Member, services: SharedServices) -> AutomaticShown:
    """Everybody sees it, as far as they see the channels."""
    async with services.database.reading(by.workspace_id) as tx:
        settings = await store.settings(tx)
        there = await store.channels(tx)
        house = await routing_store.house_hours(tx)
    at = now()
    opens = opens_at(house, at)
    content = msgspec.to_builtins(settings)
    seen = [each for each in settings.channels if each in there and by.sees(each)]
    content["channels"] = [
        {"channel_id": each, **msgspec.to_builtins(settings.channels[each])} for each in seen
    ]
    return AutomaticShown(
        **content,
        is_open=is_open(house, at),
        back=back_by_language(opens, at),
    )


@router.post("", status_code=204)
async def set_automatic(by: Member, services: SharedServices, asked: AutomaticMessages) -> None:
    """Needs ``manage_rules``. What is wrong stands at its place: ``away:de``, on a channel ``away:de:<id>``."""
    await actions.set_automatic(services.database, by, asked.settled())
