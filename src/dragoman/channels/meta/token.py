"""What Meta says of an app, and of a token that it made: asked by the app itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dragoman.channels.contract import Rights
from dragoman.channels.errors import NeedsReconnect, Undeliverable
from dragoman.channels.meta.graph import Graph
from dragoman.channels.meta.reading import identifier
from dragoman.kit.json_reading import Record, integer, record_in, text

NO_END = 0
LATEST = 253_402_300_799  # the last second of the year 9999


async def app_named(app: Graph, app_id: str) -> str | None:
    """The app's name, after making sure that id and secret belong together. None: one of them is not known yet."""
    if not app.can_speak_as_app:
        return None
    try:
        about = await app.get(app_id, as_app=True, fields="id,name")
    except (Undeliverable, NeedsReconnect) as refusal:
        reason = "There is no such app at Meta, or the app secret is not its own: copy both again."
        raise NeedsReconnect(reason, code=refusal.code) from None
    return text(about, "name") or identifier(about, "id") or app_id


async def rights_of(graph: Graph, needed: Sequence[str]) -> Rights:
    """Which of the permissions are missing, and when the token ends; nothing where Meta does not tell."""
    try:
        asked = await graph.about_token()
    except (Undeliverable, NeedsReconnect):
        return Rights()
    told = record_in(asked, "data") or {}
    scopes = told.get("scopes")
    missing = tuple(each for each in needed if each not in scopes) if isinstance(scopes, list) else None
    return Rights(missing=missing, expires_at=_end(told))


def _end(told: Record) -> datetime | None:
    seconds = integer(told, "expires_at") or NO_END
    return datetime.fromtimestamp(seconds, UTC) if NO_END < seconds <= LATEST else None
