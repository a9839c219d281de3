"""The two subscriptions that together make Meta deliver: the app's (one address for all) and the Page's."""

from __future__ import annotations

from dragoman.channels.messenger.reading import identifier
from dragoman.kit.json_reading import Record, records_in

FIELDS = (
    "messages",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_deliveries",
    "message_reads",
    "messaging_postbacks",
    "messaging_referrals",
    "messaging_optins",
    "messaging_optouts",
    "messaging_handovers",
    "messaging_policy_enforcement",
    "messaging_customer_information",
    "send_cart",
    "standby",
)

# Without these, words of customers or of colleagues would be missing unseen.
ESSENTIAL_FIELDS = frozenset({"messages", "message_echoes", "messaging_postbacks"})


def page_trouble(subscribed_apps: Record, app_id: str) -> str | None:
    """What is wrong with the Page's side. Meta drops it silently after an hour of failed deliveries."""
    ours = [app for app in records_in(subscribed_apps, "data") if identifier(app, "id") == app_id]
    if not ours:
        return "Facebook no longer delivers this Page's messages to our app: connect it again."
    missing = ESSENTIAL_FIELDS - _fields(ours[0])
    return f"Facebook delivers only a part: {', '.join(sorted(missing))} is missing." if missing else None


def _fields(app: Record) -> set[str]:
    listed = app.get("subscribed_fields")
    return {field for field in listed if isinstance(field, str)} if isinstance(listed, list) else set()


def app_trouble(subscriptions: Record, address: str) -> str | None:
    """What is wrong with the app's side: an app has one address for all its Pages, and the last one set wins."""
    for subscription in records_in(subscriptions, "data"):
        if subscription.get("object") != "page":
            continue
        if subscription.get("callback_url") != address:
            return "The app delivers to another address: does a second installation use the same app?"
        if subscription.get("active") is False:
            return "Facebook has switched the app's webhook off: connect it again."
        return None
    return "The app has no webhook for Pages: connect it again."
