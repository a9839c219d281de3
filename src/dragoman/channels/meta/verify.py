"""Is this request really Meta's? Over the raw bytes: re-written JSON would not have the signature's escapes."""

from __future__ import annotations

import hmac

from dragoman.channels.contract import Credentials, Hook, HookAnswer


def verify(hook: Hook, *secrets: str) -> bool:
    """Does one of the app's secrets, over the exact body, give the ``X-Hub-Signature-256``?"""
    given = hook.headers.get("x-hub-signature-256", "")
    matches = [_same(given, _signature(secret, hook.body)) for secret in secrets if secret]
    return any(matches)


def _signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


def handshake(hook: Hook, credentials: Credentials) -> HookAnswer | None:
    """Meta calls once by GET before it delivers: the challenge goes back, if it knows our verify token."""
    if hook.method != "GET":
        return None
    token = credentials.secrets.get("verify_token", "")
    subscribes = hook.query.get("hub.mode") == "subscribe"
    if subscribes and token and _same(hook.query.get("hub.verify_token", ""), token):
        return HookAnswer(status=200, body=hook.query.get("hub.challenge", "").encode(errors="replace"))
    return HookAnswer(status=403, body=b"The verify token is not ours.")


def _same(given: str, expected: str) -> bool:
    """In constant time; as bytes, since comparing strings refuses what is not ASCII."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
