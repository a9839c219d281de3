"""What Meta tells of the account and the number themselves."""

from __future__ import annotations

from dragoman.channels.events import AccountEvent, InboundEvent, TemplatesEvent
from dragoman.channels.meta.reading import fingerprint, joined
from dragoman.channels.whatsapp.errors import stops_the_number
from dragoman.channels.whatsapp.item import Frame, unrecognised
from dragoman.kit.json_reading import Record, record_in, text


def read_account_update(frame: Frame, value: Record) -> InboundEvent:
    """What stops the number is an admin's business at once; warnings and changes of name are kept."""
    event = text(value, "event") or "unknown"
    if event == "DISABLED_UPDATE":
        event = f"{event}:{text(record_in(value, 'ban_info') or {}, 'waba_ban_state') or ''}"
    if event not in _STOPPED and event not in _WELL_AGAIN:
        return unrecognised(frame.account, f"account_update {event}", value, known=True)
    # The same may happen again: only the entry's time tells one from the other.
    key = joined("account", event, frame.at.isoformat() if frame.at else None, fingerprint(value))
    return AccountEvent(account=frame.account, natural_key=key, at=frame.at, trouble=_STOPPED.get(event))


_DISABLED = "Meta has disabled the WhatsApp Business Account: look into the Business support home."
_RESTRICTED = "Meta has restricted the WhatsApp Business Account: look into the Business support home."
_DELETED = "The WhatsApp Business Account was deleted at Meta."
_REMOVED = "The number was disconnected from our app in WhatsApp: connect it again."

_STOPPED = {
    "DISABLED_UPDATE:": _DISABLED,
    "DISABLED_UPDATE:DISABLE": _DISABLED,
    "ACCOUNT_RESTRICTION": _RESTRICTED,
    "ACCOUNT_DELETED": _DELETED,
    "PARTNER_REMOVED": _REMOVED,
    "PARTNER_APP_UNINSTALLED": _REMOVED,
    "ACCOUNT_OFFBOARDED": _REMOVED,
}
_WELL_AGAIN = frozenset({"DISABLED_UPDATE:REINSTATE", "ACCOUNT_RECONNECTED"})


def read_template_update(frame: Frame, value: Record) -> InboundEvent:
    """A template was approved, refused, paused or changed. The account's whole list is looked at: of two such notices
    the older may come last."""
    key = joined("templates", frame.at.isoformat() if frame.at else None, fingerprint(value))
    return TemplatesEvent(account=frame.account, natural_key=key, at=frame.at)


def read_error(frame: Frame, error: Record) -> InboundEvent:
    """An error beside messages rather than in one: most concern a moment, some the whole number."""
    trouble = stops_the_number(error)
    if trouble is not None:
        key = joined("error", fingerprint(error))
        return AccountEvent(account=frame.account, natural_key=key, trouble=trouble)
    words = f"error {error.get('code')}: {text(error, 'title') or text(error, 'message') or ''}"
    return unrecognised(frame.account, words, error, known=True)
