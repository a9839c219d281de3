"""What is said on Instagram: messages, answers to stories, mentions in them, things taken back, echoes."""

from __future__ import annotations

from dragoman.channels.events import Context, InboundEvent, MessageEvent, Part, Unsupported
from dragoman.channels.instagram.shared import DESCRIBED
from dragoman.channels.meta.attachments import attachment_parts
from dragoman.channels.meta.echo import NO_ECHO, echo_facts
from dragoman.channels.meta.item import Item
from dragoman.channels.meta.origin import origin
from dragoman.channels.meta.reading import composed_id, fingerprint, identifier, joined, web_address
from dragoman.channels.meta.said import choices, taken_back
from dragoman.kit.json_reading import Record, flag, record_in, text


def read_message(item: Item, message: Record) -> InboundEvent | None:
    """A customer's message, or the echo of what our side said, by whomever."""
    customer = item.customer
    if customer is None:
        return None
    mid = identifier(message, "mid") or composed_id("message", fingerprint(item.record))
    if flag(message, "is_deleted"):
        return taken_back(item, customer, mid)
    echo = echo_facts(message) if item.is_from_account else NO_ECHO
    return MessageEvent(
        account=item.account,
        natural_key=joined("message", mid),
        at=item.at,
        external_id=mid,
        customer=customer,
        direction=item.direction,
        text=text(message, "text"),
        parts=_parts(message),
        reply_to=identifier(record_in(message, "reply_to") or {}, "mid"),
        correlation=echo.correlation,
        automatic=echo.automatic or flag(message, "is_self"),  # a test to oneself answers nobody
        ours=echo.ours,
    )


def _parts(message: Record) -> tuple[Part, ...]:
    parts = (
        *_story_answered(message),
        *attachment_parts(message, DESCRIBED),
        *choices(message),
        *origin(record_in(message, "referral") or {}),
        *_not_told(message),
    )
    return parts if parts or text(message, "text") is not None else (Unsupported(kind="empty message"),)


def _story_answered(message: Record) -> tuple[Context, ...]:
    """The story's address dies with it after a day."""
    story = record_in(record_in(message, "reply_to") or {}, "story")
    return () if story is None else (Context(kind="story", url=web_address(story, "url")),)


def _not_told(message: Record) -> tuple[Unsupported, ...]:
    """Meta says that there is something, and not what."""
    return (Unsupported(kind="unsupported"),) if flag(message, "is_unsupported") else ()
