"""One mail to one server. It opens a connection, leaves the mail there and goes; what is tried again, jobs know."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage

from dragoman.config import Settings
from dragoman.mail.model import Mail, written
from dragoman.mail.server import Encryption, MailServer

SECONDS = 15.0  # for each answer of the server
SECONDS_IN_ALL = 60.0
AT_ONCE = 2  # threads that wait for a server, of their own: no other work waits for them
BUSY = timedelta(minutes=1)

_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail")


class MailFailed(Exception):
    """``reason`` is one plain sentence for who looks after the installation, without any secret."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class MailRefused(MailFailed):
    """The server will not take it, however often it is asked."""


class NobodyThere(MailRefused):
    """It takes no mail to this address."""


async def send(settings: Settings, mail: Mail, *, trust: ssl.SSLContext | None = None) -> None:
    """``trust``: which certificates are believed; those of this machine, unless others are named.

    Raises:
        MailFailed: it was not taken; another try may help.
        MailRefused: it never will be.
    """
    server, sender = settings.mail_url, settings.mail_from
    if server is None or sender is None:
        raise MailFailed("This installation sends no mail: set MAIL_URL and MAIL_FROM.")
    message = written(mail, sender, settings.own_url)
    await _in_a_thread(lambda: _deliver(server, sender, mail.to, message, trust))


async def greet(settings: Settings, *, trust: ssl.SSLContext | None = None) -> None:
    """Log in at the server and go again: raises MailFailed with what is wrong."""
    server = settings.mail_url
    assert server is not None, "who asks has looked whether there is one"
    await _in_a_thread(lambda: _open(server, trust).close())


async def _in_a_thread(work: Callable[[], None]) -> None:
    """smtplib waits; it does so in threads that nothing else uses, and not for ever."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(SECONDS_IN_ALL):
            await loop.run_in_executor(_threads, work)
    except TimeoutError:
        raise MailFailed("The mail server took too long.", retry_after=BUSY) from None


def _deliver(
    server: MailServer, sender: Address, to: str, message: EmailMessage, trust: ssl.SSLContext | None
) -> None:
    smtp = _open(server, trust)
    try:
        smtp.send_message(message, from_addr=sender.addr_spec, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        reason = f"The mail server does not take mail to this address ({_said(code, said)})."
        raise (NobodyThere(reason) if _is_for_good(code) else MailFailed(reason)) from None
    except smtplib.SMTPResponseException as refused:
        reason = f"The mail server does not take it ({_said(refused.smtp_code, refused.smtp_error)})."
        raise (MailRefused(reason) if _is_for_good(refused.smtp_code) else MailFailed(reason)) from None
    except (smtplib.SMTPException, OSError) as broken:
        raise MailFailed(f"The mail server went away ({type(broken).__name__}).") from None
    finally:
        smtp.close()


def _open(server: MailServer, trust: ssl.SSLContext | None) -> smtplib.SMTP:
    """Connected, encrypted as wanted and logged in."""
    context = trust or ssl.create_default_context()
    place = f"{server.host}:{server.port}"
    try:
        if server.encryption is Encryption.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    except ssl.SSLCertVerificationError as wrong:
        raise MailFailed(
            f"The certificate of {place} is not to be trusted: {wrong.verify_message}."
        ) from None
    except ssl.SSLError:
        raise MailFailed(f"{place} speaks no TLS from the first byte: is it smtp:// instead?") from None
    except socket.gaierror:
        raise MailFailed(f"There is no server named {server.host}.") from None
    except (smtplib.SMTPException, OSError) as broken:
        raise MailFailed(f"{place} cannot be reached ({_why(broken)}).") from None
    try:
        _agree(smtp, server, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _agree(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    try:
        if server.encryption is Encryption.STARTTLS:
            smtp.starttls(context=context)
        if server.user is not None:
            smtp.login(server.user, server.password or "")
    except ssl.SSLCertVerificationError as wrong:
        raise MailFailed(
            f"The certificate of {server.host} is not to be trusted: {wrong.verify_message}."
        ) from None
    except smtplib.SMTPAuthenticationError as refused:
        raise MailFailed(
            f"{server.host} does not take this user and password ({refused.smtp_code})."
        ) from None
    except smtplib.SMTPNotSupportedError as lacking:
        raise MailFailed(f"{server.host} does not offer what is needed: {lacking}") from None
    except (smtplib.SMTPException, OSError) as broken:
        raise MailFailed(f"{server.host} does not agree ({_why(broken)}).") from None


def _is_for_good(code: int) -> bool:
    """What begins with 5 is (RFC 5321, section 4.2.1)."""
    return code >= 500


def _said(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())[:200]


def _why(broken: Exception) -> str:
    if isinstance(broken, TimeoutError):
        return f"no answer within {SECONDS:.0f} s"
    if isinstance(broken, OSError) and broken.strerror:
        return broken.strerror
    return type(broken).__name__
