"""What goes out for what we want to say, and what is refused before Meta is asked."""

from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Choice, MediaKind
from dragoman.channels.messenger.render import render
from dragoman.channels.meta.sending import SendRequest, safe_name
from tests.channels.messenger.conftest import NOW


def to_ann(**what: Any) -> Outgoing:
    return Outgoing(to="765", correlation="0199-a", last_customer_at=NOW - timedelta(hours=1), **what)


def written(waited: timedelta, **what: Any) -> Outgoing:
    """To somebody whose last move was a message."""
    at = NOW - waited
    return Outgoing(
        to="765", correlation="c", text="Hello", last_customer_at=at, customer_wrote_at=at, **what
    )


def a_file(**what: Any) -> OutgoingFile:
    content = what.pop("content", b"bytes")
    facts = {"kind": MediaKind.IMAGE, "name": "cup.png", "mime_type": "image/png", "size_bytes": len(content)}
    return OutgoingFile(content=content, **{**facts, **what})


def rendered(outgoing: Outgoing) -> SendRequest:
    return render(outgoing, NOW)


def test_choices_are_quick_replies_below_the_text() -> None:
    message = rendered(to_ann(text="When?", choices=(Choice(title="Friday", payload="p0"),))).body["message"]

    assert (message["text"], message["quick_replies"]) == (
        "When?",
        [{"content_type": "text", "title": "Friday", "payload": "p0"}],
    )


def test_a_text_carries_our_correlation_so_that_its_echo_is_known() -> None:
    assert rendered(to_ann(text="Yes, in red.")).body == {
        "recipient": {"id": "765"},
        "messaging_type": "RESPONSE",
        "message": {"text": "Yes, in red.", "metadata": "dragoman:0199-a"},
    }


def test_a_quote_names_the_quoted_message() -> None:
    assert rendered(to_ann(text="This one", reply_to="m_1")).body["reply_to"] == {"mid": "m_1"}


def test_what_meta_never_gave_an_id_is_not_quoted() -> None:
    assert "reply_to" not in rendered(to_ann(text="This", reply_to="composed-order:765:1:f")).body


@pytest.mark.parametrize(
    ("waited", "permission"),
    [
        (timedelta(0), {"messaging_type": "RESPONSE"}),
        (timedelta(seconds=-30), {"messaging_type": "RESPONSE"}),
        (timedelta(hours=24), {"messaging_type": "RESPONSE"}),
        (timedelta(hours=24, seconds=1), {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
        (timedelta(days=7), {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
    ],
)
def test_after_a_day_only_a_persons_own_words_may_be_sent(
    waited: timedelta, permission: dict[str, str]
) -> None:
    body = rendered(written(waited)).body

    assert {key: body[key] for key in body.keys() & {"messaging_type", "tag"}} == permission


def test_after_a_day_the_words_go_without_their_quote() -> None:
    assert "reply_to" not in rendered(written(timedelta(days=2), reply_to="m_1")).body


def test_after_a_week_nobody_is_asked() -> None:
    with pytest.raises(Undeliverable, match="more than 7 days ago"):
        rendered(written(timedelta(days=7, seconds=1)))


def test_without_knowing_when_the_customer_wrote_meta_decides() -> None:
    body = rendered(Outgoing(to="765", correlation="c", text="Hello")).body

    assert body["messaging_type"] == "RESPONSE"


def test_the_longest_text_is_one_below_two_thousand() -> None:
    assert rendered(to_ann(text="é" * 1999)).body["message"]["text"] == "é" * 1999
    with pytest.raises(Undeliverable, match="2000 characters, and Messenger takes 1999"):
        rendered(to_ann(text="é" * 2000))


@pytest.mark.parametrize("text", [None, "", " \n\t"])
def test_an_empty_message_is_refused(text: str | None) -> None:
    with pytest.raises(Undeliverable, match="empty"):
        rendered(to_ann(text=text))


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (MediaKind.IMAGE, "image"),
        (MediaKind.ANIMATION, "image"),
        (MediaKind.VIDEO, "video"),
        (MediaKind.AUDIO, "audio"),
        (MediaKind.VOICE, "audio"),
        (MediaKind.FILE, "file"),
    ],
)
def test_each_kind_of_file_has_its_type(kind: MediaKind, type_: str) -> None:
    request = rendered(to_ann(file=a_file(kind=kind)))

    assert request.body["message"]["attachment"] == {"type": type_, "payload": {}}
    assert request.upload is not None
    assert request.upload.content == b"bytes"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (a_file(kind=MediaKind.STICKER), "no file of the kind sticker"),
        (a_file(size_bytes=8 * 1024**2 + 1), "takes 8 MB for image"),
        (a_file(kind=MediaKind.FILE, size_bytes=25 * 1024**2 + 1), "takes 25 MB for file"),
        (a_file(content=b""), "The file is empty"),
    ],
)
def test_a_file_that_cannot_arrive_is_refused(file: OutgoingFile, reason: str) -> None:
    with pytest.raises(Undeliverable, match=reason):
        rendered(to_ann(file=file))


def test_a_text_beside_a_file_is_refused_as_there_are_no_captions() -> None:
    with pytest.raises(Undeliverable, match="no captions"):
        rendered(to_ann(file=a_file(), text="look"))


@pytest.mark.parametrize(
    ("mime_type", "sent"),
    [
        ("audio/ogg; codecs=opus", "audio/ogg"),
        ("image/png\r\nx: y", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_only_a_plain_type_goes_into_the_header(mime_type: str, sent: str) -> None:
    upload = rendered(to_ann(file=a_file(mime_type=mime_type))).upload

    assert upload is not None
    assert upload.mime_type == sent


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("cup.png", "cup.png"),
        ("Käse für Zoë.JPEG", "Kase_fur_Zoe.JPEG"),
        ("日本語.png", "file.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\pictures\\cup.png", "cup.png"),
        ('a"b\r\nc.txt', "a_b_c.txt"),
        ("archive.tar.gz", "archive.tar.gz"),
        ("noending", "noending"),
        (".png", "file.png"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_files_name_travels_in_plain_ascii(name: str, safe: str) -> None:
    assert safe_name(name) == safe
