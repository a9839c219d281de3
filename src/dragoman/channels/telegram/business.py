"""An account whose owner connected the bot to it: how Telegram describes it, in our words. Pure."""

from __future__ import annotations

from dragoman.channels.contract import ConnectedAccount
from dragoman.channels.telegram.places import BUSINESS_PREFIX, business_account, name_of, time_of
from dragoman.kit.json_reading import Record, flag, integer, record_in, text

DISCONNECTED = "The owner of the Telegram account disconnected the bot: nothing more arrives from its chats."
MAY_NOT_ANSWER = "The owner of the Telegram account lets the bot read its chats, but not answer in them."


def connected_account_of(connected: Record) -> ConnectedAccount | None:
    """A BusinessConnection; None: it is none. The owner stays the same, the connection's id may be replaced."""
    owner = record_in(connected, "user") or {}
    connection_id, owner_id = text(connected, "id"), integer(owner, "id")
    if connection_id is None or owner_id is None:
        return None
    username = text(owner, "username")
    enabled = flag(connected, "is_enabled")
    return ConnectedAccount(
        account=business_account(connection_id),
        lasting_id=str(owner_id),
        name=name_of(owner) or username or str(owner_id),
        handle=f"@{username}" if username else None,
        connected_at=time_of(connected, "date"),
        enabled=enabled,
        trouble=_trouble(enabled, may_answer(connected)),
    )


def connection_of(account: str) -> str | None:
    """The connection behind a connected account's name; None: it is the bot itself."""
    return account.removeprefix(BUSINESS_PREFIX) if account.startswith(BUSINESS_PREFIX) else None


def may_answer(connected: Record) -> bool:
    """Before Bot API 9.0 the right stood at the top, not among the others; servers of one's own may be old."""
    return flag(record_in(connected, "rights") or connected, "can_reply")


def _trouble(enabled: bool, can_reply: bool) -> str | None:
    if not enabled:
        return DISCONNECTED
    return None if can_reply else MAY_NOT_ANSWER
