"""The shapes of docs/browser-contract.md, for OpenAPI: the browser's types are generated from them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from dragoman.access.model import Right, Role
from dragoman.alarms.model import Acts, What
from dragoman.conversations.model import Priority
from dragoman.labels.model import Colour
from dragoman.live.channel_shapes import Channel, Setup
from dragoman.live.message_shapes import (
    AttachmentPart,
    ContactGiven,
    LocationGiven,
    Message,
    SideName,
    Wording,
)
from dragoman.service.model import Measured, Reply, State
from dragoman.team.presence import Presence

BaseView = Literal[
    "waiting", "mine", "all", "closed", "snoozed", "snoozed_waiting", "window_closing", "at_risk"
]
ViewName = BaseView | Literal["mentions"]


class Contact(BaseModel):
    id: UUID
    identity_id: UUID
    name: str | None
    username: str | None
    blocked_us: bool
    picture_id: UUID | None  # an attachment: a small square


class PreviewText(BaseModel):
    text: str | None
    kind: str | None
    deleted: bool
    to: str | None  # of a reaction: the words that it answers


class Preview(BaseModel):
    side: SideName
    count: int
    at: datetime
    first: PreviewText
    last: PreviewText | None


class Window(BaseModel):
    """What the platform lets us send: whatever we like until ``free_until``, then until ``extended_until`` only as
    ``extended_as`` says, then what ``afterwards`` says. ``closing_until``: the one of these ends that is near."""

    free_until: datetime | None
    extended_until: datetime | None
    extended_as: str
    afterwards: Literal["nothing", "template"]
    closing_until: datetime | None


class Mention(BaseModel):
    """The newest note that mentions this member, and whether they have looked since."""

    at: datetime
    seen: bool


class Language(BaseModel):
    """What the contact writes: BCP 47. ``said_by``: the member who corrected it, which is final."""

    code: str
    confidence: float
    said_by: UUID | None


class Service(BaseModel):
    """By when which reply is due. ``state`` is as the server found it when it last looked: what the times say now may
    be a moment ahead of it."""

    level_id: UUID
    reply: Reply
    at_risk_at: datetime
    due_at: datetime
    state: State


class ServiceLevelShown(BaseModel):
    """How soon whom is to be answered: asked in their order, the first that fits holds. Of what is empty, all; minutes,
    null where that reply is not measured; ``warned``: so many minutes before it is due it is at risk."""

    id: UUID
    name: str
    channel_ids: list[UUID]
    languages: list[str]
    label_ids: list[UUID]
    priorities: list[Priority]
    first_reply: int | None
    next_reply: int | None
    measured: Measured
    warned: int


class Conversation(BaseModel):
    id: UUID
    channel_id: UUID
    contact: Contact
    status: Literal["unopened", "open", "snoozed", "closed"]
    waiting_for: Literal["us", "expert", "them", "nobody"]
    waiting_since: datetime | None
    answering: bool
    preview: Preview | None
    last_message_at: datetime | None
    last_arrived_at: datetime | None
    read_up_to: datetime | None
    mention: Mention | None
    owner_id: UUID | None
    team_id: UUID | None
    priority: Priority
    window: Window | None
    held_elsewhere: bool
    opened_at: datetime | None
    closed_at: datetime | None
    closed_by: UUID | None
    snoozed_until: datetime | None
    snoozed_by: UUID | None
    wrote_after_closing: bool  # something that did not reopen it
    language: Language | None
    service: Service | None
    label_ids: list[UUID]
    drafted_by: list[UUID]


class Draft(BaseModel):
    """What the member who asks is writing; of others' drafts only ``drafted_by`` tells."""

    id: UUID
    conversation_id: UUID
    version: int
    text: str
    files: list[AttachmentPart]
    reply_to: UUID | None
    expects_answer: bool | None
    begun_seq: int | None
    begun_arrival: datetime | None
    choices: list[str]
    location: LocationGiven | None
    contact: ContactGiven | None
    saved_at: datetime


class Alarm(BaseModel):
    """What somebody has to see to. ``name``: the customer's, where it is about a conversation. ``reason``: where what
    is wrong has many forms. ``until``: by when."""

    id: UUID
    what: What
    acts: Acts
    channel_id: UUID | None
    conversation_id: UUID | None
    name: str | None
    owner_id: UUID | None
    reason: str | None
    reason_wording: Wording | None = None
    until: datetime | None
    since: datetime


class Alarms(BaseModel):
    """All that stand about channels, and about conversations the most urgent; ``more``: there are others."""

    items: list[Alarm]
    more: bool


class MemberShown(BaseModel):
    id: UUID
    name: str
    email: str
    role: Role
    rights: list[Right]
    has_left: bool
    presence: Presence


class Label(BaseModel):
    id: UUID
    name: str
    colour: Colour


class Team(BaseModel):
    """Members who share a queue."""

    id: UUID
    name: str
    member_ids: list[UUID]


class Counts(BaseModel):
    """``owned``: by member, how many open conversations they have; ``teams``: how many wait in each one's queue. Who
    has none is left out."""

    waiting: int
    unassigned: int
    open: int
    closed: int
    snoozed: int
    snoozed_waiting: int
    window_closing: int
    at_risk: int
    shelved: int
    owned: dict[UUID, int]
    teams: dict[UUID, int]


class OpenQuestion(BaseModel):
    message_id: UUID
    text: str


class OpenQuestions(BaseModel):
    items: list[OpenQuestion]


class Rows(BaseModel):
    items: list[Conversation]
    next_cursor: str | None


class Messages(BaseModel):
    items: list[Message]
    next_cursor: str | None


class ConversationPage(Rows):
    seq: int


class MessagePage(Messages):
    """``next_cursor`` goes upward; ``newer_cursor`` downward, null where nothing newer is to be asked for."""

    newer_cursor: str | None
    seq: int


class OneConversation(BaseModel):
    seq: int
    conversation: Conversation
    timeline: Messages
    drafts: list[Draft]


class Episode(BaseModel):
    """One stretch from opening to closing; ``closed_at`` null while it lasts."""

    id: UUID
    opened_at: datetime
    closed_at: datetime | None
    closed_by: UUID | None


class Episodes(BaseModel):
    items: list[Episode]


class WorkspaceSettings(BaseModel):
    undo_seconds: int


class Filter(BaseModel):
    """What of a view is shown; nothing given, and it is all of it. Of labels, teams and priorities one is enough."""

    channel_ids: list[UUID] = []
    label_ids: list[UUID] = []
    team_ids: list[UUID] = []
    priorities: list[Priority] = []
    owner: Literal["me", "none"] | None = None
    unread: bool = False


class SavedView(BaseModel):
    """``owner_id`` None: the whole workspace has it."""

    id: UUID
    name: str
    owner_id: UUID | None
    made_by: UUID
    base: BaseView
    filter: Filter
    place: int


class Snapshot(BaseModel):
    seq: int
    me: UUID
    members: list[MemberShown]
    channels: list[Channel]
    setups: list[Setup]
    alarms: Alarms
    labels: list[Label]
    teams: list[Team]
    saved_views: list[SavedView]
    rules_version: int
    service_levels: list[ServiceLevelShown]
    mentions_unseen: int
    counts: Counts
    view: ViewName
    filter: Filter
    rows: Rows
    conversation: Conversation | None
    timeline: Messages | None
    drafts: list[Draft]
    settings: WorkspaceSettings
