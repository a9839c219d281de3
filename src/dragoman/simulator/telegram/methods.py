"""The Bot API's methods by name (names are not case-sensitive)."""

from collections.abc import Awaitable, Callable
from typing import Any

from dragoman.simulator.telegram import sending, subscribing
from dragoman.simulator.telegram.call import Call

Method = Callable[[Call], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getme": subscribing.get_me,
    "setwebhook": subscribing.set_webhook,
    "deletewebhook": subscribing.delete_webhook,
    "getwebhookinfo": subscribing.get_webhook_info,
    "getupdates": subscribing.get_updates,
    "sendmessage": sending.send_message,
    "sendlocation": sending.send_location,
    "sendvenue": sending.send_venue,
    "sendcontact": sending.send_contact,
    "sendchataction": sending.send_chat_action,
}
