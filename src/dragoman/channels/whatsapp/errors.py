"""What WhatsApp's codes mean for us, whether an answer brings them or a status that comes later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dragoman.channels.errors import MaybeSent, NeedsReconnect, TryLater
from dragoman.channels.meta.errors import Refusals, Verdict, reconnect, undeliverable
from dragoman.kit.json_reading import Record, integer, record_in, text

LONGEST_QUOTE = 200  # characters of WhatsApp's own words


def failure_of(errors: Sequence[Record]) -> str:
    """Why a message that WhatsApp had taken did not arrive, for whoever wrote it."""
    error = errors[0] if errors else {}
    known = _known(error)
    if known is not None:
        return known.reason
    words = _details(error)
    return f"WhatsApp could not deliver it: {words}" if words else "WhatsApp could not deliver it."


def stops_the_number(error: Record) -> str | None:
    """A sentence for an admin, if this error concerns all that the number sends."""
    known = _known(error)
    return known.reason if known is not None and known.error is NeedsReconnect else None


def _known(error: Record) -> Verdict | None:
    code = integer(error, "code")
    return None if code is None else BY_CODE.get(code)


def _details(error: Record) -> str:
    details = text(record_in(error, "error_data") or {}, "details")
    return (details or text(error, "message") or text(error, "title") or "")[:LONGEST_QUOTE]


_LOGIN_LOST = reconnect("Meta no longer accepts the access token: make a new one and connect again.")
_NO_PERMISSION = reconnect(
    "The system user lacks a permission for WhatsApp: give it the account and both WhatsApp permissions."
)
_BUSY = Verdict(TryLater, "WhatsApp takes no more messages from this number for now.", timedelta(seconds=5))
_AWAY = Verdict(TryLater, "WhatsApp is not available just now.")
_AT_WORK = Verdict(
    TryLater, "WhatsApp is working on this number: it takes some minutes.", timedelta(minutes=5)
)
_RESTRICTED = reconnect("Meta has restricted this number or account: look into the Business support home.")
_NOT_REGISTERED = reconnect("The number is not registered with WhatsApp: register it under API Setup.")
_HELD_BACK = undeliverable(
    "WhatsApp holds this message back, as this person gets many from businesses: try again tomorrow."
)
_TEMPLATE_WRONG = undeliverable("The template was filled in otherwise than it was approved.")
_TEMPLATE_GONE = undeliverable("WhatsApp has no such approved template in this language.")
_TEMPLATE_PAUSED = undeliverable("WhatsApp has paused or disabled this template.")
_PARAMETER = undeliverable("WhatsApp takes this message for malformed: a fault of ours.")

# Seven and six digits are unambiguous; the short ones are those that mean the same on all of Meta.
BY_CODE = {
    0: _LOGIN_LOST,
    190: _LOGIN_LOST,
    3: _NO_PERMISSION,
    131005: _NO_PERMISSION,
    130429: _BUSY,
    80007: Verdict(TryLater, "WhatsApp takes no more requests for this account for now.", timedelta(minutes=1)),
    131056: Verdict(TryLater, "WhatsApp takes a message every six seconds to one person."),
    131057: _AT_WORK,
    2494100: _AT_WORK,
    131016: _AWAY,
    133004: _AWAY,
    131000: Verdict(MaybeSent, "WhatsApp had a fault of its own while it took the message."),
    135000: undeliverable("WhatsApp refused the message without saying why: try again."),
    131047: undeliverable(
        "More than 24 hours have passed since the customer last wrote: only a template may be sent."
    ),
    131026: undeliverable(
        "WhatsApp cannot reach this person: they may have no WhatsApp, an old version, or have blocked us."
    ),
    130403: undeliverable("This number has blocked the person: unblock them first."),
    131050: undeliverable("This person wants no marketing messages from us."),
    131049: _HELD_BACK,
    130472: _HELD_BACK,
    131048: reconnect("WhatsApp stopped this number for a while, as people report its messages as unwanted."),
    131064: _RESTRICTED,
    368: _RESTRICTED,
    131031: _RESTRICTED,
    130497: undeliverable("WhatsApp does not let this business write to people in this country."),
    131021: undeliverable("A number cannot write to itself."),
    131030: undeliverable("A test number reaches only the people on its list under API Setup."),
    131042: reconnect("WhatsApp wants a way to pay: add one in the Business settings."),
    131045: _NOT_REGISTERED,
    133010: _NOT_REGISTERED,
    133006: _NOT_REGISTERED,
    33: _NOT_REGISTERED,
    131051: undeliverable("WhatsApp does not take messages of this kind."),
    131052: undeliverable("WhatsApp could not fetch the file."),
    131053: undeliverable("WhatsApp does not take this file: its type or its content is not what it takes."),
    131062: undeliverable("This message needs the person's phone number, which WhatsApp does not show us."),
    131008: _PARAMETER,
    131009: _PARAMETER,
    132000: _TEMPLATE_WRONG,
    132001: _TEMPLATE_GONE,
    132005: undeliverable("The template with its words filled in is too long."),
    132007: undeliverable("The template breaks WhatsApp's rules for templates."),
    132012: _TEMPLATE_WRONG,
    132015: _TEMPLATE_PAUSED,
    132016: _TEMPLATE_PAUSED,
    132018: _TEMPLATE_WRONG,
    131063: reconnect("Marketing templates are switched off for this number."),
    137000: undeliverable("This person's security code has changed: make sure that it is still them."),
    139103: _AWAY,
}  # fmt: skip

REFUSALS = Refusals(
    login_lost=_LOGIN_LOST,
    by_subcode={code: verdict for code, verdict in BY_CODE.items() if code >= 1000},
    # To the wire an answer without any code looks like one with the code 0.
    by_code={code: verdict for code, verdict in BY_CODE.items() if 0 < code < 1000},
)
