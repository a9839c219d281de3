"""`dragoman parse`: what we would make of one raw webhook body. Needs no database and no network."""

from __future__ import annotations

import click
import msgspec

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.registry import UnknownPlatform, channel
from dragoman.channels.telling import told

MAX_BODY_BYTES = 10 * 2**20  # the door takes no more either


class NotParsed(click.ClickException):
    """Printed as one sentence on standard error."""

    exit_code = 2


@click.command(short_help="Show what we would make of one raw webhook body.")
@click.argument("platform")
@click.argument("file", default="-")
@click.option("--account", default="", help="The id of the bot or page, where the body does not name it.")
def parse(platform: str, file: str, account: str) -> None:
    """Print one JSON object a line for each event in FILE, one raw webhook body of PLATFORM.

    Without FILE, or with "-", the body is read from standard input. Exit status: 0 for anything well-formed,
    however unknown; 2, with a sentence, for a malformed body.
    """
    try:
        events = channel(platform).parse(_body_in(file), account)
    except (UnknownPlatform, MalformedPayload) as error:
        raise NotParsed(str(error)) from None
    for event in events:
        click.echo(msgspec.json.encode(told(event)))


def _body_in(file: str) -> bytes:
    try:
        with click.open_file(file, "rb") as opened:
            body: bytes = opened.read(MAX_BODY_BYTES + 1)
    except OSError as error:
        raise NotParsed(f"{file} cannot be read: {error.strerror}.") from None
    if len(body) > MAX_BODY_BYTES:
        raise NotParsed(f"The body is larger than {MAX_BODY_BYTES // 2**20} MB.")
    return body
