"""How a bot gets its updates: by webhook or by long polling, never both."""

import asyncio
import ipaddress
import re
from urllib.parse import urlsplit

from msgspec.structs import replace

from dragoman.simulator.journal import Kind
from dragoman.simulator.telegram.call import Call, Office
from dragoman.simulator.telegram.errors import bad_request, conflict
from dragoman.simulator.telegram.model import Bot, Json, Update, Webhook
from dragoman.simulator.telegram.shapes import event_of, update_json, user_of_bot
from dragoman.simulator.telegram.webhooks import parcel_of

SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
PORTS = (443, 80, 88, 8443)
LONGEST_POLL_SECONDS = 50
MOST_UPDATES = 100


async def get_me(call: Call) -> Json:
    return user_of_bot(call.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": True,
        "has_main_web_app": False,
    }


async def set_webhook(call: Call) -> bool:
    url = call.parameters.text("url") or ""
    if not url:
        return await delete_webhook(call)
    _check_address(url)
    secret = call.parameters.text("secret_token") or None
    if secret is not None and not SECRET_TOKEN.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    most = call.parameters.integer("max_connections") or 40
    if not 1 <= most <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    if call.parameters.flag("drop_pending_updates"):
        _drop_pending(call)
    _remember_wishes(call)
    call.network.keep_bot(replace(call.bot, webhook=Webhook(url, secret, most), last_error_message=None))
    _stop_polling(call.office, call.bot_id)
    send_pending(call.office, call.bot)
    return True


async def delete_webhook(call: Call) -> bool:
    if call.parameters.flag("drop_pending_updates"):
        _drop_pending(call)
    call.network.keep_bot(replace(call.bot, webhook=None, last_error_date=None, last_error_message=None))
    call.office.courier.forget(str(call.bot_id))
    return True


async def get_webhook_info(call: Call) -> Json:
    bot = call.bot
    info: Json = {
        "url": bot.webhook.url if bot.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.network.pending_of(bot.id)),
    }
    if bot.webhook:
        info |= {"max_connections": bot.webhook.max_connections, "ip_address": "127.0.0.1"}
    if bot.last_error_message:
        info |= {"last_error_date": bot.last_error_date, "last_error_message": bot.last_error_message}
    if bot.allowed_updates:
        info["allowed_updates"] = bot.allowed_updates
    return info


async def get_updates(call: Call) -> list[Json]:
    """Waits up to `timeout` seconds for something new. A higher `offset` confirms everything below it."""
    if call.bot.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    limit = min(max(call.parameters.integer("limit") or MOST_UPDATES, 1), MOST_UPDATES)
    seconds = min(max(call.parameters.integer("timeout") or 0, 0), LONGEST_POLL_SECONDS)
    _remember_wishes(call)
    offset = _confirm_below_offset(call)
    updates = await _poll(call.office, call.bot_id, seconds)
    found = [update for update in updates if update.update_id >= offset][:limit]
    for update in found:
        call.office.journal.add(Kind.SENT, event_of(update))
    return [update_json(update) for update in found]


def offer(office: Office, update: Update | None) -> None:
    """A new update starts its way: into the webhook's queue, or to the open poll."""
    if update is None:
        return
    office.events_made += 1
    if office.network.bots[update.bot_id].webhook:
        office.courier.hand_over(parcel_of(update))
    elif arrival := office.new_updates.get(update.bot_id):
        arrival.set()


def answer_polls(office: Office) -> None:
    """Nobody waits any longer: every open poll is answered with what there is."""
    for arrival in office.new_updates.values():
        arrival.set()


def send_pending(office: Office, bot: Bot) -> None:
    """What gathered without an address travels now, the oldest first."""
    office.courier.forget(str(bot.id))
    for update in office.network.pending_of(bot.id):
        office.courier.hand_over(parcel_of(update))


def _check_address(url: str) -> None:
    """Telegram wants https on four ports; a webhook on this machine may be plain and anywhere."""
    parts = urlsplit(url)
    if _is_loopback(parts.hostname or ""):
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _remember_wishes(call: Call) -> None:
    """`allowed_updates` left out means: as before."""
    wishes = call.parameters.structure("allowed_updates")
    if wishes is not None:
        if not isinstance(wishes, list) or not all(isinstance(wish, str) for wish in wishes):
            raise bad_request("can't parse allowed_updates: expected an array of strings")
        call.network.keep_bot(replace(call.bot, allowed_updates=wishes))


def _drop_pending(call: Call) -> None:
    call.office.courier.forget(str(call.bot_id))
    for update in call.network.pending_of(call.bot_id):
        call.network.confirm(update)


def _confirm_below_offset(call: Call) -> int:
    offset = call.parameters.integer("offset") or 0
    pending = call.network.pending_of(call.bot_id)
    if offset < 0:
        offset = pending[offset:][0].update_id if pending else 0
    for update in pending:
        if update.update_id < offset:
            call.network.confirm(update)
            call.office.journal.add(Kind.ACKNOWLEDGED, event_of(update))
    return offset


async def _poll(office: Office, bot_id: int, seconds: int) -> list[Update]:
    ended = _take_over_poll(office, bot_id)
    arrival = office.new_updates[bot_id] = asyncio.Event()
    try:
        if not office.network.pending_of(bot_id) and seconds:
            await _first_of(arrival, ended, seconds)
        if ended.is_set():
            raise conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        return office.network.pending_of(bot_id)
    finally:
        if office.polls.get(bot_id) is ended:
            del office.polls[bot_id]


def _take_over_poll(office: Office, bot_id: int) -> asyncio.Event:
    """The newer poll wins: the older one is answered 409."""
    _stop_polling(office, bot_id)
    ended = office.polls[bot_id] = asyncio.Event()
    return ended


def _stop_polling(office: Office, bot_id: int) -> None:
    if bot_id in office.polls:
        office.polls.pop(bot_id).set()


async def _first_of(arrival: asyncio.Event, ended: asyncio.Event, seconds: int) -> None:
    waits = [asyncio.create_task(arrival.wait()), asyncio.create_task(ended.wait())]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
