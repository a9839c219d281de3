"""While a member writes, the customer sees it, where the platform can show that.

Nothing of it is kept or recorded, and nobody waits for it: it is asked of the platform beside everything else, and
what the platform says to that is only logged.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from dragoman.access.model import Membership
from dragoman.channels.errors import ChannelError
from dragoman.channels.registry import channel
from dragoman.db.database import Transaction
from dragoman.errors import OperatorError
from dragoman.kit.clock import now
from dragoman.kit.errors import not_found
from dragoman.services import Services

log = logging.getLogger(__name__)

ASK_SECONDS = 10
RENEWED_AFTER = 0.75  # of the time that it lasts: shown again before it ends
MOST_SHOWN = 1000  # conversations remembered in a process; more would be no members, but a mistake


class Typing:
    """In which conversations it is shown at present, by this process; and the requests under way."""

    def __init__(self) -> None:
        self._until: dict[UUID, datetime] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    def is_to_be_shown(self, conversation_id: UUID, lasts: timedelta, at: datetime) -> bool:
        """Whether it is time to say so again; if it is, it counts as said."""
        if self._until.get(conversation_id, at) > at:
            return False
        if len(self._until) >= MOST_SHOWN:
            self._until = {c: until for c, until in self._until.items() if until > at}
        if len(self._until) >= MOST_SHOWN:
            return False
        self._until[conversation_id] = at + lasts * RENEWED_AFTER
        return True

    def start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


class Way(msgspec.Struct, frozen=True, kw_only=True):
    channel_id: UUID
    connection_id: UUID
    platform: str
    account: str
    address: str
    state: str
    newest: str | None  # the platform's id of what the customer said last


async def show(services: Services, typing: Typing, by: Membership, conversation_id: UUID) -> None:
    """This member writes. Returns at once; raises Refused (404) where there is no such conversation for them."""
    async with services.database.reading(by.workspace_id) as tx:
        way = await _way_to(tx, conversation_id)
    if way is None or not by.sees(way.channel_id):
        raise not_found("There is no such conversation.")
    shown = channel(way.platform).capabilities.typing
    if shown is None or way.state != "live":
        return
    if typing.is_to_be_shown(conversation_id, shown.lasts, now()):
        typing.start(_tell_platform(services, by.workspace_id, way))


async def _tell_platform(services: Services, workspace_id: UUID, way: Way) -> None:
    try:
        async with asyncio.timeout(ASK_SECONDS):
            client = await services.clients.of(workspace_id, way.connection_id)
            await client.show_typing(way.account, way.address, way.newest)
    except (ChannelError, OperatorError, TimeoutError) as refused:
        log.info("%s was not shown that somebody writes: %s", way.platform, refused)
    except Exception:
        log.exception("showing that somebody writes failed")


async def _way_to(tx: Transaction, conversation_id: UUID) -> Way | None:
    return await tx.one(
        Way,
        """
        select h.channel_id, h.connection_id, h.platform, h.account, i.address, h.state,
               (select m.external_id from messages m
                where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                  and m.side = 'customer' and m.external_id is not null
                order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1) as newest
        from conversations c
        join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        where c.workspace_id = %(workspace)s and c.conversation_id = %(conversation)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id},
    )
