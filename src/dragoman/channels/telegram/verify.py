"""Is this request really Telegram's? Its only proof is the secret that we gave it when registering."""

from __future__ import annotations

import hmac

from dragoman.channels.contract import Credentials, Hook

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - a header's name, no secret
WEBHOOK_SECRET = "webhook_secret"  # noqa: S105 - the name under which the connection keeps it


def verify(hook: Hook, credentials: Credentials) -> bool:
    """True where the header holds our secret, compared in constant time. Without a secret nothing is theirs."""
    secret = credentials.secrets.get(WEBHOOK_SECRET, "")
    shown = hook.headers.get(SECRET_HEADER, "")
    return secret != "" and hmac.compare_digest(_bytes(shown), _bytes(secret))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
