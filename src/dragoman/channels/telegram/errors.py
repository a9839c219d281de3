"""Telegram's refusals as our errors: who must act, in one plain sentence. Pure.

Beside the status Telegram gives only an English description; its fragments are matched loosely, since it
changes case and wording.
"""

from __future__ import annotations

import re
from datetime import timedelta

from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.kit.json_reading import Record, number, record_in, text

WITHOUT_A_NUMBER = timedelta(seconds=5)  # how long we wait where Telegram says "later" and not when
LONGEST_WAIT = timedelta(days=1)
MAX_DESCRIPTION = 200  # characters

FORBIDDEN = (
    ("bot was blocked", "The customer has blocked the bot, so nothing reaches them."),
    ("user is deactivated", "The customer's Telegram account no longer exists."),
    (
        "initiate conversation",
        "A bot may not write first: the customer must start it before we can answer.",
    ),
    ("send messages to bots", "This customer is a bot, and Telegram lets no bot write to another."),
)

# It concerns the chats of this one owner; the bot itself, and whoever writes to it, go on as before.
CONNECTION_GONE = "The owner of this Telegram account has ended its connection to the bot: connect it again."

REFUSED = (
    ("chat not found", "Telegram does not know this customer's chat."),
    ("caption is too long", "The text below the file is longer than Telegram takes."),
    ("caption_too_long", "The text below the file is longer than Telegram takes."),
    ("too long", "The text is longer than Telegram takes."),
    ("text is empty", "There is nothing to send: the message is empty."),
    ("file is too big", "The file is larger than Telegram hands to, or takes from, a bot."),
    ("too large", "The file is larger than Telegram takes."),
    ("wrong file identifier", "Telegram no longer has this file."),
    ("invalid file_id", "Telegram no longer has this file."),
    ("photo_invalid_dimensions", "Telegram does not take a picture of these measures: send it as a file."),
    ("image_process_failed", "Telegram cannot read this picture: send it as a file."),
    (
        "voice_messages_forbidden",
        "The customer does not accept voice messages: send the recording as a file.",
    ),
    (
        "business_peer",
        "The owner's connection does not cover this chat, or the customer last wrote over 24 hours ago.",
    ),
    ("business connection not found", CONNECTION_GONE),
    ("business_connection_invalid", CONNECTION_GONE),
    ("peer_id_invalid", "Telegram does not know this customer's chat."),
)


def error_of(
    status: int, answer: Record | None, retry_after: str | None = None, *, sending: bool
) -> ChannelError:
    """The error for an answer that is no success. ``answer``: its JSON object, None where it is none.

    ``sending``: the request would have reached the customer, so a doubtful one may have.
    """
    description = _described(answer)
    code = f"{status} {description}".strip()
    if status >= 500:
        return _doubtful(sending, f"Telegram has trouble of its own ({status}).", code)
    if answer is None and status != 413:
        return TryLater(f"Something else answered in Telegram's place ({status}).", code=code)
    match status:
        case 401 | 404:
            reason = (
                "Telegram no longer accepts the bot's token: get it again from @BotFather and enter it here."
            )
            return NeedsReconnect(reason, code=code)
        case 409:
            reason = (
                "Another program reads this bot's messages with the same token: end it, or get a new token."
            )
            return NeedsReconnect(reason, code=code)
        case 429:
            wait = _wait_of(answer or {}, retry_after)
            return TryLater("Telegram asks us to slow down.", code=code, retry_after=wait)
        case 403:
            return Undeliverable(_sentence(FORBIDDEN, description), code=code)
        case 413:
            return Undeliverable("The file is larger than Telegram takes.", code=code)
    return Undeliverable(_sentence(REFUSED, description), code=code)


def says_connection_is_gone(refusal: ChannelError) -> bool:
    return refusal.reason == CONNECTION_GONE


def lost_on_the_way(*, sending: bool, written: bool) -> ChannelError:
    """No answer came. ``written``: the request may have reached Telegram, in whole or in part."""
    if not written:
        return TryLater("Telegram cannot be reached.")
    return _doubtful(sending, "Telegram did not answer in time.", "")


def _doubtful(sending: bool, reason: str, code: str) -> ChannelError:
    if sending:
        return MaybeSent(f"{reason} The message may have arrived.", code=code)
    return TryLater(reason, code=code)


def _described(answer: Record | None) -> str:
    return (text(answer or {}, "description") or "")[:MAX_DESCRIPTION]


def _sentence(sentences: tuple[tuple[str, str], ...], description: str) -> str:
    known = next((words for fragment, words in sentences if _mentions(description, (fragment,))), None)
    if known:
        return known
    plain = re.sub(r"^(bad request|forbidden): ", "", description, flags=re.IGNORECASE)
    return f"Telegram refused: {plain.rstrip('.')}." if plain else "Telegram refused, and does not say why."


def _mentions(description: str, fragments: tuple[str, ...]) -> bool:
    """Telegram writes "caption is too long" here and MEDIA_CAPTION_TOO_LONG there."""
    plain = description.lower().replace("_", " ")
    return any(fragment.replace("_", " ") in plain for fragment in fragments)


def _wait_of(answer: Record, header: str | None) -> timedelta:
    seconds = number(record_in(answer, "parameters") or {}, "retry_after")
    if seconds is None and header is not None and header.isascii() and header.isdigit():
        seconds = float(header[:9])
    if seconds is None or seconds < 0:
        return WITHOUT_A_NUMBER
    return min(timedelta(seconds=min(seconds, 1e9)), LONGEST_WAIT)
