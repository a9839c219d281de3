"""Messenger as data: how to connect it and what it can do. Where the numbers come from: README.md."""

from __future__ import annotations

from dragoman.channels.capabilities import (
    MB,
    Capabilities,
    FileLimit,
    MediaStorage,
    Pace,
    Reconcile,
    TextLimit,
    Transfer,
    Typing,
)
from dragoman.channels.contract import Approval, Field, Manifest, Practice, Step
from dragoman.channels.events import MediaKind
from dragoman.channels.meta.manifest import (
    APP_FIELDS,
    DASHBOARD,
    PAST,
    PERSONS_WINDOW,
    QUICK_REPLIES,
    SECRET_STEP,
    WEBHOOK_STEP,
)

PLATFORM = "messenger"


MANIFEST = Manifest(
    platform=PLATFORM,
    title="Facebook Messenger",
    fields=(
        *APP_FIELDS,
        Field(
            name="page_token",
            label="Page access token",
            hint="Messenger, API settings: the token that Generate shows beside your Page.",
        ),
    ),
    api_setting="graph_api",
    simulator_path="/graph/v26.0",
    generated=("verify_token",),
    ends_deliveries=True,
    steps=(
        Step(
            name="app",
            title="Make an app at Meta",
            words=(
                "Sign in at developers.facebook.com as a person who may manage the Page.",
                "Create an app of the type Business and add the product Messenger to it.",
            ),
            link=DASHBOARD,
        ),
        SECRET_STEP,
        Step(
            name="token",
            title="Access token",
            words=(
                "Under Messenger, API settings, add your Page and press Generate: this is the Page access token.",
            ),
            fields=("page_token",),
        ),
        WEBHOOK_STEP,
    ),
    needs=("A Facebook Page, and a Facebook account that may manage it.",),
    minutes=20,
    first_word="Write to the Page in Messenger, from your own account: it needs a role in the app at first.",
    practice=Practice(
        path="/control/pages",
        fields={"app_id": "app_id", "app_secret": "app_secret", "page_token": "page_token"},
        account="page_id",
    ),
    approvals=(
        Approval(
            name="advanced_access",
            title="Advanced access",
            words="To hear from people who have no role in the app, publish it and ask Meta for advanced access to"
            " pages_messaging and pages_manage_metadata.",
            link=DASHBOARD,
        ),
        Approval(
            name="human_agent",
            title="Human Agent",
            words="To answer after 24 hours, ask Meta for the feature Human Agent as well.",
            link=DASHBOARD,
        ),
    ),
)

CAPABILITIES = Capabilities(
    text=TextLimit(max=1999),
    files={
        MediaKind.IMAGE: FileLimit(max_bytes=8 * MB, types=("image/*",)),
        MediaKind.ANIMATION: FileLimit(max_bytes=8 * MB, types=("image/gif",)),
        MediaKind.VIDEO: FileLimit(max_bytes=25 * MB, types=("video/*",)),
        MediaKind.AUDIO: FileLimit(max_bytes=25 * MB, types=("audio/*",)),
        MediaKind.VOICE: FileLimit(max_bytes=25 * MB, types=("audio/*",)),
        MediaKind.FILE: FileLimit(max_bytes=25 * MB),
    },
    file_transfer=Transfer.UPLOAD,
    caption_max=0,
    reply_to=True,
    reply_window=PERSONS_WINDOW,
    media=MediaStorage.STORED,
    reconcile=(Reconcile.ECHO, Reconcile.HISTORY),
    pace=Pace(
        per_second=100,
        per_conversation_second=5,
        slow_kinds=(MediaKind.AUDIO, MediaKind.VOICE, MediaKind.VIDEO),
        slow_per_second=10,
    ),
    delivery_receipts=True,
    read_receipts=True,
    reactions_in=True,
    reacts_with=("👍", "❤", "😂", "😮", "😢", "🙏"),
    edits_in=True,
    deletions_in=False,
    profiles=True,
    marks_seen=True,
    typing=Typing(lasts_seconds=20),
    choices=QUICK_REPLIES,
    past=PAST,
    notes={
        "caption": "Messenger has no captions: a text beside a file travels as a message of its own.",
        "choices": "Choices can be pressed until anything else is said.",
        "stickers": "Customers' stickers are shown; we cannot send any.",
        "edit": "Messenger lets nobody edit or take back a message over its interface.",
        "deletions_in": "Messenger does not tell us when a customer takes a message back.",
        "reply_window": "From 24 hours to 7 days after the customer's last message only a person's own words"
        " may be sent (HUMAN_AGENT), without promotion; after that nothing.",
        "reply_to": "A quote is shown only within 24 hours of the customer's last message.",
        "pace": "Meta allows 300 texts, or 10 audio or video files, a second on one Page.",
    },
)
