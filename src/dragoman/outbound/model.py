"""What becomes of a message of ours: pure decisions."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from dragoman.channels.capabilities import Afterwards, Capabilities
from dragoman.channels.contract import Accepted, Outgoing
from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.conversations.model import Conversation
from dragoman.conversations.reply_window import Allowance, allowance
from dragoman.kit.errors import Refused, invalid
from dragoman.outbound.besides import NOTHING, Besides, check_besides, text_limit
from dragoman.outbound.splitting import split

FILE_SECONDS = 200  # a file may take that long at least, whatever a text may
LEASE_LASTS = 1.5  # times as long as its request: a conversation's lease
MAX_TRIES = 8
TRY_AGAIN = (5, 15, 60, 300, 900)  # seconds after the first, second ... failed try
LONGEST_TEXT = 50_000  # characters that we read at all; a channel's own limit is told by its capabilities
MAX_FILES = 10  # in one reply
MAX_BESIDES = 2  # bubbles of a reply that are neither text nor file: a location, a contact
MAX_PIECES = 5  # that one text may become where the channel takes none as long
STALE = "stale"
QUEUED_ORDER = (
    2**53 - 1
)  # until the platform says otherwise, what we send stands after what came in that moment
SHUT_MEANWHILE = (
    "The reply window shut before this left: nothing was sent, and the customer has to write first."
)
ASK_HISTORY_AFTER = timedelta(seconds=20)  # an echo has that long to come first
STILL_NOT_THERE_AFTER = timedelta(
    seconds=90
)  # after its request: a history that does not show it then never will
LOOKS_BEFORE_FAILED = 2  # that found nothing
AWAITED = timedelta(milliseconds=250)  # so near a place in the pace is waited for in hand
WORTH_SAYING = timedelta(seconds=2)  # a wait for the platform's limits that is shown
SLOT_KEPT = timedelta(seconds=5)  # after that a place is lost: a backlog must not leave all at once


class Source(StrEnum):
    """What says something by itself, in place of a member."""

    GREETING = "greeting"
    AWAY = "away"
    RULE = "rule"


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way out: claimed, marked as sending, its conversation leased."""

    message_id: UUID
    conversation_id: UUID
    connection_id: UUID
    channel_id: UUID
    platform: str
    account: str
    lane: int
    author_id: UUID | None
    lease: UUID
    tries: int
    seconds: int  # the request may take
    leaves_at: datetime  # its place in the channel's pace
    attachment_id: UUID | None  # of the file, where there is one
    storage_key: str | None  # of that file
    outgoing: Outgoing


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a try came to. ``again_after``: it goes back into the queue for that long."""

    state: str  # sent, queued, failed, unknown
    accepted: Accepted | None = None
    reason: str | None = None
    again_after: timedelta | None = None
    pauses_channel: bool = False  # the whole channel waits for again_after
    channel_trouble: str | None = None


NOT_BEGUN = Verdict(state="queued", again_after=timedelta(0))


def verdict_of(error: BaseException, tries: int) -> Verdict:
    """From who must act to what the bubble shows. What we do not understand may have arrived."""
    match error:
        case TryLater() if tries < MAX_TRIES:
            wait = error.retry_after or timedelta(seconds=TRY_AGAIN[min(tries, len(TRY_AGAIN)) - 1])
            return Verdict(state="queued", again_after=wait, pauses_channel=error.retry_after is not None)
        case TryLater():
            return Verdict(state="failed", reason=f"{error.reason} We tried {tries} times.")
        case NeedsReconnect():
            return Verdict(state="failed", reason=error.reason, channel_trouble=error.reason)
        case Undeliverable():
            return Verdict(state="failed", reason=error.reason)
        case MaybeSent() | ChannelError():
            return Verdict(state="unknown", reason=error.reason)
        case _:
            return Verdict(state="unknown", reason="the answer to our request was lost")


def kept_slot(written: str | None, at: datetime) -> datetime | None:
    """The place in the channel's pace that was given to a message before, if it is still good."""
    slot = datetime.fromisoformat(written) if written else None
    return slot if slot and at - slot <= SLOT_KEPT else None


def seconds_allowed(send_seconds: int, *, has_file: bool) -> int:
    """How long one request may take."""
    return max(FILE_SECONDS, send_seconds) if has_file else send_seconds


def is_not_there(looks: int, request_ended: datetime, at: datetime) -> bool:
    """Whether so many looks into the history, none of which found the message, prove that it did not arrive."""
    return looks >= LOOKS_BEFORE_FAILED and at - request_ended >= STILL_NOT_THERE_AFTER


def check_reply(
    text: str | None, files: list[dict[str, Any]], can: Capabilities, besides: Besides = NOTHING
) -> None:
    """Refuse before sending what the channel would refuse after. Raises Refused (422) with a sentence."""
    check_besides(besides, text, can)
    if not (text and text.strip()) and not files and besides.is_empty:
        raise invalid(text="Write something, or add a file.")
    if text and (pieces := len(split(text, text_limit(besides, can)))) > MAX_PIECES:
        raise invalid(text=f"This would be {pieces} messages; at most {MAX_PIECES} go with one reply.")
    if len(files) > MAX_FILES:
        raise invalid(attachment_ids=f"At most {MAX_FILES} files go with one reply.")
    for file in files:
        _check_file(file, can)


def _check_file(file: dict[str, Any], can: Capabilities) -> None:
    limit = can.files.get(file["kind"])
    if limit is None:
        raise invalid(attachment_ids=f"This channel takes no {file['kind']}.")
    if file["size_bytes"] > limit.max_bytes:
        size, most = file["size_bytes"] / 1_048_576, limit.max_bytes / 1_048_576
        raise invalid(attachment_ids=f"{file['name']} has {size:.1f} MB; the channel takes {most:g} MB.")


def check_window(c: Conversation, now: datetime, can: Capabilities) -> None:
    """Refuse a reply that the platform's reply window no longer allows."""
    if allowance(can.reply_window, c, now) is Allowance.SHUT:
        raise Refused("window_closed", _shut_sentence(can), 422)


def _shut_sentence(can: Capabilities) -> str:
    if can.reply_window is not None and can.reply_window.afterwards is Afterwards.TEMPLATE:
        return "The reply window is shut: until the customer writes again, the platform takes approved templates only."
    return "The platform's reply window is closed until the customer writes again."
