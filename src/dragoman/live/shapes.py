"""The shapes of docs/browser-contract.md, for OpenAPI: the browser's types are generated from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from dragoman.access.model import Right, Role
from dragoman.alarms.model import Acts, What
from dragoman.conversations.model import Priority
from dragoman.labels.model import Colour
from dragoman.sentences import wording_of
from dragoman.service.model import Measured, Reply, State

BaseView = Literal[
    "waiting", "mine", "all", "closed", "snoozed", "snoozed_waiting", "window_closing", "at_risk"
]
ViewName = BaseView | Literal["mentions"]
SideName = Literal["customer", "team"]
FileKind = Literal["image", "animation", "video", "audio", "voice", "file", "sticker"]


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


class LinkPart(BaseModel):
    type: Literal["link"]
    url: str | None = None
    title: str | None = None
    kind: str = "link"


class ChoicePart(BaseModel):
    type: Literal["choice"]
    title: str


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
    side: SideName
    emoji: str


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
    saved_at: datetime


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


class ShelvedFragment(BaseModel):
    text: str | None
    kind: str | None


class ShelvedReaction(BaseModel):
    """``to`` and ``kind``: the message of ours that it stands at."""

    emoji: str | None
    to: str | None
    kind: str | None


class ShelfItem(BaseModel):
    """A quiet turn, or a reaction. ``class``: why it is quiet; ``rule_id``: the rule that put it there."""

    id: UUID
    conversation_id: UUID
    channel_id: UUID
    kind: Literal["turn", "reaction"]
    class_: str = Field(alias="class")
    rule_id: UUID | None
    at: datetime
    shelved_at: datetime
    contact: Contact
    status: Literal["unopened", "open", "snoozed", "closed"]
    fragments: list[ShelvedFragment]
    reaction: ShelvedReaction | None


class ShelfPage(BaseModel):
    seq: int
    items: list[ShelfItem]
    next_cursor: str | None


class ShelfClass(BaseModel):
    class_: str = Field(alias="class")
    count: int


class ShelfClasses(BaseModel):
    items: list[ShelfClass]


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
    """What of a view is shown; nothing given, and it is all of it. ``label_ids`` and ``team_ids``: any of these."""

    channel_ids: list[UUID] = []
    label_ids: list[UUID] = []
    team_ids: list[UUID] = []
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
