"""An event as one flat JSON object, for people and programs outside: the lines of ``dragoman parse``. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.channels.events import InboundEvent

# What the server needs for itself and nobody outside.
NOT_TOLD = ("answer_token", "platform_order", "customer", "thread_key", "known")

# Which keys every line of a kind has, and their values where the platform says nothing.
ALWAYS: dict[str, dict[str, Any]] = {
    "message": {
        "external_id": "",
        "text": None,
        "parts": [],
        "reply_to": None,
        "direction": "in",
        "automatic": False,
    },
    "edit": {"external_id": "", "text": None, "parts": None, "direction": "in"},
    "deletion": {"external_id": ""},
    "reaction": {"external_id": "", "emoji": None, "direction": "in"},
    "receipt": {"rank": "", "external_ids": [], "watermark": None},
    "profile": {"referral": None},
    "control": {"ours": None, "text": None},
    "account": {"trouble": None, "facts": {}},
    "unrecognised": {"what": ""},
}
# Whoever reads our lines need not know that an account has templates.
TOLD_AS = {"templates": ("account", {"facts": {"templates": "changed"}})}

ALWAYS["postback"] = ALWAYS["message"]

# In these the customer did it; in a message, an edit and a reaction the direction says who.
BY_THE_CUSTOMER = ("receipt", "follow", "unfollow", "profile")


def told(event: InboundEvent) -> dict[str, Any]:
    """The shape that docs/schemas/parse.schema.json describes; times are ISO 8601 in UTC.

    ``sender`` is the customer's address, or for our side the account's; ``conversation`` is the customer's
    address, with the thread behind it where the platform has threads.
    """
    plain: dict[str, Any] = msgspec.to_builtins(event)
    kind: str = plain.pop("kind")
    kind, more = TOLD_AS.get(kind, (kind, {}))
    if by := plain.pop("by", None):
        plain["direction"] = by
    if connected := plain.pop("connected", None):
        plain["account"] = connected
    line = {"kind": kind, "at": None, **ALWAYS.get(kind, {}), **more, **plain}
    line |= _who(line)
    if line.get("parts"):
        line["parts"] = [{key: part[key] for key in part if key != "source"} for part in line["parts"]]
    return {key: value for key, value in line.items() if key not in NOT_TOLD}


def _who(line: dict[str, Any]) -> dict[str, Any]:
    customer = line.get("customer")
    if customer is None:
        return {}
    thread = line.get("thread_key", "")
    who = {"conversation": f"{customer['address']}/{thread}" if thread else customer["address"]}
    if line.get("direction") == "out":
        return {**who, "sender": line["account"] or None}
    if "direction" in line or line["kind"] in BY_THE_CUSTOMER:
        return {**who, "sender": customer["address"], "sender_name": customer.get("name")}
    return who
