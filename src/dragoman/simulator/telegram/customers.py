"""What a customer does in their Telegram app, and what the bot hears of it."""

from msgspec.structs import replace

from dragoman.simulator import acts
from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.telegram.accounts import tell_of_deletion, tell_of_message
from dragoman.simulator.telegram.call import Office
from dragoman.simulator.telegram.entities import find_entities, utf16_length
from dragoman.simulator.telegram.model import Chat, Json, Message
from dragoman.simulator.telegram.pressing import press_button
from dragoman.simulator.telegram.rarities import rare_content
from dragoman.simulator.telegram.shapes import chat_of_person, user_of_bot, user_of_person
from dragoman.simulator.telegram.sharing import contact_content, location_content, media_contents
from dragoman.simulator.telegram.subscribing import offer


def perform(office: Office, bot_id: int, person_id: int, act: acts.Act) -> list[str]:
    """Do it; the ids of the messages that came of it.

    Raises: NotPossibleError when the app would not let the customer.
    """
    chat = open_chat(office, bot_id, person_id)
    contents = contents_of(office, chat, act)
    if contents is not None:
        return [str(send(office, chat, content).message_id) for content in contents]
    match act:
        case acts.Edit(message, text):
            edit(office, chat, message, text)
        case acts.Delete(message):
            delete(office, existing(office, chat, message))
        case acts.DeleteAccount():
            person = office.network.people[person_id]
            office.network.keep_person(replace(person, is_deactivated=True))
        case acts.React(message, emoji):
            react(office, chat, message, emoji)
        case acts.Press(message, data):
            press_button(office, existing(office, chat, message), data)
        case acts.Block() | acts.Unblock():
            block(office, chat, blocked=isinstance(act, acts.Block))
        case acts.Unheard(kind, body):
            offer(office, office.network.add_update(bot_id, person_id, kind, body))
        case _:
            raise NotPossibleError("Telegram has nothing like that.")
    return []


def open_chat(office: Office, bot_id: int, person_id: int) -> Chat:
    """The chat of these two, begun by the customer now if it was not before."""
    if bot_id not in office.network.bots and not office.network.owns_account(bot_id):
        raise NotPossibleError(f"There is no bot {bot_id}.")
    if person_id not in office.network.people:
        raise NotPossibleError(f"There is no Telegram customer {person_id}.")
    return office.network.chat(bot_id, person_id) or office.network.keep_chat(Chat(bot_id, person_id))


def send(office: Office, chat: Chat, content: Json) -> Message:
    """Any message from the customer; the bot hears of it as `message`."""
    if office.network.chats[chat.bot_id, chat.person_id].has_blocked_bot:
        raise NotPossibleError("This customer has blocked the bot and must unblock it first.")
    message = office.network.add_message(chat, content, is_from_bot=False)
    tell_of_message(office, message, "message")
    return message


def edit(office: Office, chat: Chat, message_id: str, text: str) -> None:
    """The customer corrects their own words (a caption, where the message is a picture)."""
    message = existing(office, chat, message_id)
    if message.is_from_bot:
        raise NotPossibleError("A customer can edit only their own messages.")
    name = "text" if "text" in message.content else "caption"
    content = {
        key: value for key, value in message.content.items() if key not in ("entities", "caption_entities")
    }
    content |= worded(text, name)
    edited = replace(message, content=content, edit_date=int(office.network.clock.seconds()))
    tell_of_message(office, office.network.keep_message(edited), "edited_message")


def delete(office: Office, message: Message) -> None:
    """Taken back for both sides; a bot is told only of the chats of an account that is connected to it."""
    office.network.keep_message(replace(message, is_deleted=True))
    tell_of_deletion(office, message)


def react(office: Office, chat: Chat, message_id: str, emoji: str | None) -> None:
    """The customer's one reaction to a message; a new one replaces the old."""
    message = existing(office, chat, message_id)
    office.network.keep_message(replace(message, customer_reaction=emoji))
    if chat.bot_id not in office.network.bots:
        return  # no bot is told of reactions in a connected account's chats
    person = office.network.people[chat.person_id]
    body: Json = {
        "chat": chat_of_person(person),
        "message_id": message.message_id,
        "user": user_of_person(person),
        "date": int(office.network.clock.seconds()),
        "old_reaction": _reactions(message.customer_reaction),
        "new_reaction": _reactions(emoji),
    }
    offer(office, office.network.add_update(chat.bot_id, chat.person_id, "message_reaction", body))


def block(office: Office, chat: Chat, *, blocked: bool) -> None:
    """The customer stops the bot, or lets it in again."""
    if chat.has_blocked_bot == blocked:
        return
    if chat.bot_id not in office.network.bots:
        raise NotPossibleError("This simulator lets customers block bots only.")
    office.network.keep_chat(replace(chat, has_blocked_bot=blocked))
    person, bot = office.network.people[chat.person_id], user_of_bot(office.network.bots[chat.bot_id])
    member, kicked = {"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}
    body: Json = {
        "chat": chat_of_person(person),
        "from": user_of_person(person),
        "date": int(office.network.clock.seconds()),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    offer(office, office.network.add_update(chat.bot_id, chat.person_id, "my_chat_member", body))


def existing(office: Office, chat: Chat, message_id: str) -> Message:
    number = int(message_id) if message_id.isdecimal() else 0
    message = office.network.message(chat.bot_id, chat.person_id, number)
    if message is None or message.is_deleted:
        raise NotPossibleError(f"There is no message {message_id} in this chat.")
    return message


def worded(text: str, name: str = "text") -> Json:
    """Words with what the platform marks in them."""
    entities = find_entities(text)
    entities_name = "entities" if name == "text" else f"{name}_entities"
    return {name: text, **({entities_name: entities} if entities else {})}


def contents_of(office: Office, chat: Chat, act: acts.Act) -> list[Json] | None:
    """What an act sends; None for acts that send nothing."""
    match act:
        case acts.Write(text, reply_to, quote):
            return [worded(text) | _replying(office, chat, reply_to, quote)]
        case acts.Start(payload):
            return [worded(f"/start {payload}" if payload else "/start")]
        case acts.SendMedia():
            words = worded(act.caption, "caption") if act.caption else {}
            contents = media_contents(office, chat, act)
            reply = _replying(office, chat, act.reply_to, None)
            return [contents[0] | words | reply, *contents[1:]]
        case acts.SendLocation():
            return [location_content(act)]
        case acts.SendContact():
            return [contact_content(act, chat.person_id)]
        case acts.SendOther(kind):
            return [_rare(office, chat, kind)]
        case _:
            return None


def _rare(office: Office, chat: Chat, kind: str) -> Json:
    now = int(office.network.clock.seconds())
    content = rare_content(kind, chat.person_id, now, office.network.chance)
    if content is None:
        raise NotPossibleError(f"Telegram has no message of kind {kind}.")
    return content


def _replying(office: Office, chat: Chat, reply_to: str | None, quote: str | None) -> Json:
    if reply_to is None:
        return {}
    replied = existing(office, chat, reply_to)
    if quote is None:
        return {"reply_to_message_id": replied.message_id}
    words = replied.text or ""
    if quote not in words:
        raise NotPossibleError("The quoted words do not occur in that message.")
    shown = {"text": quote, "position": utf16_length(words[: words.index(quote)]), "is_manual": True}
    return {"reply_to_message_id": replied.message_id, "quote": shown}


def _reactions(emoji: str | None) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []
