"""The two subscriptions that together make Meta deliver: the app's (one address for all) and the account's."""

from __future__ import annotations

from dragoman.channels.meta.subscription import hook_of, hook_trouble, subscribed_fields
from dragoman.kit.json_reading import Record

# Of the app, for both ways to log in; edits are told of an account that logged in with Instagram only.
FIELDS = (
    "messages",
    "message_echoes",
    "message_reactions",
    "messaging_postbacks",
    "messaging_referral",
    "messaging_seen",
    "messaging_optins",
    "messaging_handover",
    "messaging_policy_enforcement",
    "standby",
)
# Of an account that logged in with Instagram.
OWN_FIELDS = (
    "messages",
    "message_echoes",
    "message_reactions",
    "message_edit",
    "messaging_postbacks",
    "messaging_referral",
    "messaging_seen",
)
# A Page knows none of Instagram's fields: that it is subscribed to any lets the account's messages through.
PAGE_FIELDS = ("messages",)

# Without these, words of customers or of colleagues would be missing unseen.
ESSENTIAL_FIELDS = frozenset({"messages", "message_echoes"})


def app_fields(*, own: bool) -> str:
    """What the app is to hear of all its accounts."""
    return ",".join((*FIELDS, "message_edit") if own else FIELDS)


def account_trouble(subscribed_apps: Record, app_id: str, *, own: bool) -> str | None:
    """What is wrong with the account's side. Meta drops it silently after an hour of failed deliveries."""
    fields = subscribed_fields(subscribed_apps, app_id)
    if fields is None:
        return "Instagram no longer delivers this account's messages to our app: connect it again."
    missing = ESSENTIAL_FIELDS - fields if own else set()
    return f"Instagram delivers only a part: {', '.join(sorted(missing))} is missing." if missing else None


def app_trouble(subscriptions: Record, address: str, verify_token: str) -> str | None:
    """What is wrong with the app's side."""
    hook = hook_of(subscriptions, "instagram")
    return by_hand(address, verify_token) if hook is None else hook_trouble(hook, address)


def by_hand(address: str, verify_token: str) -> str:
    """The verify token may be read by whoever reads this: all that it opens is Meta's own question for it."""
    return (
        "One step is left in the app's dashboard: under Webhooks, Instagram, enter the address"
        f" {address} and the verify token {verify_token}, and tick all fields."
    )
