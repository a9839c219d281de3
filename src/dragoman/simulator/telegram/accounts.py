"""Accounts that their owners connected to a bot: what the bot hears of them, and what it may do there."""

from msgspec.structs import replace

from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.telegram.call import Call, Office
from dragoman.simulator.telegram.errors import bad_request
from dragoman.simulator.telegram.model import Chat, Connection, Json, Message
from dragoman.simulator.telegram.network import TelegramNetwork
from dragoman.simulator.telegram.shapes import chat_of_person, connection_json, message_json
from dragoman.simulator.telegram.subscribing import offer

ANSWERABLE_SECONDS = 24 * 3600  # after the customer's last message
AS_SEEN_IN_AN_ACCOUNT = {"message": "business_message", "edited_message": "edited_business_message"}


def connect(office: Office, owner_id: int, bot_id: int, *, can_reply: bool) -> Connection:
    """The owner chooses this bot in the settings of their account, in the place of any other, or changes its rights."""
    network = office.network
    before = network.connection_of(owner_id)
    if before is not None and before.bot_id == bot_id:
        return _tell_of(office, network.keep_connection(replace(before, can_reply=can_reply)))
    if before is not None:
        disconnect(office, owner_id)
    made = Connection(
        id=network.new_connection_id(),
        bot_id=bot_id,
        owner_id=owner_id,
        date=int(network.clock.seconds()),
        can_reply=can_reply,
    )
    return _tell_of(office, network.keep_connection(made))


def disconnect(office: Office, owner_id: int) -> None:
    before = office.network.connection_of(owner_id)
    if before is None:
        raise NotPossibleError("This person has connected no bot to their account.")
    _tell_of(office, office.network.keep_connection(replace(before, is_enabled=False)))


def _tell_of(office: Office, connection: Connection) -> Connection:
    body = connection_json(office.network, connection)
    offer(
        office,
        office.network.add_update(connection.bot_id, connection.owner_id, "business_connection", body),
    )
    return connection


def tell_of_message(office: Office, message: Message, kind: str) -> None:
    """`kind`: message or edited_message, as a bot hears of it in its own chats."""
    network = office.network
    body = message_json(network, message)
    if message.bot_id in network.bots:
        offer(office, network.add_update(message.bot_id, message.chat_id, kind, body))
    elif connection := network.connection_of(message.bot_id):
        seen_as = AS_SEEN_IN_AN_ACCOUNT[kind]
        offer(office, network.add_update(connection.bot_id, message.chat_id, seen_as, body))


def tell_of_deletion(office: Office, message: Message) -> None:
    network = office.network
    connection = None if message.bot_id in network.bots else network.connection_of(message.bot_id)
    if connection is None:
        return
    body: Json = {
        "business_connection_id": connection.id,
        "chat": chat_of_person(network.people[message.chat_id]),
        "message_ids": [message.message_id],
    }
    update = network.add_update(connection.bot_id, message.chat_id, "deleted_business_messages", body)
    offer(office, update)


def bot_that_sees(network: TelegramNetwork, chat: Chat) -> int:
    """Whose file ids the files in this chat have."""
    connection = network.connection_of(chat.bot_id)
    return connection.bot_id if connection else chat.bot_id


async def get_business_connection(call: Call) -> Json:
    """Also one that has ended since, while Telegram's servers still know it."""
    connection = call.network.connections.get(call.parameters.text("business_connection_id") or "")
    if connection is None or connection.bot_id != call.bot_id:
        raise bad_request("business connection not found")
    return connection_json(call.network, connection)


def chat_of_account(call: Call, connection_id: str, person_id: int) -> Chat:
    """Raises: an unknown or ended connection, no right to answer, a chat in which the customer was silent for a day.
    How Telegram words the last two is not documented."""
    connection = call.network.connections.get(connection_id)
    if connection is None or connection.bot_id != call.bot_id or not connection.is_enabled:
        raise bad_request("business connection not found")
    chat = call.network.chat(connection.owner_id, person_id)
    if chat is None or not connection.can_reply or not _is_answerable(call, chat):
        raise bad_request("BUSINESS_PEER_INVALID")
    return chat


def _is_answerable(call: Call, chat: Chat) -> bool:
    messages = call.network.messages.get((chat.bot_id, chat.person_id), {}).values()
    newest = max((message.date for message in messages if not message.is_from_bot), default=0)
    return call.network.clock.seconds() - newest <= ANSWERABLE_SECONDS
