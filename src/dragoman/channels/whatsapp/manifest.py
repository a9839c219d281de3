"""WhatsApp as data: how to connect it and what it can do. Where the numbers come from: README.md."""

from __future__ import annotations

from dragoman.channels.capabilities import (
    MB,
    Afterwards,
    Capabilities,
    ChoicesRule,
    ContactRule,
    FileLimit,
    LocationRule,
    MediaStorage,
    Move,
    Pace,
    Reconcile,
    TemplateRule,
    TextLimit,
    Transfer,
    Typing,
    WindowRule,
)
from dragoman.channels.contract import Approval, Field, Manifest, Practice, Step
from dragoman.channels.events import MediaKind
from dragoman.channels.meta.manifest import (
    APP_FIELDS,
    DASHBOARD,
    DAY_SECONDS,
    SECRET_STEP,
    WEBHOOK_STEP,
)

PLATFORM = "whatsapp"

MAX_ROWS, MAX_ROW_TITLE = 10, 24  # of a list of choices
MAX_OFFER = 1024  # characters of the words above buttons and lists


MANIFEST = Manifest(
    platform=PLATFORM,
    title="WhatsApp",
    fields=(
        *APP_FIELDS,
        Field(
            name="waba_id",
            label="WhatsApp Business Account ID",
            hint="WhatsApp, API Setup: it stands below the phone number.",
            secret=False,
        ),
        Field(
            name="access_token",
            label="Access token",
            hint="Business settings, System users: the token that Generate shows, with both WhatsApp permissions.",
        ),
    ),
    api_setting="graph_api",
    simulator_path="/whatsapp/v26.0",
    generated=("verify_token",),
    ends_deliveries=True,
    steps=(
        Step(
            name="app",
            title="Make an app at Meta",
            words=(
                "At developers.facebook.com create an app of the type Business and add the product WhatsApp to it.",
            ),
            link=DASHBOARD,
        ),
        SECRET_STEP,
        Step(
            name="number",
            title="The number",
            words=(
                "Under WhatsApp, API Setup, add the number, confirm it, and copy the WhatsApp Business Account ID.",
            ),
            link=DASHBOARD,
            fields=("waba_id",),
        ),
        Step(
            name="token",
            title="Access token",
            words=(
                "In the Business settings add a system user, give it the app and the WhatsApp account, and generate a"
                " token without an end date, with whatsapp_business_messaging and whatsapp_business_management.",
            ),
            link="https://business.facebook.com/settings/system-users",
            fields=("access_token",),
        ),
        WEBHOOK_STEP,
    ),
    needs=(
        "Have a phone number at hand that can receive a call or a text message. A number in use on a phone stays"
        " there only if it is connected for use beside the WhatsApp Business app.",
    ),
    minutes=30,
    first_word="Write to the number in WhatsApp, from your own phone.",
    practice=Practice(
        path="/control/numbers",
        fields={name: name for name in ("app_id", "app_secret", "waba_id", "access_token")},
        account="number_id",
    ),
    approvals=(
        Approval(
            name="verification",
            title="Business verification",
            words="Meta looks at your company's papers, which may take days. Until then you may write first to few"
            " people a day; whoever writes to you can be answered.",
            link="https://business.facebook.com/settings/security",
        ),
    ),
    afterwards=(
        "To write first, or after 24 hours, have message templates approved and add a way to pay at Meta.",
    ),
)

# A reaction is a message like any other here. Calls open it as well, and do not come to us.
REPLY_WINDOW = WindowRule(
    free_seconds=DAY_SECONDS,
    opened_by=(Move.MESSAGE, Move.BUTTON, Move.REACTION),
    afterwards=Afterwards.TEMPLATE,
)

CAPABILITIES = Capabilities(
    text=TextLimit(max=4096),
    files={
        MediaKind.IMAGE: FileLimit(max_bytes=5 * MB, types=("image/jpeg", "image/png")),
        MediaKind.VIDEO: FileLimit(max_bytes=16 * MB, types=("video/mp4", "video/3gpp")),
        MediaKind.AUDIO: FileLimit(
            max_bytes=16 * MB, types=("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")
        ),
        MediaKind.VOICE: FileLimit(max_bytes=16 * MB, types=("audio/ogg",)),
        MediaKind.STICKER: FileLimit(max_bytes=100 * 1024, types=("image/webp",)),
        MediaKind.FILE: FileLimit(max_bytes=100 * MB),
    },
    file_transfer=Transfer.UPLOAD,
    caption_max=1024,
    reply_to=True,
    reply_window=REPLY_WINDOW,
    media=MediaStorage.STORED,
    reconcile=(Reconcile.ECHO,),
    pace=Pace(per_second=20, per_conversation_second=1 / 6, conversation_burst=45),
    delivery_receipts=True,
    read_receipts=True,
    reactions_in=True,
    reacts_with=("👍", "❤", "😂", "😮", "😢", "🙏"),
    edits_in=True,
    deletions_in=True,
    profiles=False,
    marks_seen=True,
    typing=Typing(lasts_seconds=25),
    choices=ChoicesRule(most=MAX_ROWS, title_max=MAX_ROW_TITLE, text=TextLimit(max=MAX_OFFER)),
    location=LocationRule(name_max=100, address_max=200),
    contact=ContactRule(name_max=100),
    templates=TemplateRule(
        words=1024,
        spaces=3,
        head_files={
            MediaKind.IMAGE: FileLimit(max_bytes=5 * MB, types=("image/jpeg", "image/png")),
            MediaKind.VIDEO: FileLimit(max_bytes=16 * MB, types=("video/mp4", "video/3gpp")),
            MediaKind.FILE: FileLimit(max_bytes=100 * MB, types=("application/pdf",)),
        },
    ),
    notes={
        "animation": "WhatsApp takes no GIF pictures: send a short video.",
        "choices": "Up to three short choices are buttons; more, or longer ones, a list that the customer opens.",
        "edit": "WhatsApp lets nobody edit or take back a message over its interface.",
        "edits_in": "Customers' edits and deletions are told only to numbers that are also used in the"
        " WhatsApp Business app.",
        "reply_window": "24 hours after the customer's last message only approved templates may be sent.",
        "read_receipts": "A customer who switched read receipts off is never shown as having read.",
        "typing": "WhatsApp shows that somebody writes only together with the marks for read.",
        "template": "Templates are written and approved at Meta. Those with a code for signing in, a carousel, a"
        " catalog, a form or a code to copy are listed, and not sent from here.",
        "pace": "Meta allows 80 messages a second on one number, 20 where it is also used in the app, and to"
        " one customer ten a minute after a burst of 45.",
        "sticker": "Stickers are square WebP pictures of 512 pixels; moving ones are not sent.",
    },
)
