"""What is said by itself is settled: by whoever may manage what happens by itself."""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.access.model import Membership, Right
from dragoman.automatic import store
from dragoman.automatic.model import Automatic, checked
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.kit.errors import not_found


async def set_automatic(database: Database, by: Membership, asked: Automatic) -> None:
    """Of channels that the member does not see, what is settled there stays. Raises Refused."""
    by.needs(Right.MANAGE_RULES)
    asked = checked(asked)
    async with database.transaction(by.workspace_id) as tx:
        there = await store.channels(tx)
        before = await store.lock(tx)
        if not all(each in there and by.sees(each) for each in asked.channels):
            raise not_found("There is no such channel.")
        unseen = {each: d for each, d in before.channels.items() if each in there and not by.sees(each)}
        await store.save(tx, replace(asked, channels={**unseen, **asked.channels}), by.member_id, now())
