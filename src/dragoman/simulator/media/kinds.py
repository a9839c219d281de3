"""A file that a customer may send, with what a phone knows about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    name: str
    mime_type: str
    content: bytes
    width: int = 0
    height: int = 0
    duration_seconds: int = 0
