"""What the product says no to, in words for the person who asked."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The one error that the edge shows to whoever asked; everything else is a bug.

    ``code`` is stable and is what the browser translates; ``message`` is one plain sentence; ``status`` is the
    HTTP status; ``details`` stand beside them in the answer (``fields``, ``retry_after_seconds`` ...).
    """

    def __init__(self, code: str, message: str, status: int, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.details = details


def invalid(**fields: str) -> Refused:
    """422: what is wrong with each field, a sentence each."""
    return Refused("invalid", next(iter(fields.values())), 422, fields=fields)


def not_found(message: str) -> Refused:
    return Refused("not_found", message, 404)
