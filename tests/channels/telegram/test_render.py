from __future__ import annotations

from typing import Any

import pytest

from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Choice, ContactCard, Location, MediaKind, choice_payload, question_of
from dragoman.channels.telegram.manifest import CAPABILITIES, MAX_CHOICES, MAX_PHOTO_BYTES, MAX_UPLOAD_BYTES
from dragoman.channels.telegram.render import Call, Upload, render
from tests.channels.telegram.bot_api import faults_in_call

BOT = "7100200300"


def a_text(
    text: str | None = "Yes, 220 V", *, to: str = "5551234567", reply_to: str | None = None
) -> Outgoing:
    return Outgoing(to=to, correlation="c1", text=text, reply_to=reply_to)


def a_file(kind: MediaKind, mime_type: str, *, size_bytes: int = 3, name: str = "a.bin") -> OutgoingFile:
    return OutgoingFile(kind=kind, name=name, mime_type=mime_type, size_bytes=size_bytes, content=b"abc")


def with_file(file: OutgoingFile, text: str | None = None) -> Outgoing:
    return Outgoing(to="5551234567", correlation="c1", text=text, file=file)


def test_a_text_goes_plain_so_that_nothing_in_it_is_read_as_markup() -> None:
    call = render(BOT, a_text("1 < 2 & *not bold* _"))

    assert call == Call("sendMessage", {"chat_id": 5551234567, "text": "1 < 2 & *not bold* _"})


def test_what_no_request_can_carry_is_replaced() -> None:
    assert render(BOT, a_text("a\x00b\ud83d")).fields["text"] == "a�b�"


def test_a_reply_names_its_message_and_survives_its_deletion() -> None:
    reply = render(BOT, a_text(reply_to="5551234567:41")).fields["reply_parameters"]

    assert reply == {"message_id": 41, "allow_sending_without_reply": True}


@pytest.mark.parametrize("quoted", ["callback:4382", "321:5001", "5551234567:0:c1", "5551234567:", ""])
def test_what_is_no_message_of_this_chat_is_not_quoted(quoted: str) -> None:
    assert "reply_parameters" not in render(BOT, a_text(reply_to=quoted)).fields


def test_in_a_connected_accounts_chat_the_connection_is_named() -> None:
    by_account = render("bc:bc_A1", a_text(to="321"))
    by_setting = render(
        "900", Outgoing(to="321", correlation="c1", text="hi", settings={"business_connection_id": "bc_A2"})
    )

    assert by_account.fields["business_connection_id"] == "bc_A1"
    assert by_setting.fields["business_connection_id"] == "bc_A2"
    assert "business_connection_id" not in render(BOT, a_text()).fields


OFFERED = (Choice(title="Friday", payload="choice:c1:0"), Choice(title="Saturday", payload="choice:c1:1"))


def besides(**what: Any) -> Outgoing:
    return Outgoing(to="5551234567", correlation="c1", **what)


def test_each_choice_is_a_button_on_a_line_of_its_own() -> None:
    call = render(BOT, besides(text="When?", choices=OFFERED))

    assert call.fields["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Friday", "callback_data": "choice:c1:0"}],
            [{"text": "Saturday", "callback_data": "choice:c1:1"}],
        ]
    }


def test_what_a_choice_carries_fits_into_a_button() -> None:
    most = choice_payload("f" * 32, MAX_CHOICES - 1)

    assert len(most.encode()) <= 64
    assert question_of(most) == "f" * 32


@pytest.mark.parametrize(
    ("title", "address", "told"),
    [
        (None, None, None),
        ("Beans & Co", "Pariser Platz 1", ("Beans & Co", "Pariser Platz 1")),
        ("Beans & Co", None, ("Beans & Co", "52.51630, 13.37770")),
        (None, "Pariser Platz 1", ("Pariser Platz 1", "Pariser Platz 1")),
    ],
)
def test_a_location_with_a_name_or_an_address_is_a_venue(
    title: str | None, address: str | None, told: tuple[str, str] | None
) -> None:
    """Telegram has no venue without both."""
    place = Location(latitude=52.5163, longitude=13.3777, title=title, address=address)

    call = render(BOT, besides(location=place, reply_to="5551234567:41"))

    assert call.method == ("sendVenue" if told else "sendLocation")
    assert (call.fields["latitude"], call.fields["longitude"]) == (52.5163, 13.3777)
    assert told is None or (call.fields["title"], call.fields["address"]) == told
    assert call.fields["reply_parameters"]["message_id"] == 41


def test_a_contact_card_goes_by_its_name_and_number() -> None:
    card = ContactCard(name="Luis Ortega", phone="+4930123456")

    call = render(BOT, besides(contact=card))

    assert call == Call(
        "sendContact", {"chat_id": 5551234567, "phone_number": "+4930123456", "first_name": "Luis Ortega"}
    )


@pytest.mark.parametrize(
    ("kind", "mime_type", "method", "field"),
    [
        (MediaKind.IMAGE, "image/jpeg", "sendPhoto", "photo"),
        (MediaKind.IMAGE, "IMAGE/PNG", "sendPhoto", "photo"),
        (MediaKind.IMAGE, "image/heic", "sendDocument", "document"),
        (MediaKind.ANIMATION, "image/gif", "sendAnimation", "animation"),
        (MediaKind.VIDEO, "video/mp4", "sendVideo", "video"),
        (MediaKind.VIDEO, "video/x-matroska", "sendDocument", "document"),
        (MediaKind.AUDIO, "audio/mpeg", "sendAudio", "audio"),
        (MediaKind.AUDIO, "audio/flac", "sendDocument", "document"),
        (MediaKind.VOICE, "audio/ogg; codecs=opus", "sendVoice", "voice"),
        (MediaKind.VOICE, "audio/webm", "sendDocument", "document"),
        (MediaKind.FILE, "application/pdf", "sendDocument", "document"),
        (MediaKind.FILE, "image/jpeg", "sendDocument", "document"),
    ],
)
def test_a_file_goes_as_what_the_customers_app_can_show(
    kind: MediaKind, mime_type: str, method: str, field: str
) -> None:
    call = render(BOT, with_file(a_file(kind, mime_type)))

    assert call.method == method
    assert call.upload is not None
    assert call.upload.field == field


def test_a_picture_of_over_10_mb_goes_as_a_file() -> None:
    at_the_limit = a_file(MediaKind.IMAGE, "image/jpeg", size_bytes=MAX_PHOTO_BYTES)
    over_it = a_file(MediaKind.IMAGE, "image/jpeg", size_bytes=MAX_PHOTO_BYTES + 1)

    assert render(BOT, with_file(at_the_limit)).method == "sendPhoto"
    assert render(BOT, with_file(over_it)).method == "sendDocument"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Angebot März.pdf", "Angebot März.pdf"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ('a"\r\nX-Evil: 1.pdf', 'a"_X-Evil_ 1.pdf'),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_file_keeps_its_name_as_far_as_a_name_goes(name: str, sent: str) -> None:
    call = render(BOT, with_file(a_file(MediaKind.FILE, "application/pdf", name=name)))

    assert call.upload == Upload("document", sent, "application/pdf", b"abc")


def test_a_type_that_is_none_is_sent_as_bytes() -> None:
    call = render(BOT, with_file(a_file(MediaKind.FILE, "evil\r\nx: y")))

    assert call.upload is not None
    assert call.upload.mime_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("outgoing", "reason"),
    [
        (a_text(""), "empty"),
        (a_text(" \n"), "empty"),
        (a_text(None), "empty"),
        (a_text("x" * 4097), "4097 characters"),
        (a_text(to="anaruiz"), "no Telegram chat"),
        (a_text(to="1" * 30), "no Telegram chat"),
        (with_file(a_file(MediaKind.FILE, "a/b", size_bytes=MAX_UPLOAD_BYTES + 1)), "50 MB"),
        (with_file(a_file(MediaKind.FILE, "a/b"), text="x" * 1025), "1025 characters"),
        (
            with_file(OutgoingFile(kind=MediaKind.FILE, name="a", mime_type="a/b", size_bytes=3)),
            "no longer here",
        ),
    ],
)
def test_what_telegram_would_refuse_is_refused_at_once_and_says_why(outgoing: Outgoing, reason: str) -> None:
    with pytest.raises(Undeliverable, match=reason):
        render(BOT, outgoing)


@pytest.mark.parametrize(
    "outgoing",
    [
        a_text(reply_to="5551234567:41"),
        besides(text="When?", choices=OFFERED),
        besides(location=Location(latitude=52.5163, longitude=13.3777)),
        besides(location=Location(latitude=52.5163, longitude=13.3777, title="Beans & Co")),
        besides(contact=ContactCard(name="Luis Ortega", phone="+4930123456")),
        *[
            with_file(a_file(kind, mime_type), text="below")
            for kind, mime_type in [
                (MediaKind.IMAGE, "image/jpeg"),
                (MediaKind.ANIMATION, "image/gif"),
                (MediaKind.VIDEO, "video/mp4"),
                (MediaKind.AUDIO, "audio/mpeg"),
                (MediaKind.VOICE, "audio/ogg"),
                (MediaKind.FILE, "application/pdf"),
            ]
        ],
    ],
    ids=str,
)
@pytest.mark.parametrize("account", [BOT, "bc:bc_A1"])
def test_a_request_is_as_the_bot_api_describes_it(account: str, outgoing: Outgoing) -> None:
    call = render(account, outgoing)

    assert faults_in_call(call.fields, call.method, call.upload.field if call.upload else None) == []


def test_every_kind_that_the_composer_offers_can_be_sent() -> None:
    for kind in CAPABILITIES.files:
        call = render(BOT, with_file(a_file(MediaKind(kind), "application/octet-stream")))

        assert call.upload is not None
