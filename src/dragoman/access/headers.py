"""Headers that tell browsers how little our pages need: put on every answer that has none of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from dragoman.config import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

TRUSTED_TYPES = "dragoman"  # the one policy that the browser client may make

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        f"trusted-types {TRUSTED_TYPES}",
    )
)

HSTS_SECONDS = 365 * 24 * 60 * 60


def security_headers(settings: Settings) -> dict[str, str]:
    """For every answer of the application."""
    headers = {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "x-frame-options": "DENY",
        "cache-control": "no-store",  # what may be kept says so itself
    }
    if settings.own_url.startswith("https://"):
        headers["strict-transport-security"] = f"max-age={HSTS_SECONDS}"
    return headers


class SecurityHeaders:
    """ASGI middleware. A route that sets one of these headers itself keeps its own value."""

    def __init__(self, app: Application, settings: Settings) -> None:
        self._app = app
        self._headers = [
            (name.encode(), value.encode()) for name, value in security_headers(settings).items()
        ]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._added_to(message.get("headers", ()))
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _added_to(self, own: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        present = list(own)
        names = {name.lower() for name, _ in present}
        return present + [(name, value) for name, value in self._headers if name not in names]
