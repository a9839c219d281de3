"""The shapes of channels, their templates and their set-up, for OpenAPI."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from dragoman.live.message_shapes import FileKind, Wording


class Backfill(BaseModel):
    """Reading in what the platform remembers: ``connected`` what was said before we were there, ``gap`` what passed us
    by. ``found``: messages that were not known before. ``reached``: how far back it has come."""

    id: UUID
    why: Literal["connected", "gap"]
    state: Literal["running", "stopped", "done", "failed"]
    since: datetime
    conversations: int
    found: int
    reached: datetime | None
    reason: str | None
    reason_wording: Wording | None = None
    started_at: datetime
    ended_at: datetime | None


class TemplateGap(BaseModel):
    """Stands in the texts as ``{{name}}``. ``label``: what its author called it, empty where it has a number only."""

    name: str
    label: str = ""
    kind: Literal["text", "latitude", "longitude", "place_name", "place_address"] = "text"
    example: str | None = None
    max: int


class TemplateButtonShown(BaseModel):
    """``address`` None: pressing it is an answer."""

    title: str
    address: str | None = None


class TemplateShown(BaseModel):
    """Words that the platform has to approve before they are sent, in one language."""

    name: str
    language: str
    state: Literal["approved", "pending", "rejected", "paused", "disabled", "unfit"]
    reason: str | None = None
    reason_wording: Wording | None = None
    category: str = ""
    head: str = ""
    head_file: FileKind | None = None
    body: str
    foot: str = ""
    buttons: list[TemplateButtonShown] = []
    gaps: list[TemplateGap] = []


class Templates(BaseModel):
    """How many of a channel's templates can be sent and how many not, as of when the platform was last asked."""

    approved: int
    others: int
    looked_at: datetime | None
    trouble: str | None
    trouble_wording: Wording | None = None


class Channel(BaseModel):
    """``backfills``: the newest of either kind."""

    id: UUID
    platform: str
    name: str
    handle: str | None
    state: Literal["testing", "live", "attention"]
    trouble: str | None
    trouble_wording: Wording | None = None
    simulated: bool
    backfills: list[Backfill]
    templates: Templates | None
    capabilities: dict[str, Any]


class SetupCheck(BaseModel):
    """What trying one thing came to; ``sentence`` says what is wrong and what to do, or what is worth knowing."""

    name: Literal["credentials", "rights", "address", "delivery", "heard", "answered"]
    outcome: Literal["ok", "failed", "pending"]
    at: datetime
    sentence: str | None
    wording: Wording | None = None


class SetupApproval(BaseModel):
    """What the platform itself has to allow. ``granted_at`` None: it was asked, and has not agreed yet."""

    name: str
    asked_at: datetime
    granted_at: datetime | None


class Setup(BaseModel):
    """A channel that is being connected. ``step``: a step of its platform's guide, or ``checks``."""

    id: UUID
    platform: str
    simulated: bool
    way: str
    renews: UUID | None
    state: Literal["waiting_for_you", "waiting_for_platform", "testing", "live"]
    step: str
    checks: list[SetupCheck]
    approvals: list[SetupApproval]
    channel_ids: list[UUID]
    begun_by: UUID
    begun_at: datetime
