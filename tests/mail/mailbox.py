"""A mail server that speaks SMTP over a socket, keeps what it takes, and can be made to misbehave."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

USER, PASSWORD = "inbox", "a secret of 17 letters"


@dataclass(slots=True)
class Mailbox:
    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    asks_for_login: bool = False
    encrypts: ssl.SSLContext | None = None  # by STARTTLS
    answer: bytes | None = None  # to RCPT, instead of 250
    is_silent: bool = False
    _is_logged_in: bool = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            if self.is_silent:
                await reader.read()
            else:
                await self._talk(reader, writer)
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"STARTTLS" and self.encrypts is not None:
                writer.write(b"220 go\r\n")
                await writer.drain()
                await writer.start_tls(self.encrypts)
            elif verb == b"DATA":
                writer.write(b"354 go on\r\n")
                body = await reader.readuntil(b"\r\n.\r\n")
                self.taken.append(message_from_bytes(body[:-5], policy=default))
                writer.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            else:
                writer.write(self._answer_to(verb, line))

    def _answer_to(self, verb: bytes, line: bytes) -> bytes:
        if verb == b"EHLO":
            offers = [b"here", *([b"STARTTLS"] if self.encrypts else []), b"AUTH PLAIN", b"SMTPUTF8"]
            return b"".join(b"250-%b\r\n" % each for each in offers) + b"250 8BITMIME\r\n"
        if verb == b"AUTH":
            wanted = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
            self._is_logged_in = line.split()[-1] == wanted
            return b"235 welcome\r\n" if self._is_logged_in else b"535 who are you\r\n"
        if verb == b"MAIL" and self.asks_for_login and not self._is_logged_in:
            return b"530 log in first\r\n"
        if verb == b"RCPT" and self.answer is not None:
            return self.answer
        return b"250 fine\r\n"


@asynccontextmanager
async def mailbox(port: int = 0) -> AsyncIterator[Mailbox]:
    box = Mailbox()
    server = await asyncio.start_server(box.serve, "127.0.0.1", port)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
