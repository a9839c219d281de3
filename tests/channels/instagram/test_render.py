"""What we want to say, as the request that says it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Choice, MediaKind
from dragoman.channels.instagram.manifest import CAPABILITIES
from dragoman.channels.instagram.render import render
from dragoman.outbound.splitting import split
from tests.channels.instagram.conftest import ANN, NOW
from tests.channels.messenger.test_collection import paths
from tests.specs import spec

LINK = "https://inbox.example/media/abc"


def a_text(text: str | None = "Hello!", **more: Any) -> Outgoing:
    return Outgoing(**{"to": ANN, "correlation": "c", "text": text, "last_customer_at": NOW, **more})


def written(waited: timedelta) -> dict[str, Any]:
    """The customer's last move was a message."""
    return {"last_customer_at": NOW - waited, "customer_wrote_at": NOW - waited}


def a_file(kind: MediaKind, mime_type: str, size_bytes: int = 1, link: str | None = LINK) -> Outgoing:
    file = OutgoingFile(kind=kind, name="a", mime_type=mime_type, size_bytes=size_bytes, link=link)
    return a_text(text=None, file=file)


def test_a_text_is_one_request() -> None:
    assert render(a_text(reply_to="aWdf0"), NOW).body == {
        "recipient": {"id": ANN},
        "messaging_type": "RESPONSE",
        "message": {"text": "Hello!"},
        "reply_to": {"mid": "aWdf0"},
    }


def test_choices_are_quick_replies_below_the_text() -> None:
    body = render(a_text("When?", choices=(Choice(title="Friday", payload="p0"),)), NOW).body

    assert body["message"]["quick_replies"] == [{"content_type": "text", "title": "Friday", "payload": "p0"}]


def test_what_meta_does_not_know_is_not_quoted() -> None:
    assert "reply_to" not in render(a_text(reply_to="composed-postback:1"), NOW).body


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (timedelta(hours=24), {"messaging_type": "RESPONSE"}),
        (timedelta(hours=24, seconds=1), {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
        (timedelta(days=7), {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
    ],
)
def test_after_a_day_a_persons_own_words_are_marked_as_such(waited: timedelta, said: dict[str, str]) -> None:
    body = render(a_text(**written(waited), reply_to="aWdf0"), NOW).body

    assert {key: body[key] for key in body if key in ("messaging_type", "tag")} == said
    assert ("reply_to" in body) is (said["messaging_type"] == "RESPONSE")


def test_after_a_week_nothing_is_asked_of_instagram() -> None:
    with pytest.raises(Undeliverable, match="more than 7 days"):
        render(a_text(**written(timedelta(days=7, seconds=1))), NOW)


def test_a_reaction_does_not_lengthen_the_week_after_the_last_words() -> None:
    reacted = a_text(last_customer_at=NOW - timedelta(days=2), customer_wrote_at=NOW - timedelta(days=8))

    with pytest.raises(Undeliverable, match="more than 7 days"):
        render(reacted, NOW)


def test_a_thousand_bytes_go_and_one_more_does_not() -> None:
    assert render(a_text("é" * 500), NOW)
    with pytest.raises(Undeliverable, match="1001 bytes"):
        render(a_text("é" * 500 + "a"), NOW)


@pytest.mark.parametrize("sign", ["가", "é", "👩🏽‍🚒", "🇰🇷", "a\u0301", "ض", "黑"])
def test_a_longer_text_is_cut_between_signs_and_each_piece_goes(sign: str) -> None:
    text = sign * 700

    pieces = split(text, CAPABILITIES.text)

    assert "".join(pieces) == text
    assert all(len(piece) % len(sign) == 0 for piece in pieces)
    assert all(render(a_text(piece), NOW) for piece in pieces)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_is_not_sent(text: str) -> None:
    with pytest.raises(Undeliverable):
        render(a_text(text), NOW)


@pytest.mark.parametrize(
    ("outgoing", "kind"),
    [
        (a_file(MediaKind.IMAGE, "image/png"), "image"),
        (a_file(MediaKind.IMAGE, "image/jpeg; q=1"), "image"),
        (a_file(MediaKind.ANIMATION, "image/gif"), "image"),
        (a_file(MediaKind.VIDEO, "video/mp4"), "video"),
        (a_file(MediaKind.AUDIO, "audio/aac"), "audio"),
        (a_file(MediaKind.VOICE, "audio/mp4"), "audio"),
        (a_file(MediaKind.FILE, "application/pdf"), "file"),
    ],
)
def test_a_file_is_fetched_by_its_link(outgoing: Outgoing, kind: str) -> None:
    request = render(outgoing, NOW)

    assert request.body["message"] == {"attachment": {"type": kind, "payload": {"url": LINK}}}
    assert request.upload is None


@pytest.mark.parametrize(
    "outgoing",
    [
        a_file(MediaKind.STICKER, "image/webp"),
        a_file(MediaKind.IMAGE, "image/webp"),
        a_file(MediaKind.FILE, "application/zip"),
        a_file(MediaKind.AUDIO, "audio/ogg"),
        a_file(MediaKind.IMAGE, "image/png", size_bytes=8 * 1024**2 + 1),
        a_file(MediaKind.VIDEO, "video/mp4", size_bytes=25 * 1024**2 + 1),
        a_file(MediaKind.IMAGE, "image/png", link=None),
        a_text("caption", file=a_file(MediaKind.IMAGE, "image/png").file),
    ],
)
def test_what_instagram_would_refuse_is_refused_here(outgoing: Outgoing) -> None:
    with pytest.raises(Undeliverable) as refused:
        render(outgoing, NOW)

    assert refused.value.reason.endswith(".")


# Documented in the reference of the Send API, and in none of the examples.
BEYOND_THE_EXAMPLES = {"messaging_type", "tag", "reply_to", "reply_to.mid"}


def test_a_request_has_no_field_that_meta_does_not_know() -> None:
    known = set().union(*(paths(example) for example in _examples()))
    said = [a_text(), a_text(reply_to="aWdf0"), a_text(**written(timedelta(days=3)))]
    sent = [*said, a_file(MediaKind.IMAGE, "image/png"), a_file(MediaKind.AUDIO, "audio/mp4")]

    assert set().union(*(paths(render(each, NOW).body) for each in sent)) <= known | BEYOND_THE_EXAMPLES


def _examples() -> list[dict[str, Any]]:
    """The bodies of all sends in Meta's own collection for Instagram, where that is at hand."""
    collection = spec("meta/instagram-platform-api.postman_collection.json")
    folder = next(each for each in collection["item"] if each["name"] == "Send API")
    bodies = [json.loads(each["request"]["body"]["raw"]) for each in folder["item"]]
    assert bodies
    return bodies
