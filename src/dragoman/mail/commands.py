"""`dragoman mail`."""

from __future__ import annotations

import asyncio

import click

from dragoman.config import Settings
from dragoman.config_values import WrongValue
from dragoman.errors import OperatorError
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.mail.model import Mail
from dragoman.mail.sending import MailFailed, send
from dragoman.mail.server import mail_address

WORDS = "This is a test: this Dragoman can send mail."


@click.group()
def mail() -> None:
    """Mail that this installation sends."""


@mail.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send a mail to this address now, and say what the server answers."""
    try:
        to = mail_address(address)
    except WrongValue as wrong:
        raise OperatorError(f"{address} {wrong}.") from None
    asyncio.run(_send(Settings.from_environment(), to))
    click.echo(f"The mail server has taken a mail to {to}.")


async def _send(settings: Settings, to: str) -> None:
    written = Mail(
        about=new_id(),
        to=to,
        subject="Dragoman: a test",
        text=f"{WORDS}\n\n{settings.own_url}\n",
        html=f'<p>{WORDS}</p><p><a href="{settings.own_url}">{settings.own_url}</a></p>',
        language="en",
        at=now(),
    )
    try:
        await send(settings, written)
    except MailFailed as failed:
        raise OperatorError(failed.reason) from None
