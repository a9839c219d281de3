"""Looking something up that we may have no right to see."""

from __future__ import annotations

from collections.abc import Awaitable

from dragoman.channels.errors import NeedsReconnect, Undeliverable
from dragoman.channels.meta.errors import says_login_is_lost
from dragoman.kit.json_reading import Record


async def if_shown(asked: Awaitable[Record]) -> Record:
    """A right that the app lacks costs a name here, not the whole channel."""
    try:
        return await asked
    except (Undeliverable, NeedsReconnect) as refusal:
        if says_login_is_lost(refusal):
            raise
        return {}
