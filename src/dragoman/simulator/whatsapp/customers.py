"""What a customer does in their WhatsApp, and what the account's apps hear of it."""

from msgspec.structs import replace

from dragoman.simulator import acts
from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.whatsapp.events import tell_of_echo, tell_of_message, tell_of_status
from dragoman.simulator.whatsapp.model import Chat, Json, Message
from dragoman.simulator.whatsapp.moving import moves
from dragoman.simulator.whatsapp.office import Office
from dragoman.simulator.whatsapp.sharing import message_contents

EDIT_SECONDS = 15 * 60


def perform(office: Office, chat: Chat, act: acts.Act) -> list[str]:
    """Do it; the ids of the messages that came of it.

    Raises: NotPossibleError when the app would not let the customer.
    """
    contents = message_contents(office, chat, act)
    if contents:
        return [write(office, chat, content).wamid for content in contents]
    match act:
        case acts.Edit(wamid, text):
            edit(office, chat, existing(office, chat, wamid), text)
        case acts.Delete(wamid):
            delete(office, chat, existing(office, chat, wamid))
        case acts.React(wamid, emoji):
            react(office, chat, existing(office, chat, wamid), emoji)
        case acts.Read():
            read(office, chat)
        case acts.Block() | acts.Unblock() | acts.DeleteAccount():
            blocked = not isinstance(act, acts.Unblock)
            office.network.keep_chat(replace(chat, has_blocked_us=blocked))
        case acts.SendOther(kind) if moves(office, chat, kind):
            return []
        case _:
            raise NotPossibleError("WhatsApp has nothing like that.")
    return []


def write(office: Office, chat: Chat, content: Json) -> Message:
    """Any message from the customer. It opens the window for a day."""
    chat = office.network.chat_with(chat.number_id, chat.person_id)
    if chat.has_blocked_us:
        raise NotPossibleError("This customer has blocked us and must unblock us first.")
    message = office.network.add_message(chat, content, is_from_us=False)
    office.network.keep_chat(replace(chat, customer_wrote_at=message.at))
    tell_of_message(office, chat, {"id": message.wamid, **content})
    return message


def existing(office: Office, chat: Chat, wamid: str) -> Message:
    message = office.network.messages_of(chat).get(wamid)
    if message is None or message.is_deleted:
        raise NotPossibleError(f"There is no message {wamid} in this chat.")
    return message


def edit(office: Office, chat: Chat, message: Message, text: str) -> None:
    """Within a quarter of an hour. Told only of numbers that live in the phone's app too."""
    if message.is_from_us or message.text is None:
        raise NotPossibleError("A customer can edit only their own words.")
    if office.network.now() - message.at > EDIT_SECONDS:
        raise NotPossibleError("A message can be edited for fifteen minutes.")
    kind = message.content["type"]
    held = message.content[kind] | ({"body": text} if kind == "text" else {"caption": text})
    changed = {**message.content, kind: held}
    office.network.keep_message(replace(message, content=changed, edited=True))
    if office.network.numbers[chat.number_id].in_app:
        now = {
            "original_message_id": message.wamid,
            "message": {"context": {"id": "M0"}, "type": kind, kind: held},
        }
        tell_of_message(office, chat, {"id": office.network.new_wamid(), "type": "edit", "edit": now})


def delete(office: Office, chat: Chat, message: Message) -> None:
    """Taken back for everybody. Told only of numbers that live in the phone's app too."""
    if message.is_from_us:
        raise NotPossibleError("A customer can take back only their own messages.")
    office.network.keep_message(replace(message, is_deleted=True))
    if office.network.numbers[chat.number_id].in_app:
        gone = {"original_message_id": message.wamid}
        tell_of_message(office, chat, {"id": office.network.new_wamid(), "type": "revoke", "revoke": gone})


def react(office: Office, chat: Chat, message: Message, emoji: str | None) -> None:
    """Taken back: the emoji is not there at all."""
    office.network.keep_message(replace(message, customer_reaction=emoji))
    office.network.keep_chat(replace(chat, customer_wrote_at=office.network.now()))
    reaction = {"message_id": message.wamid, **({"emoji": emoji} if emoji else {})}
    tell_of_message(
        office, chat, {"id": office.network.new_wamid(), "type": "reaction", "reaction": reaction}
    )


def read(office: Office, chat: Chat) -> None:
    """Everything that we have sent is read now; each message is told of once."""
    for message in list(office.network.messages_of(chat).values()):
        if message.is_from_us and not message.is_read:
            office.network.keep_message(replace(message, is_read=True))
            tell_of_status(office, chat, message, "read")


def answer_in_app(office: Office, chat: Chat, text: str) -> str:
    """The owner answers on the phone.

    Raises: NotPossibleError for a number that is not in the app.
    """
    if not office.network.numbers[chat.number_id].in_app:
        raise NotPossibleError("This number is not used in the WhatsApp Business app.")
    content: Json = {"type": "text", "text": {"body": text}}
    message = office.network.add_message(chat, content, is_from_us=True)
    tell_of_echo(office, chat, {"id": message.wamid, **content})
    return message.wamid
