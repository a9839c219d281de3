"""Is this request really Meta's? Over the raw bytes: re-written JSON would not have the signature's escapes."""

from __future__ import annotations

import hmac

from dragoman.channels.contract import Credentials, Hook, HookAnswer


def verify(hook: Hook, credentials: Credentials) -> bool:
    """Does the app's secret, over the exact body, give the ``X-Hub-Signature-256``?"""
    secret = credentials.secrets.get("app_secret", "")
    given = hook.headers.get("x-hub-signature-256", "")
    expected = "sha256=" + hmac.digest(secret.encode(), hook.body, "sha256").hex()
    return bool(secret) and _same(given, expected)


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
