"""What we send fits Meta's own description of the Cloud API, where that is at hand."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dragoman.channels.contract import FilledTemplate, Outgoing, OutgoingFile
from dragoman.channels.events import Choice, Location, MediaKind
from dragoman.channels.whatsapp.render import reaction, render
from tests.channels.whatsapp.conftest import NOW
from tests.specs import yaml_spec

DESCRIPTION = "meta/whatsapp-business-messaging-api_v23.0.yaml"

# Documented in the reference, and younger than the description or left out of it.
BEYOND = {"biz_opaque_callback_data", "recipient"}

TYPES = {
    "text": "TextMessage",
    "image": "ImageMessage",
    "video": "VideoMessage",
    "audio": "AudioMessage",
    "document": "DocumentMessage",
    "sticker": "StickerMessage",
    "location": "LocationMessage",
    "reaction": "ReactionMessage",
    "interactive": "InteractiveMessage",
    "template": "TemplateMessage",
}


def to_ann(**what: Any) -> Outgoing:
    return Outgoing(**{"to": "16505551234", "correlation": "0199-a", **what})


def a_file(kind: MediaKind, mime_type: str) -> OutgoingFile:
    return OutgoingFile(kind=kind, name="a.bin", mime_type=mime_type, size_bytes=5)


CHOICES = tuple(Choice(title=f"Size {nth}", payload=f"s{nth}") for nth in range(6))

SENDS = {
    "text": to_ann(text="Hello"),
    "quote": to_ann(text="This", reply_to="wamid.A"),
    "image": to_ann(file=a_file(MediaKind.IMAGE, "image/png"), text="look"),
    "video": to_ann(file=a_file(MediaKind.VIDEO, "video/mp4")),
    "audio": to_ann(file=a_file(MediaKind.AUDIO, "audio/mpeg")),
    "document": to_ann(file=a_file(MediaKind.FILE, "application/pdf")),
    "sticker": to_ann(file=a_file(MediaKind.STICKER, "image/webp")),
    "location": to_ann(location=Location(latitude=59.9, longitude=10.7, title="Here", address="Oslo")),
    "buttons": to_ann(text="Friday?", choices=CHOICES[:3]),
    "list": to_ann(text="Which?", choices=CHOICES),
    "template": to_ann(template=FilledTemplate(name="hi", language="en_US", values={"body.1": "Ann"})),
    "template with a picture": to_ann(
        template=FilledTemplate(name="hi", language="en_US"), file=a_file(MediaKind.IMAGE, "image/png")
    ),
}


BODIES = {name: render(send, "4490709327384033", NOW) for name, send in SENDS.items()} | {
    "reaction": reaction("16505551234", "wamid.A", "👍"),
}


def problems(value: Any, schema: dict[str, Any]) -> list[str]:
    whole = {**schema, "components": yaml_spec(DESCRIPTION)["components"]}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(whole).iter_errors(value)]


def named(schema: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml_spec(DESCRIPTION)["components"]["schemas"][schema]
    return found


@pytest.mark.parametrize("send", BODIES)
def test_a_message_fits_the_description(send: str) -> None:
    body = BODIES[send]
    kind = body["type"]
    # Each type is described as the common frame, and what is its own: read together they would exclude each other.
    frame, own = named("BaseMessageProperties"), named(TYPES[kind])["allOf"][1]

    assert problems(body, frame) == []
    assert problems({"type": kind, kind: body[kind]}, own) == []
    assert set(body) <= set(frame["properties"]) | {kind} | BEYOND


def test_every_type_that_can_be_sent_is_looked_at() -> None:
    mapped = set(named("Message")["discriminator"]["mapping"])

    assert {body["type"] for body in BODIES.values()} == mapped - {"contacts"}


def test_a_read_mark_fits_the_description() -> None:
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.IN="}

    assert problems(mark, named("MarkMessageRequestPayload")) == []


def test_the_description_would_notice() -> None:
    own = named("TextMessage")["allOf"][1]

    assert problems({"type": "text", "text": {"body": "Hello", "colour": "red"}}, own)
    assert problems({"type": "text"}, own)
