"""Whose words an echo carries: ours, those of a person in the Page's own inbox, or another app's."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.channels.meta.control import INBOX_APPS
from dragoman.channels.meta.reading import identifier
from dragoman.kit.json_reading import Record, text

# What we send carries this before our correlation, so that its echo is known for ours.
CORRELATION_PREFIX = "dragoman:"


@dataclass(frozen=True, slots=True)
class EchoFacts:
    ours: bool = False
    automatic: bool = False
    correlation: str | None = None


NO_ECHO = EchoFacts()


def echo_facts(message: Record) -> EchoFacts:
    """An app that is neither ours nor the Page inbox is taken for a bot: no person answered there."""
    metadata = text(message, "metadata") or ""
    ours = metadata.startswith(CORRELATION_PREFIX)
    app = identifier(message, "app_id")
    return EchoFacts(
        ours=ours,
        automatic=not ours and app is not None and app not in INBOX_APPS,
        correlation=metadata.removeprefix(CORRELATION_PREFIX) if ours else None,
    )
