"""What goes out for what we want to say, and what is refused before WhatsApp is asked."""

from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import FilledTemplate, Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Choice, ContactCard, Location, MediaKind
from dragoman.channels.whatsapp.render import reaction, render
from tests.channels.whatsapp.conftest import NOW

MB = 1024 * 1024


def to_ann(**what: Any) -> Outgoing:
    given = {"to": "16505551234", "correlation": "0199-a", "last_customer_at": NOW - timedelta(hours=1)}
    return Outgoing(**{**given, **what})


def a_file(kind: MediaKind = MediaKind.IMAGE, mime_type: str = "image/png", **what: Any) -> OutgoingFile:
    return OutgoingFile(**{"kind": kind, "name": "cup.png", "mime_type": mime_type, "size_bytes": 5, **what})


def rendered(outgoing: Outgoing) -> dict[str, Any]:
    return render(outgoing, "M1", NOW)


def choices(count: int, length: int = 5) -> tuple[Choice, ...]:
    return tuple(Choice(title=f"{nth}".ljust(length, "x"), payload=f"p{nth}") for nth in range(count))


def test_a_text_carries_our_correlation_so_that_its_statuses_are_known() -> None:
    assert rendered(to_ann(text="Yes, in red.")) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "16505551234",
        "type": "text",
        "text": {"body": "Yes, in red.", "preview_url": False},
        "biz_opaque_callback_data": "dragoman:0199-a",
    }


def test_a_link_is_shown_with_what_lies_behind_it() -> None:
    assert rendered(to_ann(text="https://espresso.example/seals"))["text"]["preview_url"] is True


def test_who_hides_their_number_is_written_to_by_their_id() -> None:
    body = rendered(to_ann(to="NO.99120865530274191800", text="Ja"))

    assert body["recipient"] == "NO.99120865530274191800"
    assert "to" not in body


def test_a_quote_names_the_quoted_message() -> None:
    assert rendered(to_ann(text="This one", reply_to="wamid.Q"))["context"] == {"message_id": "wamid.Q"}


def test_a_reaction_stands_on_its_message_and_quotes_nothing() -> None:
    body = reaction("15551230001", "wamid.Q", "👍")

    assert (body["to"], body["type"]) == ("15551230001", "reaction")
    assert body["reaction"] == {"message_id": "wamid.Q", "emoji": "👍"}
    assert "context" not in body
    assert reaction("15551230001", "wamid.Q", None)["reaction"]["emoji"] == ""


@pytest.mark.parametrize(
    ("waited", "may_go"),
    [
        (timedelta(0), True),
        (timedelta(seconds=-30), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, seconds=1), False),
    ],
)
def test_after_a_day_only_templates_may_be_sent(waited: timedelta, may_go: bool) -> None:
    late = to_ann(text="Hello", last_customer_at=NOW - waited)
    template = to_ann(template=FilledTemplate(name="hi", language="en"), last_customer_at=NOW - waited)

    assert rendered(template)["type"] == "template"
    if may_go:
        assert rendered(late)["type"] == "text"
    else:
        with pytest.raises(Undeliverable, match="only a template"):
            rendered(late)


def test_a_template_comes_with_what_fills_its_gaps_and_a_picture_for_its_head() -> None:
    template = FilledTemplate(
        name="order_update", language="en_US", values={"body.1": "Ann", "body.2": "4711"}
    )

    assert rendered(to_ann(template=template, file=a_file()))["template"] == {
        "name": "order_update",
        "language": {"policy": "deterministic", "code": "en_US"},
        "components": [
            {"type": "header", "parameters": [{"type": "image", "image": {"id": "M1"}}]},
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "Ann"}, {"type": "text", "text": "4711"}],
            },
        ],
    }
    assert "components" not in rendered(to_ann(template=FilledTemplate(name="hi", language="en")))["template"]


@pytest.mark.parametrize(
    ("kind", "mime_type", "type_", "shown"),
    [
        (MediaKind.IMAGE, "image/jpeg", "image", {"id": "M1", "caption": "look"}),
        (MediaKind.VIDEO, "video/mp4", "video", {"id": "M1", "caption": "look"}),
        (
            MediaKind.FILE,
            "application/pdf",
            "document",
            {"id": "M1", "caption": "look", "filename": "cup.png"},
        ),
        (MediaKind.AUDIO, "audio/mpeg", "audio", {"id": "M1"}),
        (MediaKind.VOICE, "audio/ogg; codecs=opus", "audio", {"id": "M1", "voice": True}),
        (MediaKind.STICKER, "image/webp", "sticker", {"id": "M1"}),
    ],
)
def test_each_kind_of_file_has_its_type_and_some_have_captions(
    kind: MediaKind, mime_type: str, type_: str, shown: dict[str, Any]
) -> None:
    text = shown.get("caption")

    body = rendered(to_ann(file=a_file(kind, mime_type), text=text))

    assert (body["type"], body[type_]) == (type_, shown)


def test_a_file_that_was_not_uploaded_is_named_by_its_link() -> None:
    linked = to_ann(file=a_file(link="https://inbox.example/f/1"))

    assert render(linked, None, NOW)["image"] == {"link": "https://inbox.example/f/1"}


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"file": a_file(MediaKind.ANIMATION, "image/gif")}, "no file of the kind animation"),
        ({"file": a_file(size_bytes=5 * MB + 1)}, "takes 5 MB for image"),
        (
            {"file": a_file(MediaKind.STICKER, "image/webp", size_bytes=200_000)},
            r"takes 0\.0977 MB for sticker",
        ),
        ({"file": a_file(mime_type="image/heic")}, "takes no image/heic for image"),
        ({"file": a_file(MediaKind.AUDIO, "audio/mpeg"), "text": "listen"}, "no captions here"),
        ({"file": a_file(), "text": "x" * 1025}, "1025 characters, and WhatsApp takes 1024"),
        ({"text": "x" * 4097}, "4097 characters, and WhatsApp takes 4096"),
        ({"text": " \n"}, "empty message"),
        ({}, "empty message"),
        ({"text": "which?", "choices": choices(11)}, "at most 10 answers"),
        ({"text": "which?", "choices": choices(4, length=25)}, "1 to 24 characters"),
        ({"text": "x" * 1025, "choices": choices(2)}, "WhatsApp takes 1024"),
    ],
)
def test_what_cannot_arrive_is_refused(what: dict[str, Any], reason: str) -> None:
    with pytest.raises(Undeliverable, match=reason):
        rendered(to_ann(**what))


def test_the_longest_text_goes() -> None:
    assert len(rendered(to_ann(text="é" * 4096))["text"]["body"]) == 4096


def test_up_to_three_answers_are_buttons() -> None:
    body = rendered(to_ann(text="Friday?", choices=choices(3)))

    assert body["interactive"]["type"] == "button"
    assert [each["reply"]["id"] for each in body["interactive"]["action"]["buttons"]] == ["p0", "p1", "p2"]


@pytest.mark.parametrize(("count", "length"), [(10, 5), (2, 21)])
def test_up_to_ten_or_longer_ones_are_a_list(count: int, length: int) -> None:
    body = rendered(to_ann(text="Which?", choices=choices(count, length)))

    assert body["interactive"]["type"] == "list"
    assert len(body["interactive"]["action"]["sections"][0]["rows"]) == count


def test_an_address_without_a_name_is_shown_as_one() -> None:
    place = Location(latitude=59.9, longitude=10.7, address="Karl Johans gate 1")

    assert rendered(to_ann(location=place))["location"]["name"] == "Karl Johans gate 1"


def test_a_contact_card_has_a_name_and_a_number() -> None:
    body = rendered(to_ann(contact=ContactCard(name="Ana Ruiz", phone="+34600111222")))

    assert body["type"] == "contacts"
    assert body["contacts"] == [
        {
            "name": {"formatted_name": "Ana Ruiz", "first_name": "Ana Ruiz"},
            "phones": [{"phone": "+34600111222", "type": "CELL"}],
        }
    ]


def test_a_place_has_its_name_where_it_has_one() -> None:
    place = Location(latitude=59.9, longitude=10.7, title="Espresso & Co.")

    assert rendered(to_ann(location=place))["location"] == {
        "latitude": "59.9",
        "longitude": "10.7",
        "name": "Espresso & Co.",
    }
