"""The customer's phone: a thread as they see it, both ways."""

from urllib.parse import urlsplit

from dragoman.simulator.messenger.model import Json, Message, Thread
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.phone import MOST_LINES, Line, Phone


def phone(office: Office, thread: Thread) -> Phone:
    person, page = office.network.people[thread.person_id], office.network.pages[thread.page_id]
    names = [person.first_name, *([person.last_name] if person.last_name else [])]
    messages = [message for message in office.network.messages_of(thread) if not message.is_deleted]
    lines = [_line(thread, message) for message in messages[-MOST_LINES:]]
    typing_until = office.typing_until.get((thread.page_id, thread.psid), 0.0)
    typing = office.network.clock.seconds() < typing_until
    return Phone(" ".join(names), page.name, thread.has_blocked_page, lines, typing)


def _line(thread: Thread, message: Message) -> Line:
    attachment = (message.content.get("attachments") or [{}])[0]
    payload = attachment.get("payload") or {}
    return Line(
        id=message.mid,
        mine=not message.is_from_page,
        at=message.timestamp / 1000,
        text=message.text or payload.get("text") or payload.get("title"),
        media=attachment.get("type"),
        media_path=_path(payload.get("url")),
        reply_to=(message.content.get("reply_to") or {}).get("mid"),
        edited=message.edits > 0,
        my_reaction=message.customer_reaction,
        their_reaction=message.page_reaction,
        buttons=_choices(payload.get("buttons")),
        quick_replies=_choices(message.content.get("quick_replies")),
        seen=not message.is_from_page and message.timestamp <= thread.page_seen_up_to,
    )


def _path(url: str | None) -> str | None:
    """Our own links work from any name under which this machine is reached."""
    parts = urlsplit(url or "")
    return f"{parts.path}?{parts.query}" if parts.path.startswith("/cdn/") else None


def _choices(offered: list[Json] | None) -> list[tuple[str, str]]:
    return [(str(one["title"]), str(one["payload"])) for one in offered or [] if one.get("payload")]
