"""The other side of a fetch: a tiny web server that answers exactly as it is told, over http or https."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes = b""


Say = Callable[[bytes], Awaitable[None]]
Answer = Callable[[Asked, Say], Awaitable[None]]


@dataclass(slots=True)
class FarSide:
    """``answers`` by path; each writes its raw answer itself, as fast or slowly as it likes."""

    port: int = 0
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def gives(
        self, path: str, body: bytes = b"", status: int = 200, headers: dict[str, str] | None = None
    ) -> str:
        """The address that answers so."""
        lines = {"Content-Length": str(len(body)), "Connection": "close"} | (headers or {})
        head = f"HTTP/1.1 {status} So\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())

        async def answer(_: Asked, say: Say) -> None:
            await say(head.encode() + b"\r\n" + body)

        self.answers[path] = answer
        return self.address(path)

    def leads(self, path: str, to: str, status: int = 302) -> str:
        return self.gives(path, status=status, headers={"Location": to})

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            lines = [line.partition(": ") for line in head[1:] if line]
            headers = {name.lower(): value for name, _, value in lines}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            asked = Asked(head[0].split(" ")[1], headers, body)
            self.asked.append(asked)
            await self.answers[asked.path](asked, say)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # whoever asked has heard enough
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()


@asynccontextmanager
async def far_side(tls: ssl.SSLContext | None = None) -> AsyncIterator[FarSide]:
    there = FarSide(scheme="https" if tls else "http")
    running: list[asyncio.Task[None]] = []

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.append(asyncio.get_running_loop().create_task(there.serve(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
    there.port = server.sockets[0].getsockname()[1]
    try:
        yield there
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Trust:
    """A server's certificate for some names, and a client that trusts nobody else."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def trust_for(folder: Path, *names: str) -> Trust:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    today = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    pem.write_bytes(secret + public)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return Trust(server, ssl.create_default_context(cadata=public.decode()))
