"""The shapes of messages and what they are made of, for OpenAPI."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from dragoman.outbound.besides import LONGEST_WORDS
from dragoman.sentences import wording_of

SideName = Literal["customer", "team"]

FileKind = Literal["image", "animation", "video", "audio", "voice", "file", "sticker"]


class Wording(BaseModel):
    """One of our sentences by its code; what fills its gaps are words of others, or sentences of ours again."""

    code: str
    values: dict[str, str | Wording]


def worded(sentence: str | None) -> Wording | None:
    """A sentence of ours as a browser gets it beside the English; None: it is none of ours."""
    found = wording_of(sentence)
    return Wording.model_validate(found) if found else None


class AttachmentPart(BaseModel):
    """One file of a message; also what an upload answers."""

    type: Literal["attachment"]
    id: UUID
    kind: FileKind
    state: Literal["waiting", "stored", "linked", "failed", "refused"]
    reason: str | None
    reason_wording: Wording | None = None
    name: str | None
    mime_type: str | None
    size_bytes: int | None
    width: int | None
    height: int | None
    duration_seconds: float | None
    emoji: str | None
    blur: str | None


class LocationPart(BaseModel):
    type: Literal["location"]
    latitude: float
    longitude: float
    title: str | None = None
    address: str | None = None
    live: bool = False


class ContactPart(BaseModel):
    type: Literal["contact"]
    name: str
    phone: str | None = None


class LocationGiven(BaseModel):
    """``title``, ``address``: told where the channel carries them."""

    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    title: str | None = Field(default=None, max_length=LONGEST_WORDS)
    address: str | None = Field(default=None, max_length=LONGEST_WORDS)


class ContactGiven(BaseModel):
    """``phone``: with its country, as in +49 30 123456."""

    name: str = Field(max_length=LONGEST_WORDS)
    phone: str = Field(max_length=LONGEST_WORDS)


class LinkPart(BaseModel):
    type: Literal["link"]
    url: str | None = None
    title: str | None = None
    kind: str = "link"


class ChoicePart(BaseModel):
    type: Literal["choice"]
    title: str


class ChoicesPart(BaseModel):
    """What a message of ours offers to be pressed, below its words."""

    type: Literal["choices"]
    titles: list[str]


class ContextPart(BaseModel):
    type: Literal["context"]
    kind: str
    text: str | None = None
    wording: Wording | None = None
    url: str | None = None


class UnsupportedPart(BaseModel):
    type: Literal["unsupported"]
    kind: str
    text: str | None = None


class TemplatePart(BaseModel):
    """Which approved template the message is; its words are the message's. ``values``: what fills its gaps."""

    type: Literal["template"]
    name: str
    language: str
    values: dict[str, str]
    buttons: list[str]


Part = (
    AttachmentPart
    | LocationPart
    | ContactPart
    | LinkPart
    | ChoicePart
    | ChoicesPart
    | ContextPart
    | UnsupportedPart
    | TemplatePart
)


class Quoted(BaseModel):
    """``id`` None: the quoted message is not here."""

    id: UUID | None
    side: SideName | None
    text: str | None
    kind: str | None


class Reaction(BaseModel):
    """``refused``: why the platform did not take what we wished. The customer sees ``emoji`` nevertheless where it
    ``stands`` from before, and nothing of ours where not."""

    side: SideName
    emoji: str
    refused: str | None = None
    refused_wording: Wording | None = None
    stands: bool | None = None


class Delivery(BaseModel):
    state: Literal["queued", "sending", "sent", "delivered", "read", "failed", "unknown"]
    hold_until: datetime | None  # until then its author can take it back
    leaves_at: datetime | None  # the platform's limits keep it back until then, or it is tried again then
    reason: str | None
    reason_wording: Wording | None = None
    idempotency_key: str | None


class SaidBy(BaseModel):
    """What said it in place of a member. ``rule_name``: as the rule is called now."""

    source: Literal["greeting", "away", "rule"]
    rule_id: UUID | None
    rule_name: str | None


class Message(BaseModel):
    id: UUID
    conversation_id: UUID
    turn_id: UUID
    side: SideName
    origin: Literal["customer", "member", "elsewhere", "automatic", "note"]
    author_id: UUID | None
    said_by: SaidBy | None
    sent_at: datetime
    order: int
    arrived_at: datetime
    text: str | None
    parts: list[Part]
    reply_to: Quoted | None
    edited: bool
    deleted: bool
    late: bool
    reactions: list[Reaction]
    expects_answer: bool
    language: str | None  # of its turn, as far as it is known
    noise: str | None  # the verdict on its turn: why it is quiet
    delivery: Delivery | None
