"""What members settle about their evening line, and how they end it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.db.database import Database
from dragoman.evening import store
from dragoman.evening.model import Evening, Trouble
from dragoman.evening.store import Wanted
from dragoman.evening.telling import never_mind, wait_for_evening
from dragoman.kit.clock import now
from dragoman.team.work import check_zone


@dataclass(frozen=True, slots=True)
class Mine:
    """``evening`` None: they want none. ``trouble``: why the last line was not mailed."""

    evening: Evening | None
    email: str
    trouble: Trouble | None


async def mine(database: Database, by: Membership) -> Mine:
    async with database.reading(by.workspace_id) as tx:
        (wanted,) = await store.wanted(tx, [by.member_id]) or (None,)
        reader = await store.reader(tx, by.member_id)
        return Mine(
            evening=wanted.evening if wanted else None,
            email=reader.email if reader else "",
            trouble=await store.last_trouble(tx, by.member_id) if wanted else None,
        )


async def settle(database: Database, by: Membership, evening: Evening | None, locale: str) -> None:
    """None: no line any more. Raises Refused for a time zone that there is not."""
    if evening is not None:
        check_zone(evening.zone)
    async with database.transaction(by.workspace_id) as tx:
        if evening is None:
            await never_mind(tx, by.member_id)
            return
        wanted = Wanted(by.member_id, evening, locale, secrets.token_urlsafe(24))
        await store.keep(tx, wanted)
        await wait_for_evening(tx, wanted, now())


async def stop(database: Database, workspace_id: UUID, member_id: UUID, key: str) -> bool:
    """Whoever has one of the mails may end them. False: this is no address out of one."""
    async with database.transaction(workspace_id) as tx:
        (wanted,) = await store.wanted(tx, [member_id]) or (None,)
        if wanted is None or not hmac.compare_digest(wanted.stop_key.encode(), key.encode()):
            return False
        await never_mind(tx, member_id)
    return True
