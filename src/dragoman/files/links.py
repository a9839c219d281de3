"""Signed links: a platform may fetch one file of ours, for ten minutes, without a session. Pure."""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

LINK_LIFE = timedelta(minutes=10)
PURPOSE = "signed links to files"  # of the keys: Sealer.derived_keys(PURPOSE)

_SHAPE = struct.Struct(">16s16sQ")  # workspace, attachment, end in whole seconds
_SIGNATURE_BYTES = 32


@dataclass(frozen=True, slots=True)
class SignedFile:
    workspace_id: UUID
    attachment_id: UUID


def signed(file: SignedFile, key: bytes, at: datetime, life: timedelta = LINK_LIFE) -> str:
    """A token of 96 characters that fits an address."""
    ends = int((at + life).timestamp())
    content = _SHAPE.pack(file.workspace_id.bytes, file.attachment_id.bytes, ends)
    return base64.urlsafe_b64encode(content + _signature(content, key)).decode()


def verified(token: str, keys: Sequence[bytes], at: datetime) -> SignedFile | None:
    """What the token opens; None where nobody of ours signed it, or its time is over."""
    content, signature = _parts(token)
    if not any(hmac.compare_digest(_signature(content, key), signature) for key in keys):
        return None
    workspace, attachment, ends = _SHAPE.unpack(content)
    if at >= datetime.fromtimestamp(ends, UTC):
        return None
    return SignedFile(UUID(bytes=workspace), UUID(bytes=attachment))


def _parts(token: str) -> tuple[bytes, bytes]:
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raw = b""
    return raw[:-_SIGNATURE_BYTES], raw[-_SIGNATURE_BYTES:]


def _signature(content: bytes, key: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")
