"""What is the same for everything that Meta runs: one app, its secret, its webhook, its windows."""

from __future__ import annotations

from dragoman.channels.capabilities import ChoicesRule, Move, Past, WindowRule
from dragoman.channels.contract import Field, Step

# Used where a connection names no other; the version is part of the address.
DEFAULT_API = "https://graph.facebook.com/v26.0"

DASHBOARD = "https://developers.facebook.com/apps/"

DAY_SECONDS = 24 * 3600

APP_FIELDS = (
    Field(
        name="app_id",
        label="App ID",
        hint="The number at the top of your app's dashboard at developers.facebook.com.",
        secret=False,
    ),
    Field(
        name="app_secret",
        label="App secret",
        hint="App settings, Basic: press Show beside the app secret.",
    ),
)

SECRET_STEP = Step(
    name="secret",
    title="App ID and app secret",
    words=("Copy the App ID and the app secret from App settings, Basic.",),
    link=DASHBOARD,
    fields=tuple(field.name for field in APP_FIELDS),
)

WEBHOOK_STEP = Step(
    name="webhook",
    title="The webhook",
    words=(
        "We enter this address at Meta ourselves. Where Meta wants it done by hand, enter both in the app's"
        " dashboard under Webhooks and tick all fields.",
    ),
    shows=("address", "verify_token"),
)

# Of Messenger and Instagram.
PERSONS_WINDOW = WindowRule(
    free_seconds=DAY_SECONDS,
    opened_by=(Move.MESSAGE, Move.BUTTON, Move.REACTION, Move.LINK),
    extended_seconds=7 * DAY_SECONDS,
    extended_by=(Move.MESSAGE,),
    extended_as="HUMAN_AGENT",
)

# Of Messenger and Instagram: answers that stand below a text until anything else is said.
QUICK_REPLIES = ChoicesRule(most=13, title_max=20)

# Of Messenger and Instagram, which allow two questions a second; one is left for whoever looks something up.
PAST = Past(messages=20, seconds=1)
