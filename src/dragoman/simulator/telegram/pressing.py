"""A press on a button that the bot put under one of its messages."""

from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.telegram.call import Office
from dragoman.simulator.telegram.model import Json, Message
from dragoman.simulator.telegram.shapes import message_json, user_of_person
from dragoman.simulator.telegram.subscribing import offer


def press_button(office: Office, message: Message, data: str) -> None:
    """The bot hears of it as `callback_query` and should answer within the minute."""
    if data not in _buttons(message):
        raise NotPossibleError("There is no such button under that message.")
    network = office.network
    query = str(network.chance.randrange(10**17, 10**18))
    office.open_callbacks[query] = network.clock.seconds()
    body: Json = {
        "id": query,
        "from": user_of_person(network.people[message.chat_id]),
        "message": message_json(network, message),
        "chat_instance": str(-(message.bot_id ^ message.chat_id)),
        "data": data,
    }
    offer(office, network.add_update(message.bot_id, message.chat_id, "callback_query", body))


def _buttons(message: Message) -> set[str]:
    rows = message.content.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}
