"""What Telegram asks of us and allows us: data with numbers, no logic.

Source of the numbers: Bot API 10.1, and Telegram's own FAQ for the pace.
"""

from __future__ import annotations

import msgspec

from dragoman.channels.capabilities import (
    MB,
    Capabilities,
    ChoicesRule,
    ContactRule,
    FileLimit,
    LocationRule,
    MediaStorage,
    Pace,
    Reconcile,
    TextLimit,
    Transfer,
    Typing,
)
from dragoman.channels.contract import Field, Manifest, Practice, Step
from dragoman.channels.events import MediaKind

PLATFORM = "telegram"
API_BASE = "https://api.telegram.org"

MAX_TEXT = 4096  # characters
MAX_CAPTION = 1024  # characters
MAX_CHOICES = 10  # ours: Telegram takes more than a telephone shows
MAX_CHOICE_TITLE = 40  # characters; ours: what is longer is cut off on a telephone
MAX_PLACE_NAME, MAX_PLACE_ADDRESS = 100, 200  # characters; ours: Telegram names no limits
MAX_CONTACT_NAME = 64  # characters
MAX_PHOTO_BYTES = 10 * MB
MAX_UPLOAD_BYTES = 50 * MB
MAX_DOWNLOAD_BYTES = 20 * MB

# Without an explicit list Telegram keeps the one of the last registration, and leaves reactions out by default.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "message_reaction",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
)

MANIFEST = Manifest(
    platform=PLATFORM,
    title="Telegram",
    fields=(
        Field(
            name="token",
            label="Bot token",
            hint="A number, a colon, then letters and digits: @BotFather gives it.",
        ),
    ),
    api_setting="telegram_api",
    simulator_path="/telegram",
    polls=True,
    brings_accounts=True,
    generated=("webhook_secret",),
    steps=(
        Step(
            name="bot",
            title="Make a bot",
            words=(
                "In Telegram, open a chat with @BotFather and send /newbot, or /mybots for a bot that you have.",
                "Choose the name that customers see, and a user name that ends in “bot”.",
            ),
            link="https://t.me/BotFather",
        ),
        Step(
            name="token",
            title="Enter its token",
            words=("Copy the token that @BotFather answers with, and paste it here.",),
            fields=("token",),
        ),
    ),
    needs=("Telegram on your phone or computer, with an account of any kind.",),
    minutes=5,
    first_word="Open the bot in your own Telegram, press Start, and write to it.",
    practice=Practice(path="/control/bots", fields={"token": "token"}, account="id"),
    afterwards=(
        "To answer for your own account as well, open Bot Settings in @BotFather and switch on its business "
        "(secretary) mode; then connect the bot in Telegram under Settings, Telegram Business, Chatbots, or "
        "under Edit profile, Chat automation.",
    ),
)

CAPABILITIES = Capabilities(
    text=TextLimit(max=MAX_TEXT),
    files={
        MediaKind.IMAGE: FileLimit(max_bytes=MAX_UPLOAD_BYTES, types=("image/*",)),
        MediaKind.ANIMATION: FileLimit(max_bytes=MAX_UPLOAD_BYTES, types=("image/gif", "video/mp4")),
        MediaKind.VIDEO: FileLimit(max_bytes=MAX_UPLOAD_BYTES, types=("video/*",)),
        MediaKind.AUDIO: FileLimit(max_bytes=MAX_UPLOAD_BYTES, types=("audio/*",)),
        MediaKind.VOICE: FileLimit(max_bytes=MAX_UPLOAD_BYTES, types=("audio/*",)),
        MediaKind.FILE: FileLimit(max_bytes=MAX_UPLOAD_BYTES),
    },
    file_transfer=Transfer.UPLOAD,
    caption_max=MAX_CAPTION,
    reply_to=True,
    reply_window=None,
    media=MediaStorage.STORED,
    reconcile=(Reconcile.PERSON,),
    # Telegram's FAQ names about 30 a second for a bot and about one a second in a chat; it counts by itself.
    pace=Pace(per_second=25, per_conversation_second=1),
    delivery_receipts=False,
    read_receipts=False,
    reactions_in=True,
    reacts_with=("👍", "❤", "🔥", "🎉", "😢", "🙏"),
    edits_in=True,
    deletions_in=False,
    profiles=True,
    marks_seen=False,
    typing=Typing(lasts_seconds=5),
    choices=ChoicesRule(most=MAX_CHOICES, title_max=MAX_CHOICE_TITLE),
    location=LocationRule(name_max=MAX_PLACE_NAME, address_max=MAX_PLACE_ADDRESS),
    contact=ContactRule(name_max=MAX_CONTACT_NAME),
    notes={
        "receipts": "Telegram tells bots neither what was delivered nor what was read.",
        "reacts_with": "A bot reacts in its own chats only, not in those of a connected account.",
        "deletions_in": "Telegram tells a bot nothing of deleted messages; of a connected account's chats it does.",
        "image": "A picture over 10 MB, or one that is not JPEG, PNG or WebP, goes as a file.",
        "video": "A video that is not MP4 goes as a file.",
        "audio": "Sound that is not MP3 or M4A goes as a file; a voice message may be OGG as well.",
        "marks_seen": "A bot's chats have no mark for what was read; in a connected account's chats it would "
        "also clear the unread messages on the owner's own phone, which is theirs to do.",
        "typing": "Telegram shows for five seconds at a time that somebody writes.",
        "choices": "Telegram names no limits for buttons: ours keep them readable on a telephone.",
        "download": "Telegram hands a bot files up to 20 MB; a customer's larger file can only be named.",
        "reply_window": "A bot may always answer who started it. In a connected account's chats the customer must "
        "have written within 24 hours.",
        "reconcile": "Telegram has no way to ask whether a message arrived: after a lost answer a person decides.",
    },
)

# Bots react in their own chats only.
OF_A_CONNECTED_ACCOUNT = msgspec.structs.replace(CAPABILITIES, reacts_with=())
