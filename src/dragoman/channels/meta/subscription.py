"""What Meta says of its two subscriptions: the app's (one address for all accounts) and each account's own."""

from __future__ import annotations

from dragoman.channels.meta.reading import identifier
from dragoman.kit.json_reading import Record, records_in


def subscribed_fields(subscribed_apps: Record, app_id: str) -> set[str] | None:
    """What our app hears of an account; None: nothing any more."""
    ours = [app for app in records_in(subscribed_apps, "data") if identifier(app, "id") == app_id]
    if not ours:
        return None
    listed = ours[0].get("subscribed_fields")
    return {field for field in listed if isinstance(field, str)} if isinstance(listed, list) else set()


def hook_of(subscriptions: Record, what: str) -> Record | None:
    """The app's webhook for objects of this kind (``page``, ``instagram`` ...)."""
    found = (each for each in records_in(subscriptions, "data") if each.get("object") == what)
    return next(found, None)


def hook_trouble(hook: Record, address: str) -> str | None:
    """An app has one address for all its accounts, and the last one set wins."""
    if hook.get("callback_url") != address:
        return "The app delivers to another address: does a second installation use the same app?"
    if hook.get("active") is False:
        return "Meta has switched the app's webhook off: connect it again."
    return None
