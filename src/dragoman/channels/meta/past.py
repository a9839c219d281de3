"""A past conversation as the Conversations API shows it, as events: the ids are the webhooks', all else is worded
otherwise. What we put around it (``past_page.wrapped``) says whose it is and from when on we heard everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dragoman.channels.events import (
    Context,
    Direction,
    InboundEvent,
    Media,
    MediaKind,
    MessageEvent,
    Part,
    Person,
    Unsupported,
)
from dragoman.channels.meta.attachments import MAX_NAME
from dragoman.channels.meta.item import unrecognised
from dragoman.channels.meta.reading import identifier, identifiers, joined, web_address, written_time
from dragoman.kit.json_reading import Record, flag, integer, record_in, records_in, text
from dragoman.kit.text import clean

# Their times are cut to the second, and their clock is not ours.
TOLERANCE = timedelta(seconds=2)

_FILES = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}


def read_past(past: Record, account: str) -> Iterator[InboundEvent]:
    """All that was said in one past conversation, either side's oldest first. Total.

    Our side comes first: what it had answered opens nothing any more.
    """
    account = identifier(past, "account") or account
    conversation = record_in(past, "conversation") or {}
    customer = _customer(conversation, set(identifiers(past, "own")))
    if customer is None:
        yield unrecognised(account, "past conversation without a customer", conversation, known=True)
        return
    connected_at = written_time(past, "connected_at")
    if flag(past, "more"):
        yield unrecognised(account, "older messages, which Meta no longer shows", conversation, known=True)
    said = [
        _said(account, customer, record, connected_at)
        or unrecognised(account, "past message of which Meta shows no more than its time", record, known=True)
        for record in reversed(records_in(record_in(conversation, "messages") or {}, "data"))
    ]
    yield from sorted(said, key=_is_customers)
    if not said:
        yield unrecognised(account, "past conversation without messages", conversation, known=True)


def _is_customers(event: InboundEvent) -> bool:
    return isinstance(event, MessageEvent) and event.direction is Direction.IN


def _customer(conversation: Record, own: set[str]) -> Person | None:
    """The one who is not we. An account may go by several ids, and by its user name."""
    people = records_in(record_in(conversation, "participants") or {}, "data")
    others = [person for person in people if not own & {identifier(person, "id"), text(person, "username")}]
    address = identifier(others[0], "id") if len(others) == 1 else None
    if address is None:
        return None
    return Person(address=address, name=text(others[0], "name"), username=text(others[0], "username"))


def _said(
    account: str, customer: Person, record: Record, connected_at: datetime | None
) -> MessageEvent | None:
    mid, sender = identifier(record, "id"), identifier(record_in(record, "from") or {}, "id")
    if mid is None or sender is None:
        return None
    at = written_time(record, "created_time")
    imported = at is None or connected_at is None or at < connected_at - TOLERANCE
    incoming = sender == customer.address
    words = text(record, "message") or None
    parts = _parts(record)
    return MessageEvent(
        account=account,
        natural_key=joined("message", mid),
        at=at,
        external_id=mid,
        customer=customer,
        direction=Direction.IN if incoming else Direction.OUT,
        may_be_ours=not incoming and not imported,
        text=words,
        parts=parts if parts or words is not None else (Unsupported(kind="empty message"),),
        reply_to=identifier(record_in(record, "reply_to") or {}, "mid"),
        imported=imported,
    )


def _parts(record: Record) -> tuple[Part, ...]:
    attachments = records_in(record_in(record, "attachments") or {}, "data")
    return (*_story(record), *(_attached(each) for each in attachments))


def _story(record: Record) -> tuple[Context, ...]:
    """Of a story that is over only the address is left, and it leads nowhere."""
    story = record_in(record, "story") or {}
    mention = record_in(story, "mention")
    if mention is not None:
        return (Context(kind="story_mention", url=web_address(mention, "link")),)
    answered = record_in(story, "reply_to") or record_in(record_in(record, "reply_to") or {}, "story")
    if answered is not None:
        return (Context(kind="story", url=web_address(answered, "link") or web_address(answered, "url")),)
    return ()


def _attached(attachment: Record) -> Part:
    """Pictures and films have an entry of their own, everything else only an address and a type."""
    mime_type = text(attachment, "mime_type")
    main_type = (mime_type or "").partition("/")[0]
    shown = record_in(attachment, "image_data") or record_in(attachment, "video_data") or {}
    url = web_address(shown, "url") or web_address(attachment, "file_url")
    if url is None:
        return Unsupported(kind=main_type or "attachment", text=text(attachment, "name"))
    kind = MediaKind.VIDEO if "video_data" in attachment else _FILES.get(main_type, MediaKind.FILE)
    name = text(attachment, "name") if kind is MediaKind.FILE else None
    return Media(
        kind=MediaKind.IMAGE if "image_data" in attachment else kind,
        source={"url": url},
        name=clean(name)[:MAX_NAME] if name else None,
        mime_type=mime_type,
        size_bytes=integer(attachment, "size") or None,
        width=integer(shown, "width"),
        height=integer(shown, "height"),
    )
