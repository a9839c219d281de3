"""Mail leaves by real SMTP: what is asked of the server, and what is said when it will not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from email.headerregistry import Address
from pathlib import Path
from uuid import UUID

import pytest

from dragoman.config import Settings
from dragoman.errors import OperatorError
from dragoman.kit.clock import now
from dragoman.mail.model import Mail, written
from dragoman.mail.sending import MailFailed, MailRefused, greet, send
from dragoman.mail.server import Encryption, MailServer
from tests.files.far_side import trust_for
from tests.mail.mailbox import PASSWORD, USER, Mailbox, mailbox

ABOUT = UUID("0192f0c1-0000-7000-8000-000000000001")


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with mailbox() as opened:
        yield opened


def _settings(box: Mailbox, **more: str) -> Settings:
    sender = "Our Inbox <inbox@example.com>"
    public = "https://inbox.example.com"
    return Settings.from_environment({"MAIL_URL": box.url, "MAIL_FROM": sender, "PUBLIC_URL": public, **more})


def _mail(to: str = "maria@example.com", stop_url: str | None = None) -> Mail:
    return Mail(ABOUT, to, "Nikt nie czeka", "Zażółć gęślą jaźń\n", "<p>Zażółć</p>", "pl", now(), stop_url)


async def test_a_mail_arrives_with_its_words_and_says_what_it_is(box: Mailbox) -> None:
    await send(_settings(box), _mail(stop_url="https://inbox.example.com/stop"))

    (mail,) = box.taken
    assert mail["To"] == "maria@example.com"
    assert mail["From"] == "Our Inbox <inbox@example.com>"
    assert mail["Subject"] == "Nikt nie czeka"
    assert mail["Message-ID"] == f"<{ABOUT}@inbox.example.com>"
    assert mail["List-Unsubscribe"] == "<https://inbox.example.com/stop>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), plain.get_content().strip()) == ("text/plain", "Zażółć gęślą jaźń")
    assert html.get_content_type() == "text/html"


def test_a_long_address_that_ends_it_stays_readable_to_machines() -> None:
    stop = "https://inbox.example.com/api/w/" + "0192f0c1-0000-7000-8000-000000000001/" * 3 + "k" * 40

    mail = written(
        _mail(stop_url=stop), Address("Our Inbox", "inbox", "example.com"), "https://inbox.example.com"
    )

    assert f"List-Unsubscribe: <{stop}>\r\n".encode() in mail.as_bytes()


async def test_the_same_mail_twice_carries_the_same_name(box: Mailbox) -> None:
    await send(_settings(box), _mail())
    await send(_settings(box), _mail())

    first, second = box.taken
    assert first["Message-ID"] == second["Message-ID"]


async def test_we_log_in_where_that_is_asked(box: Mailbox) -> None:
    box.asks_for_login = True
    login = box.url.replace("//", f"//{USER}:{PASSWORD.replace(' ', '%20')}@")

    await send(_settings(box, MAIL_URL=login), _mail())
    with pytest.raises(MailFailed, match="does not take this user and password") as wrong:
        await greet(_settings(box, MAIL_URL=login.replace("letters", "lies")))

    assert len(box.taken) == 1
    assert "lies" not in str(wrong.value)


@pytest.mark.parametrize(("answer", "is_for_good"), [(b"550 nobody\r\n", True), (b"451 later\r\n", False)])
async def test_what_the_server_refuses_is_told_in_its_words(
    box: Mailbox, answer: bytes, is_for_good: bool
) -> None:
    box.answer = answer

    with pytest.raises(MailFailed, match=answer.decode().strip()) as refused:
        await send(_settings(box), _mail())

    assert isinstance(refused.value, MailRefused) is is_for_good


async def test_nothing_leaves_unencrypted_where_encryption_is_wanted(box: Mailbox) -> None:
    with pytest.raises(MailFailed, match="does not offer what is needed"):
        await send(_encrypting(box), _mail())

    assert box.taken == []


async def test_a_certificate_that_nobody_vouches_for_gets_nothing(box: Mailbox, tmp_path: Path) -> None:
    ours = trust_for(tmp_path, "localhost")
    box.encrypts = ours.server

    with pytest.raises(MailFailed, match="not to be trusted"):
        await send(_encrypting(box), _mail())
    await send(_encrypting(box), _mail(), trust=ours.client)

    assert len(box.taken) == 1


def _encrypting(box: Mailbox) -> Settings:
    return replace(_settings(box), mail_url=MailServer("localhost", box.port, Encryption.STARTTLS))


async def test_a_server_that_is_not_there_is_named() -> None:
    settings = Settings.from_environment({"MAIL_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "a@example.com"})

    with pytest.raises(MailFailed, match=r"127\.0\.0\.1:9 cannot be reached"):
        await send(settings, _mail())


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MAIL_URL", "mail.example.com"),
        ("MAIL_URL", "http://mail.example.com"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://mail.example.com:no"),
        ("MAIL_URL", "smtp://mail.example.com?tls=maybe"),
        ("MAIL_URL", "smtps://mail.example.com?tls=none"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "a@b@c"),
        ("MAIL_FROM", "a@b\r\nBcc: c@d"),
    ],
)
def test_a_wrong_setting_is_one_sentence_at_the_start(variable: str, value: str) -> None:
    fine = {"MAIL_URL": "smtps://u:hidden@mail.example.com", "MAIL_FROM": "a@example.com"}

    with pytest.raises(OperatorError, match=f"^{variable} m[^\n]*$") as wrong:
        Settings.from_environment({**fine, variable: value})

    assert "hidden" not in str(wrong.value)


def test_mail_from_nobody_is_refused_and_no_password_is_printed() -> None:
    with pytest.raises(OperatorError, match="MAIL_FROM must be set"):
        Settings.from_environment({"MAIL_URL": "smtps://mail.example.com"})

    settings = Settings.from_environment(
        {"MAIL_URL": "smtps://u:hidden@mail.example.com", "MAIL_FROM": "a@example.com"}
    )
    assert "hidden" not in repr(settings)
    assert settings.mail_url is not None
    assert settings.mail_url.port == 465
    assert "hidden" not in repr(settings.mail_url)
