"""The Send API: a page's message or small sign, delivered to the customer's phone and echoed to every app."""

from msgspec.structs import replace

from dragoman.simulator.journal import Event, Kind
from dragoman.simulator.messenger.cdn import link_to
from dragoman.simulator.messenger.errors import invalid_parameter
from dragoman.simulator.messenger.events import tell_from_customer, tell_of_echo
from dragoman.simulator.messenger.graph.attaching import media_attachment
from dragoman.simulator.messenger.graph.checking import (
    SENDS_PER_SECOND,
    check_call_limit,
    check_template,
    check_window,
    check_words,
    recipient_thread,
)
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import Json, Message, Page, Thread
from dragoman.simulator.messenger.office import Office

TYPING_SECONDS = 20.0  # Messenger's own figure is not documented for certain
ACTIONS = ("typing_on", "typing_off", "mark_seen", "react", "unreact")


async def send(call: GraphCall, page_id: str) -> Json:
    page, token = call.page(page_id)
    check_call_limit(call, page, "send", SENDS_PER_SECOND)
    message, action = call.structure("message"), call.text("sender_action")
    if message and action:
        raise invalid_parameter("Cannot send a message and a sender_action in one call", 2018014)
    thread = recipient_thread(call, page, token)
    if action:
        return _act(call, thread, action)
    if not isinstance(message, dict):
        raise invalid_parameter("The parameter message is required")
    check_words(message, call.network.ways)
    check_window(call, thread)
    content, attachment_id = await _content(call, page, thread, message)
    sent = put_on_phone(call.office, thread, content, token.app_id, message.get("metadata"))
    answer = {"recipient_id": thread.psid, "message_id": sent.mid}
    return answer | ({"attachment_id": attachment_id} if attachment_id else {})


def put_on_phone(
    office: Office, thread: Thread, content: Json, app_id: str | None, metadata: str | None
) -> Message:
    """The message is on the customer's phone: noted, echoed, and confirmed as delivered."""
    message = office.network.add_message(thread, content, is_from_page=True, app_id=app_id, metadata=metadata)
    office.typing_until.pop((thread.page_id, thread.psid), None)
    office.journal.add(Kind.RECEIVED, _received(message, office.network.ways.platform))
    tell_of_echo(office, thread, message)
    if office.network.ways.tells_deliveries:
        now = office.network.clock.milliseconds()
        delivery = {"delivery": {"mids": [message.mid], "watermark": message.timestamp}}
        tell_from_customer(office, thread, max(now, message.timestamp), delivery)
    return message


async def _content(call: GraphCall, page: Page, thread: Thread, message: Json) -> tuple[Json, str | None]:
    """The message as echo and phone show it, and the id of a file that was asked to be kept."""
    content: Json = {"text": message["text"]} if message.get("text") else {}
    attachment_id = None
    if message.get("sticker_id"):
        sticker = call.office.drawer.take("sticker")
        content["attachments"] = [_sticker(call, sticker.name, sticker.content, message["sticker_id"])]
    elif isinstance(message.get("attachment"), dict):
        shown, attachment_id = await _attachment(call, page, message["attachment"])
        content["attachments"] = [shown]
    if message.get("quick_replies"):
        content["quick_replies"] = message["quick_replies"]
    return content | _reply(call, thread), attachment_id


async def _attachment(call: GraphCall, page: Page, attachment: Json) -> tuple[Json, str | None]:
    if attachment.get("type") != "template":
        return await media_attachment(call, page, attachment)
    payload = attachment.get("payload") or {}
    check_template(payload)
    return {"type": "template", "payload": payload}, None


def _sticker(call: GraphCall, name: str, content: bytes, sticker_id: object) -> Json:
    url = link_to(call.office, call.network.files.put(content), name)
    return {"type": "sticker", "payload": {"url": url, "sticker_id": int(str(sticker_id))}}


def _reply(call: GraphCall, thread: Thread) -> Json:
    wanted = call.structure("reply_to")
    if not isinstance(wanted, dict):
        return {}
    messages = call.network.messages.get((thread.page_id, thread.psid), {})
    replied = messages.get(str(wanted.get("mid", "")))
    if replied is None:
        raise invalid_parameter("Invalid message id in reply_to")
    return {"reply_to": {"mid": replied.mid, "is_self_reply": replied.is_from_page}}


def _act(call: GraphCall, thread: Thread, action: str) -> Json:
    if action not in ACTIONS:
        raise invalid_parameter(f"Param sender_action must be one of {{{', '.join(ACTIONS)}}}")
    if action == "mark_seen":
        now = call.network.clock.milliseconds()
        call.network.keep_thread(replace(thread, page_seen_up_to=now))
    if action in ("typing_on", "typing_off"):
        shown_for = TYPING_SECONDS if action == "typing_on" else 0.0
        until = call.network.clock.seconds() + shown_for
        call.office.typing_until[thread.page_id, thread.psid] = until
    if action in ("react", "unreact"):
        _react(call, thread, action)
    return {"recipient_id": thread.psid}


def _react(call: GraphCall, thread: Thread, action: str) -> None:
    payload = call.structure("payload") or {}
    messages = call.network.messages.get((thread.page_id, thread.psid), {})
    message = messages.get(str(payload.get("message_id", "")))
    if message is None:
        raise invalid_parameter("Invalid message id in payload")
    if action == "react" and not payload.get("reaction"):
        raise invalid_parameter("The parameter payload[reaction] is required")
    call.network.keep_message(
        replace(message, page_reaction=_shown(payload["reaction"]) if action == "react" else None)
    )


def _shown(reaction: str) -> str:
    """An emoji, or the name that Instagram has for its heart."""
    return "❤" if reaction == "love" else reaction


def _received(message: Message, platform: str) -> Event:
    attachments = message.content.get("attachments") or []
    return Event(
        platform=platform,
        account=message.page_id,
        chat=message.psid,
        event="message",
        key=message.mid,
        text=message.text,
        platform_time=message.timestamp / 1000,
        correlation=message.metadata,
        details={"app": message.app_id, **({"media": attachments[0]["type"]} if attachments else {})},
    )
