"""A browser that may be told, and the push service of its maker: both stand outside, and share no code with ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dragoman.config_values import HostPort
from dragoman.files.fetch import Fetcher
from dragoman.notifications.encryption import BrowserKeys, point_of
from tests.files.far_side import Asked, FarSide, Trust, far_side, trust_for

HOST = "push.example.net"
CURVE = ec.SECP256R1()


@dataclass(slots=True)
class ABrowser:
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public(self) -> bytes:
        return point_of(self.key.public_key())

    @property
    def keys(self) -> BrowserKeys:
        return BrowserKeys(self.public, self.secret)

    def subscription(self, endpoint: str) -> dict[str, str]:
        """What its page tells us."""
        return {
            "endpoint": endpoint,
            "public": _written(self.public),
            "secret": _written(self.secret),
            "locale": "en",
        }

    def reads(self, body: bytes) -> bytes:
        """Written down from the RFCs step by step, with HMAC alone. Raises InvalidTag for what is not for it."""
        salt, rest = body[:16], body[16:]
        assert int.from_bytes(rest[:4]) == 4096
        length = rest[4]
        theirs, record = rest[5 : 5 + length], rest[5 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
        key_info = b"WebPush: info\0" + self.public + theirs + b"\x01"
        input_key = _hmac(_hmac(self.secret, shared), key_info)
        extracted = _hmac(salt, input_key)
        content_key = _hmac(extracted, b"Content-Encoding: aes128gcm\0\x01")[:16]
        nonce = _hmac(extracted, b"Content-Encoding: nonce\0\x01")[:12]
        padded = AESGCM(content_key).decrypt(nonce, record, None).rstrip(b"\0")
        assert padded[-1] == 2
        return padded[:-1]


@dataclass(slots=True)
class PushService:
    """Over real HTTPS. ``answers``: status and headers of each next push; when there is none, it is taken."""

    side: FarSide
    trust: Trust
    browsers: dict[str, ABrowser] = field(default_factory=dict)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def a_browser(self) -> tuple[ABrowser, str]:
        """A browser, and its address here."""
        path, browser = f"/push/{uuid4().hex}", ABrowser()
        self.browsers[path] = browser

        async def take(_: Asked, say: Any) -> None:
            status, headers = self.answers.pop(0) if self.answers else (201, {})
            lines = {"Content-Length": "0", "Connection": "close"} | headers
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
            await say(f"HTTP/1.1 {status} So\r\n{head}\r\n".encode())

        self.side.answers[path] = take
        return browser, self.side.address(path, HOST)

    @property
    def fetcher(self) -> Fetcher:
        """A way out that finds this service by its name, and trusts it."""

        async def resolve(_host: str, _port: int) -> list[str]:
            return ["127.0.0.1"]

        return Fetcher(frozenset({HostPort(HOST, self.side.port)}), resolver=resolve, tls=self.trust.client)

    def pushes(self) -> list[Push]:
        """All that came, in its order, as the browsers read it."""
        return [
            Push(asked.headers, json.loads(self.browsers[asked.path].reads(asked.body)))
            for asked in self.side.asked
        ]

    @property
    def origin(self) -> str:
        return self.side.address("", HOST)


@dataclass(frozen=True, slots=True)
class Push:
    headers: dict[str, str]
    says: dict[str, Any]


@asynccontextmanager
async def push_service(folder: Path) -> AsyncIterator[PushService]:
    trust = trust_for(folder, HOST)
    async with far_side(trust.server) as side:
        yield PushService(side, trust)


def verified(authorization: str) -> dict[str, Any]:
    """The claims of a token whose signature holds."""
    token, _ = _taken_apart(authorization)
    head, claims, signature = token.split(".")
    raw = _read(signature)
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender_of(authorization))
    try:
        key.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise AssertionError("the signature does not hold") from None
    read: dict[str, Any] = json.loads(_read(claims))
    return read


def sender_of(authorization: str) -> bytes:
    return _read(_taken_apart(authorization)[1])


def _taken_apart(authorization: str) -> tuple[str, str]:
    scheme, _, parameters = authorization.partition(" ")
    assert scheme == "vapid"
    named = dict(each.strip().split("=", 1) for each in parameters.split(","))
    return named["t"], named["k"]


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _read(written: str) -> bytes:
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
