"""Our records in the Bot API's JSON shapes."""

from dragoman.simulator.journal import Event
from dragoman.simulator.telegram.model import Bot, Connection, Json, Message, Person, Update
from dragoman.simulator.telegram.network import TelegramNetwork

NOT_SHOWN = ("reply_to_message_id",)


def user_of_bot(bot: Bot) -> Json:
    return {"id": bot.id, "is_bot": True, "first_name": bot.first_name, "username": bot.username}


def user_of_person(person: Person) -> Json:
    return {
        "id": person.id,
        "is_bot": False,
        **_names(person),
        **_optional("language_code", person.language_code),
    }


def chat_of_person(person: Person) -> Json:
    return {"id": person.id, **_names(person), "type": "private"}


def message_json(network: TelegramNetwork, message: Message, *, with_reply: bool = True) -> Json:
    """A message as the bot sees it; what it replies to is shown one level deep."""
    person = network.people[message.chat_id]
    shown = {name: value for name, value in message.content.items() if name not in NOT_SHOWN}
    return {
        "message_id": message.message_id,
        "from": _our_side(network, message) if message.is_from_bot else user_of_person(person),
        **_in_owners_name(network, message),
        "chat": chat_of_person(person),
        "date": message.date,
        **_optional("edit_date", message.edit_date),
        **(_replied_to(network, message) if with_reply else {}),
        **shown,
    }


def _our_side(network: TelegramNetwork, message: Message) -> Json:
    bot = network.bots.get(message.bot_id)
    return user_of_bot(bot) if bot else user_of_person(network.people[message.bot_id])


def _in_owners_name(network: TelegramNetwork, message: Message) -> Json:
    """What marks a message of a connected account: by which connection it is seen, and which bot wrote it."""
    connection = None if message.bot_id in network.bots else network.connection_of(message.bot_id)
    by = message.for_owner_by
    return {
        **_optional("business_connection_id", connection and connection.id),
        **_optional("sender_business_bot", by and user_of_bot(network.bots[by])),
    }


def connection_json(network: TelegramNetwork, connection: Connection) -> Json:
    return {
        "id": connection.id,
        "user": user_of_person(network.people[connection.owner_id]),
        "user_chat_id": connection.owner_id,
        "date": connection.date,
        "rights": {"can_reply": True} if connection.can_reply else {},
        "is_enabled": connection.is_enabled,
    }


def update_json(update: Update) -> Json:
    return {"update_id": update.update_id, update.kind: update.body}


def event_of(update: Update) -> Event:
    """What the journal says of an update."""
    message_id = update.body.get("message", update.body).get("message_id")
    return Event(
        platform="telegram",
        account=str(update.bot_id),
        chat=str(update.chat_id),
        event=update.kind,
        key=str(update.update_id),
        text=_words(update.body),
        platform_time=update.body.get("edit_date", update.body.get("date")),
        details={"message_id": message_id} if message_id is not None else None,
    )


def _replied_to(network: TelegramNetwork, message: Message) -> Json:
    replied_id = message.content.get("reply_to_message_id")
    replied = network.message(message.bot_id, message.chat_id, replied_id) if replied_id else None
    if replied is None or replied.is_deleted:
        return {}
    return {"reply_to_message": message_json(network, replied, with_reply=False)}


def _words(body: Json) -> str | None:
    """What a person would read in an event: words, a pressed button, a reaction."""
    for name in ("text", "caption", "data"):
        if isinstance(body.get(name), str):
            return str(body[name])
    reactions = body.get("new_reaction") or []
    return str(reactions[0]["emoji"]) if reactions else None


def _names(person: Person) -> Json:
    return {
        "first_name": person.first_name,
        **_optional("last_name", person.last_name),
        **_optional("username", person.username),
    }


def _optional(name: str, value: object) -> Json:
    return {} if value is None else {name: value}
