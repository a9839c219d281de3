"""Refusals in the Bot API's shape."""

from typing import Any


class BotApiError(Exception):
    """`error_code` is also the HTTP status; the description is the only thing that tells errors apart."""

    def __init__(self, error_code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.parameters = parameters


def bad_request(what: str) -> BotApiError:
    return BotApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> BotApiError:
    return BotApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> BotApiError:
    return BotApiError(409, f"Conflict: {what}")


def unauthorized() -> BotApiError:
    return BotApiError(401, "Unauthorized")


def too_many_requests(retry_after_seconds: int) -> BotApiError:
    return BotApiError(
        429,
        f"Too Many Requests: retry after {retry_after_seconds}",
        {"retry_after": retry_after_seconds},
    )
