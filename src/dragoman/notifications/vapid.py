"""Who leaves a message at a push service: a token signed by the key that the browser was told of (RFC 8292)."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from dragoman.notifications.encryption import point_of

TOKEN_LIFE = timedelta(hours=12)  # push services take 24 at most
HEADER = {"typ": "JWT", "alg": "ES256"}
NUMBER_BYTES = 32


def authorization(key: ec.EllipticCurvePrivateKey, audience: str, contact: str, at: datetime) -> str:
    """The value of the header. ``audience`` is the origin of the push service; ``contact`` leads to the operator."""
    claims = {"aud": audience, "exp": int((at + TOKEN_LIFE).timestamp()), "sub": contact}
    signed = f"{_written(HEADER)}.{_written(claims)}"
    return f"vapid t={signed}.{base64url(_signature(key, signed.encode()))}, k={base64url(point_of(key.public_key()))}"


def base64url(raw: bytes) -> str:
    """Without padding, as JWT and the Push API write it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(written: str) -> bytes:
    """Raises ValueError for what is none. Some browsers pad, others do not."""
    bare = written.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)


def contact_of(own_url: str) -> str:
    """How a push service reaches the operator: the installation's address, where others can reach it."""
    return own_url if own_url.startswith("https://") else "mailto:dragoman@example.com"


def _written(part: object) -> str:
    return base64url(msgspec.json.encode(part))


def _signature(key: ec.EllipticCurvePrivateKey, signed: bytes) -> bytes:
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(SHA256())))
    return r.to_bytes(NUMBER_BYTES) + s.to_bytes(NUMBER_BYTES)
