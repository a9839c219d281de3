"""Whether the mail server lets us in. No mail is sent."""

from __future__ import annotations

from dragoman.config import Settings
from dragoman.doctor.model import Finding, fail, ok
from dragoman.mail.sending import MailFailed, greet

CHECK = "mail.server"


async def mail_server(settings: Settings) -> Finding:
    if settings.mail_url is None:
        return ok(CHECK, "No mail is sent: MAIL_URL is not set.")
    try:
        await greet(settings)
    except MailFailed as failed:
        return fail(CHECK, f"Mail cannot be sent: {failed.reason}")
    return ok(CHECK, f"The mail server {settings.mail_url.host} lets us in.")
