"""Who may see a quiet channel only has its lists at once, however busy the other channels are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from dragoman.access import actions as access
from dragoman.access.model import Membership, Role, WorkspaceKind
from dragoman.db.database import Database, Transaction
from dragoman.kit.ids import new_id
from dragoman.live.pages import page as page_of

BUSY, QUIET = new_id(), new_id()
MANY = 4000


@pytest.fixture
async def tx(dsn: str, database: Database) -> AsyncIterator[Transaction]:
    """In a workspace whose busy channel holds all that is new, and whose quiet one a little of what is old."""
    workspace_id = await access.create_workspace(database, "Espresso & Co.", WorkspaceKind.TRIAL)
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as owner:
        params: dict[str, Any] = {"w": workspace_id, "busy": BUSY, "quiet": QUIET, "many": MANY}
        for statement in FILL:
            await owner.execute(statement, params)
        await owner.execute("analyze conversations")
    async with database.transaction(workspace_id) as opened:
        yield opened


@pytest.mark.parametrize("view", ["waiting", "all", "closed"])
async def test_nothing_of_another_channel_is_read(tx: Transaction, view: str) -> None:
    page = await page_of(tx, _who_sees(QUIET), view, None, 50)

    assert {item["channel_id"] for item in page["items"]} == {QUIET}
    assert await _rows_read(tx) < 200


@pytest.mark.parametrize("view", ["waiting", "all", "closed"])
async def test_pages_over_several_channels_are_those_of_who_sees_all(tx: Transaction, view: str) -> None:
    some = await _pages(tx, _who_sees(QUIET, BUSY), view)
    everything = await _pages(tx, _who_sees(), view)

    assert len(some) > 40
    assert some == everything


def _who_sees(*channels: UUID) -> Membership:
    """None named: a member who sees all."""
    return Membership(new_id(), new_id(), new_id(), Role.MEMBER, frozenset(channels) or None)


async def _rows_read(tx: Transaction) -> int:
    """Of conversations, so far in this transaction."""
    found: int = await tx.value(
        "select idx_tup_fetch + seq_tup_read from pg_stat_xact_user_tables where relname = 'conversations'"
    )
    return found


async def _pages(tx: Transaction, by: Membership, view: str) -> list[list[UUID]]:
    pages: list[list[UUID]] = []
    cursor: str | None = None
    while not pages or cursor:
        page = await page_of(tx, by, view, cursor, 30)
        pages.append([item["id"] for item in page["items"]])
        cursor = page["next_cursor"]
    return pages


FILL = (
    """
    insert into connections (workspace_id, connection_id, platform, hook_key, delivery, created_at)
    values (%(w)s, %(busy)s, 'telegram', 'key', 'polling', now())""",
    """
    insert into channels (workspace_id, channel_id, connection_id, platform, account, name, state, created_at)
    select %(w)s, c, %(busy)s, 'telegram', c::text, 'A bot', 'live', now()
    from unnest(array[%(busy)s, %(quiet)s]::uuid[]) as c""",
    """
    insert into contacts (workspace_id, contact_id, created_at)
    select %(w)s, md5(n::text)::uuid, now() from generate_series(1, %(many)s) n""",
    """
    insert into identities (workspace_id, identity_id, channel_id, contact_id, address, created_at)
    select %(w)s, md5(n::text)::uuid, case when n %% 100 = 0 then %(quiet)s else %(busy)s end::uuid,
           md5(n::text)::uuid, n::text, now()
    from generate_series(1, %(many)s) n""",
    """
    insert into conversations (workspace_id, conversation_id, channel_id, identity_id, lane, status, waiting_for,
                               waiting_since, said_at, closed_at, created_at)
    select workspace_id, identity_id, channel_id, identity_id, 0, case when waits then 'open' else 'closed' end,
           case when waits then 'us' else 'nobody' end, case when waits then since end, since,
           case when not waits then since end, now()
    from (
        select *, md5(address) < '8' as waits,
               -- the quiet channel's come last in every view
               now() + case when channel_id <> %(quiet)s then interval '0'
                            when md5(address) < '8' then interval '9 days' else interval '-9 days' end
               - address::integer / 3 * interval '1 second' as since
        from identities where workspace_id = %(w)s
    ) as i""",
)
