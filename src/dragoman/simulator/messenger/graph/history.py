"""The Conversations API: what was said before, newest first, with details for the newest twenty only."""

import mimetypes
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

from dragoman.simulator.messenger.errors import invalid_parameter, message_unavailable, not_visible
from dragoman.simulator.messenger.graph.checking import HISTORY_CALLS_PER_SECOND, check_call_limit
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import Json, Message, Page, Thread

DETAILED = 20
MOST_PER_PAGE = 100
NESTED = re.compile(r"([a-z_]+)(?:\.limit\((\d+)\))?(?:\{([^{}]*)\})?")
IDS_ONLY = ("id", "created_time")


async def list_conversations(call: GraphCall, page_id: str) -> Any:
    """All threads of the page that hold a message, or the one with `user_id`; `after` pages on."""
    page, _ = call.page(page_id)
    check_call_limit(call, page, "history", HISTORY_CALLS_PER_SECOND)
    if (call.text("platform") or "messenger") != call.network.ways.platform:
        return {"data": []}
    threads = [thread for thread in call.network.threads.values() if thread.page_id == page.id]
    if user_id := call.text("user_id"):
        threads = [thread for thread in threads if thread.psid == user_id]
    else:
        threads = [thread for thread in threads if call.network.newest(thread)]
    threads.sort(key=lambda thread: _updated(call, thread), reverse=True)
    start, limit = _whole(call.text("after"), 0), min(_whole(call.text("limit"), 25), MOST_PER_PAGE)
    chosen = threads[start : start + limit]
    answer: Json = {"data": [_conversation(call, page, thread) for thread in chosen]}
    if chosen:
        answer["paging"] = {"cursors": {"before": str(start), "after": str(start + len(chosen))}}
    if start + limit < len(threads):
        answer["paging"]["next"] = f"https://graph.example.com/{page_id}/conversations?after={start + limit}"
    return answer


async def show_conversation(call: GraphCall, conversation_id: str) -> Any:
    page, _ = call.page("me")
    check_call_limit(call, page, "history", HISTORY_CALLS_PER_SECOND)
    for thread in call.network.threads.values():
        if thread.id == conversation_id and thread.page_id == page.id:
            return _conversation(call, page, thread)
    raise not_visible(conversation_id)


async def show_message(call: GraphCall, mid: str) -> Any:
    """Raises: GraphError 9000001 for anything older than the newest twenty of its thread."""
    page, _ = call.page("me")
    check_call_limit(call, page, "history", HISTORY_CALLS_PER_SECOND)
    for (page_id, psid), messages in call.network.messages.items():
        if page_id == page.id and mid in messages:
            thread = call.network.threads[page_id, psid]
            if messages[mid].is_deleted or mid not in list(messages)[-DETAILED:]:
                raise message_unavailable()
            wanted = call.names("fields") or list(IDS_ONLY)
            return _only(wanted, _message(call, page, thread, messages[mid]))
    raise not_visible(mid)


def _conversation(call: GraphCall, page: Page, thread: Thread) -> Json:
    wanted = _wanted(call.text("fields") or "id,link,updated_time")
    names = {person["id"]: person for person in _participants(call, page, thread)}
    shown: Json = {"id": thread.id}
    if "link" in wanted:
        shown["link"] = f"/{page.id}/inbox/{thread.id}/"
    if "updated_time" in wanted:
        shown["updated_time"] = iso(_updated(call, thread))
    if "participants" in wanted:
        shown["participants"] = {"data": list(names.values())}
    if "messages" in wanted:
        limit, fields = wanted["messages"]
        shown["messages"] = {"data": _messages(call, page, thread, limit, fields)}
    return shown


def _messages(call: GraphCall, page: Page, thread: Thread, limit: int, fields: list[str]) -> list[Json]:
    newest_first = [one for one in call.network.messages_of(thread)[::-1] if not one.is_deleted]
    return [
        _only(fields if number < DETAILED else list(IDS_ONLY), _message(call, page, thread, message))
        for number, message in enumerate(newest_first[:limit])
    ]


def _message(call: GraphCall, page: Page, thread: Thread, message: Message) -> Json:
    own, customer = _participants(call, page, thread)
    sender, receiver = (own, customer) if message.is_from_page else (customer, own)
    shown: Json = {
        "id": message.mid,
        "created_time": iso(message.timestamp),
        "from": sender,
        "to": {"data": [receiver]},
        "message": message.text or "",
    }
    if attachments := message.content.get("attachments"):
        shown["attachments"] = {"data": [_attachment(call, attachment) for attachment in attachments]}
    if reply_to := message.content.get("reply_to"):
        shown["reply_to"] = reply_to
    return shown


def _attachment(call: GraphCall, attachment: Json) -> Json:
    """History words attachments otherwise than the webhooks do: a file keeps its name there, and pictures, films and
    sound, which are encoded anew, are renamed."""
    url = (attachment.get("payload") or {}).get("url", "")
    match attachment["type"]:
        case "image" | "sticker":
            return {"mime_type": "image/jpeg", "name": _renamed("image", url), "image_data": {"url": url}}
        case "video":
            return {"mime_type": "video/mp4", "name": _renamed("video", url), "video_data": {"url": url}}
        case "audio":
            return {"mime_type": "audio/mpeg", "name": _renamed("audioclip", url), "file_url": url}
        case "file":
            return _file(call, url)
        case kind:
            return {"mime_type": "application/octet-stream", "name": kind, "file_url": url}


def _file(call: GraphCall, url: str) -> Json:
    kept, name = (unquote(part) for part in urlsplit(url).path.rsplit("/", 2)[1:])
    mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"mime_type": mime_type, "name": name, "size": call.network.files.size(kept), "file_url": url}


def _renamed(kind: str, url: str) -> str:
    return f"{kind}-{int(sha256(urlsplit(url).path.encode()).hexdigest()[:12], 16)}"


def _participants(call: GraphCall, page: Page, thread: Thread) -> tuple[Json, Json]:
    person = call.network.people[thread.person_id]
    names = [person.first_name, *([person.last_name] if person.last_name else [])]
    own, customer = {"id": page.id, "name": page.name}, {"id": thread.psid, "name": " ".join(names)}
    if page.username:
        return own | {"username": page.username}, customer | {"username": person.username}
    return own, customer


def _updated(call: GraphCall, thread: Thread) -> int:
    newest = call.network.newest(thread)
    return newest.timestamp if newest else 0


def _wanted(fields: str) -> dict[str, tuple[int, list[str]]]:
    """`id,messages.limit(5){id,message}` as names with their limit and inner fields."""
    wanted: dict[str, tuple[int, list[str]]] = {}
    for match in NESTED.finditer(fields.replace(" ", "")):
        name, limit, inner = match.groups()
        wanted[name] = (int(limit or 25), inner.split(",") if inner else list(IDS_ONLY))
    return wanted


def _only(fields: list[str], shown: Json) -> Json:
    return {name: value for name, value in shown.items() if name in {"id", *fields}}


def iso(milliseconds: int) -> str:
    """As the Graph API writes times: 2022-07-12T19:11:07+0000."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _whole(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.isdecimal():
        raise invalid_parameter("A whole number is needed")
    return int(text)
