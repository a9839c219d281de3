"""One mail, and how it is written down by RFC 5322. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

SUBJECT_MAX = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """``about`` names what it tells of: written twice, it is the same mail. ``stop_url``: one request to it, and no
    such mail comes any more (RFC 8058)."""

    about: UUID
    to: str
    subject: str
    text: str
    html: str
    language: str
    at: datetime
    stop_url: str | None = None


# An address in a header that is folded into encoded words is none any more (RFC 8058): the longest line that may be.
UNFOLDED = SMTP.clone(max_line_length=998)


def written(mail: Mail, sender: Address, own_url: str) -> EmailMessage:
    """With a Message-ID that is the same at each try, so that a mailbox that has it already may tell."""
    message = EmailMessage(policy=UNFOLDED)
    message["From"] = sender
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = " ".join(mail.subject.split())[:SUBJECT_MAX]
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.about}@{urlsplit(own_url).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    message["Content-Language"] = mail.language
    if mail.stop_url is not None:
        message["List-Unsubscribe"] = f"<{mail.stop_url}>"
        if mail.stop_url.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message
