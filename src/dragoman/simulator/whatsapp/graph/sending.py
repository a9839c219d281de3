"""/messages: what we say, accepted at once; whether it arrived is told by statuses."""

from typing import Any

from msgspec.structs import replace

from dragoman.simulator.journal import Event, Kind
from dragoman.simulator.whatsapp.events import tell_of_status
from dragoman.simulator.whatsapp.graph.call import GraphCall
from dragoman.simulator.whatsapp.graph.checking import check_content, check_limits, check_window, recipient_of
from dragoman.simulator.whatsapp.graph.errors import GraphError, bad_value
from dragoman.simulator.whatsapp.model import Chat, Json, Message
from dragoman.simulator.whatsapp.office import Office

TYPING_SECONDS = 25.0
SUCCESS = {"success": True}


async def send(call: GraphCall, number_id: str) -> Any:
    number, _ = call.number(number_id)
    if call.text("messaging_product") != "whatsapp":
        raise GraphError(131008, "(#131008) Required parameter is missing: messaging_product")
    if call.text("status") == "read":
        return _mark_read(call, number.id)
    person = recipient_of(call)
    chat = call.network.chat_with(number.id, person.id)
    check_limits(call, number, person)
    content = check_content(call, chat)
    check_window(call, chat, content)
    if content["type"] == "reaction":
        message = _react(call, chat, content)
    else:
        message = put_on_phone(call.office, chat, content, call.text("biz_opaque_callback_data"))
    asked = call.text("to") or call.text("recipient")
    phone = {"wa_id": person.shown_phone} if person.shown_phone else {}
    contact = {"input": asked, **phone, "user_id": person.user_id}
    accepted = {
        "id": message.wamid,
        **({"message_status": "accepted"} if content["type"] == "template" else {}),
    }
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [accepted]}


def put_on_phone(office: Office, chat: Chat, content: Json, callback: str | None) -> Message:
    """Accepted; then it arrives, or is given up for somebody who blocked us."""
    message = office.network.add_message(chat, content, is_from_us=True, callback=callback)
    office.typing_until.pop((chat.number_id, chat.person_id), None)
    if chat.has_blocked_us:
        office.network.keep_message(replace(message, is_deleted=True))
        error = {"code": 131026, "title": "Message undeliverable", "message": "Message undeliverable"}
        tell_of_status(office, chat, message, "failed", errors=[error])
        return message
    office.journal.add(Kind.RECEIVED, _received(message))
    tell_of_status(office, chat, message, "sent")
    tell_of_status(office, chat, message, "delivered")
    return message


def _react(call: GraphCall, chat: Chat, content: Json) -> Message:
    """Seen on the message that it is on; its own id has one status only."""
    reaction = content["reaction"]
    target = call.network.messages_of(chat).get(str(reaction.get("message_id", "")))
    if target is None:
        raise bad_value("Message to react to does not exist.")
    call.network.keep_message(replace(target, our_reaction=reaction.get("emoji") or None))
    shown = replace(target, wamid=call.network.new_wamid(), callback=call.text("biz_opaque_callback_data"))
    tell_of_status(call.office, chat, shown, "sent")
    return shown


def _mark_read(call: GraphCall, number_id: str) -> Any:
    wamid = call.text("message_id") or ""
    for (number, person), messages in call.network.messages.items():
        message = messages.get(wamid)
        if number == number_id and message is not None and not message.is_from_us:
            chat = call.network.chats[number, person]
            call.network.keep_chat(replace(chat, seen_up_to=max(chat.seen_up_to, message.order)))
            if call.parameters.get("typing_indicator"):
                until = call.network.clock.seconds() + TYPING_SECONDS
                call.office.typing_until[number, person] = until
            return SUCCESS
    raise bad_value("Message to mark as read does not exist.")


def _received(message: Message) -> Event:
    kind = str(message.content["type"])
    return Event(
        platform="whatsapp",
        account=message.number_id,
        chat=message.person_id,
        event="message",
        key=message.wamid,
        text=message.text,
        platform_time=float(message.at),
        correlation=message.callback,
        details={"type": kind, **({} if kind == "text" else {"media": kind})},
    )
