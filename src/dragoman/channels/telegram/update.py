"""One update: what Telegram tells us in one request."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from dragoman.kit.json_reading import Record, integer, record_in
from dragoman.kit.text import clean

MAX_WORD = 100  # characters of a key that we do not know


@dataclass(frozen=True, slots=True)
class Update:
    """``number`` is the same in every delivery of this update and in no other one.

    ``thing`` is what lies under the key ``kind``: a message, a pressed button ...
    """

    bot: str
    number: str
    kind: str
    thing: Record


def update_in(found: Record, body: bytes, bot: str, known: Collection[str]) -> Update:
    """Beside the number stands at most one key; should there be more, one that we know comes first."""
    keys = [key for key in found if key != "update_id"]
    kind = next((key for key in keys if key in known), next(iter(keys), "empty update"))
    update_id = integer(found, "update_id")
    number = str(update_id) if update_id is not None else "sha256:" + hashlib.sha256(body).hexdigest()
    return Update(bot, number, clean(kind)[:MAX_WORD], record_in(found, kind) or {})
