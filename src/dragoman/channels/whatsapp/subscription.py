"""The two subscriptions that together make Meta deliver: the app's (one address for all) and the account's."""

from __future__ import annotations

from dragoman.channels.meta.reading import identifier
from dragoman.channels.meta.subscription import hook_of, hook_trouble
from dragoman.channels.whatsapp.parse import OBJECT
from dragoman.kit.json_reading import Record, record_in, records_in

FIELDS = (
    "messages",
    "smb_message_echoes",
    "smb_app_state_sync",
    "history",
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
    "account_update",
    "account_alerts",
    "phone_number_quality_update",
    "phone_number_name_update",
    "business_capability_update",
    "user_preferences",
    "user_id_update",
    "security",
)

NO_LONGER = "Meta no longer delivers this account's messages to our app: connect it again."


def account_trouble(subscribed_apps: Record, app_id: str) -> str | None:
    """What is wrong with the account's side: forgotten, it delivers the dashboard's tests and nothing real."""
    apps = (record_in(each, "whatsapp_business_api_data") for each in records_in(subscribed_apps, "data"))
    ours = (app for app in apps if app is not None and identifier(app, "id") == app_id)
    return NO_LONGER if next(ours, None) is None else None


def app_trouble(subscriptions: Record, address: str) -> str | None:
    hook = hook_of(subscriptions, OBJECT)
    if hook is None:
        return "The app has no webhook for WhatsApp: connect it again."
    return hook_trouble(hook, address)
