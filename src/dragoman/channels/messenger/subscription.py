"""The two subscriptions that together make Meta deliver: the app's (one address for all) and the Page's."""

from __future__ import annotations

from dragoman.channels.meta.subscription import hook_of, hook_trouble, subscribed_fields
from dragoman.kit.json_reading import Record

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
    fields = subscribed_fields(subscribed_apps, app_id)
    if fields is None:
        return "Facebook no longer delivers this Page's messages to our app: connect it again."
    missing = ESSENTIAL_FIELDS - fields
    return f"Facebook delivers only a part: {', '.join(sorted(missing))} is missing." if missing else None


def app_trouble(subscriptions: Record, address: str) -> str | None:
    """What is wrong with the app's side."""
    hook = hook_of(subscriptions, "page")
    return (
        "The app has no webhook for Pages: connect it again." if hook is None else hook_trouble(hook, address)
    )
