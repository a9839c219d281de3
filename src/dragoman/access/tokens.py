"""Tokens of sessions and one-time links. Only their hashes are kept; a look into the database opens nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """32 random bytes, 43 characters that fit a cookie and an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> bytes:
    """SHA-256 is enough here: the token is random, there is nothing to guess."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def csrf_token(session_token: str) -> str:
    """What a page of ours must send beside the cookie. Bound to the session, and says nothing about it."""
    code = hmac.digest(session_token.encode(errors="replace"), b"csrf", "sha256")
    return base64.urlsafe_b64encode(code).rstrip(b"=").decode()


def is_csrf_token_of(session_token: str, given: str) -> bool:
    return hmac.compare_digest(csrf_token(session_token).encode(), given.encode(errors="replace"))
