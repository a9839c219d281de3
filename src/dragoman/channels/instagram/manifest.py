"""Instagram as data: how to connect it and what it can do. Where the numbers come from: README.md."""

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
from dragoman.channels.contract import Api, Approval, Field, Manifest, Practice, Step, Way
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

PLATFORM = "instagram"

DEFAULT_OWN_API = "https://graph.instagram.com/v26.0"
OWN_API = "instagram"  # its name among the further addresses of a connection


MANIFEST = Manifest(
    platform=PLATFORM,
    title="Instagram",
    fields=(
        *APP_FIELDS,
        Field(
            name="instagram_token",
            label="Instagram access token",
            hint="For a log-in with Instagram: Instagram, API setup with Instagram login, Generate token.",
            optional=True,
        ),
        Field(
            name="instagram_app_secret",
            label="Instagram app secret",
            hint="For a log-in with Instagram: it stands above the token, and is not the app secret.",
            optional=True,
        ),
        Field(
            name="page_token",
            label="Page access token",
            hint="For a log-in with Facebook: the token of the Page that the Instagram account is linked to.",
            optional=True,
        ),
    ),
    api_setting="graph_api",
    simulator_path="/graph/v26.0",
    further_apis={OWN_API: Api(setting="instagram_api", simulator_path="/instagram/v26.0")},
    generated=("verify_token",),
    ends_deliveries=True,
    ways=(
        Way(
            name="instagram",
            title="Log in with Instagram",
            words="Needs no Facebook Page. The token lives 60 days, and we renew it before.",
        ),
        Way(
            name="facebook",
            title="Log in with Facebook",
            words="For an account that is linked to a Facebook Page. The token has no end of its own.",
        ),
    ),
    steps=(
        Step(
            name="app",
            title="Make an app at Meta",
            words=(
                "At developers.facebook.com create an app of the type Business and add the product Instagram to it.",
            ),
            link=DASHBOARD,
        ),
        SECRET_STEP,
        Step(
            name="instagram_token",
            title="Access token",
            words=(
                "Add your account under Instagram, API setup with Instagram login, and press Generate token.",
            ),
            link=DASHBOARD,
            fields=("instagram_app_secret", "instagram_token"),
            ways=("instagram",),
        ),
        Step(
            name="page_token",
            title="Access token",
            words=("Make a token for the Page that the Instagram account is linked to.",),
            link=DASHBOARD,
            fields=("page_token",),
            ways=("facebook",),
        ),
        WEBHOOK_STEP,
    ),
    needs=(
        "Make sure that the Instagram account is a professional one: Business or Creator.",
        "In the Instagram app allow access to messages: Settings, Messages and story replies, Message controls,"
        " Connected tools.",
    ),
    minutes=20,
    first_word="Write to the account on Instagram, from another account: it needs a role in the app at first.",
    practice=Practice(
        path="/control/instagrams",
        fields={
            "app_id": "app_id",
            "app_secret": "app_secret",
            "instagram_token": "instagram_token",
            "instagram_app_secret": "instagram_app_secret",
        },
        account="account",
        way="instagram",
    ),
    approvals=(
        Approval(
            name="advanced_access",
            title="Advanced access",
            words="To hear from people who have no role in the app, publish it and ask Meta for advanced access to the"
            " permission to manage messages; to answer after 24 hours, for the feature Human Agent as well.",
            link=DASHBOARD,
        ),
    ),
)

_SOUND = ("audio/aac", "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/wav", "audio/x-wav", "audio/vnd.wave")
_FILM = ("video/mp4", "video/ogg", "video/x-msvideo", "video/avi", "video/quicktime", "video/webm")

CAPABILITIES = Capabilities(
    text=TextLimit(max=1000, unit="bytes"),
    files={
        MediaKind.IMAGE: FileLimit(max_bytes=8 * MB, types=("image/png", "image/jpeg")),
        MediaKind.ANIMATION: FileLimit(max_bytes=8 * MB, types=("image/gif",)),
        MediaKind.VIDEO: FileLimit(max_bytes=25 * MB, types=_FILM),
        MediaKind.AUDIO: FileLimit(max_bytes=25 * MB, types=_SOUND),
        MediaKind.VOICE: FileLimit(max_bytes=25 * MB, types=_SOUND),
        MediaKind.FILE: FileLimit(max_bytes=25 * MB, types=("application/pdf",)),
    },
    file_transfer=Transfer.LINK,
    caption_max=0,
    reply_to=True,
    reply_window=PERSONS_WINDOW,
    media=MediaStorage.LINK,
    reconcile=(Reconcile.HISTORY,),
    pace=Pace(
        per_second=50,
        per_conversation_second=5,
        slow_kinds=(MediaKind.AUDIO, MediaKind.VOICE, MediaKind.VIDEO),
        slow_per_second=10,
    ),
    delivery_receipts=False,
    read_receipts=True,
    reactions_in=True,
    reacts_with=("❤",),
    edits_in=True,
    deletions_in=True,
    profiles=True,
    marks_seen=True,
    typing=Typing(lasts_seconds=20),
    choices=QUICK_REPLIES,
    past=PAST,
    notes={
        "text": "Instagram counts bytes: a letter beyond ASCII takes two to four of the 1,000.",
        "files": "Pictures are PNG, JPEG or GIF up to 8 MB; documents PDF only; sound and film up to 25 MB.",
        "caption": "Instagram has no captions: a text beside a file travels as a message of its own.",
        "media": "Meta lets nobody keep copies of what customers send: it is shown through us, and kept nowhere.",
        "delivery_receipts": "Instagram tells when a message was read, and not when it was delivered.",
        "stickers": "Customers' stickers are shown as far as Meta tells of them; we cannot send any.",
        "choices": "Choices can be pressed until anything else is said, and are shown in the app only.",
        "edit": "Instagram lets nobody edit or take back a message over its interface.",
        "reply_window": "From 24 hours to 7 days after the customer's last message only a person's own words"
        " may be sent (HUMAN_AGENT), without promotion; after that nothing.",
        "reply_to": "A quote is shown only within 24 hours of the customer's last message.",
        "pace": "Meta allows at least 100 texts, or 10 audio or video files, a second on one account.",
    },
)
