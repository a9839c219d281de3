"""What is wrong with the delivery to our address, as Telegram sees it. Pure."""

from __future__ import annotations

from dragoman.channels.telegram.manifest import ALLOWED_UPDATES
from dragoman.kit.json_reading import Record, integer, text

MAX_MESSAGE = 200  # characters


def trouble_with(info: Record, address: str) -> str | None:
    """One sentence, or None. ``info``: the WebhookInfo. An old error with nothing left to deliver is none."""
    registered = text(info, "url")
    if registered is None:
        return "Telegram delivers this bot's messages to no address: register it again."
    if registered != address:
        return "Telegram delivers this bot's messages to another address: register it again."
    if missing := [kind for kind in ALLOWED_UPDATES if kind not in _kinds_in(info)]:
        return f"Telegram was not asked for everything ({', '.join(missing)}): register the address again."
    waiting, message = integer(info, "pending_update_count") or 0, text(info, "last_error_message")
    if waiting > 0 and message:
        told = message[:MAX_MESSAGE].rstrip(".")
        return f"Telegram cannot deliver {waiting} messages to our address: {told}."
    return None


def _kinds_in(info: Record) -> list[object]:
    """Without a list Telegram delivers all but reactions, which we ask for."""
    kinds = info.get("allowed_updates")
    return (
        kinds if isinstance(kinds, list) else [kind for kind in ALLOWED_UPDATES if kind != "message_reaction"]
    )
