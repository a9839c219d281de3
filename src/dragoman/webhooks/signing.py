"""Calls are signed as Standard Webhooks says, so that receivers find a library for it in any language. Pure but for
the secret that is made."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed(call_id: str, at: datetime, body: bytes, by: Iterable[str]) -> dict[str, str]:
    """The headers of this attempt; signed by each of these secrets, of which the receiver knows one."""
    seconds = str(int(at.timestamp()))
    content = f"{call_id}.{seconds}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": call_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{_signature(secret, content)}" for secret in by),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
