"""SQL about set-ups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from dragoman.db.database import Transaction
from dragoman.sentences import wording_of
from dragoman.setups.model import Setup

Row = dict[str, Any]

COLUMNS = "connection_id, way, renews, state, step, checks, approvals, begun_by, begun_at"


class Heard(msgspec.Struct, frozen=True):
    """The newest conversation in which a customer wrote since the set-up began, and whether we answered there."""

    conversation_id: UUID
    answered: bool


async def add(tx: Transaction, setup: Setup) -> None:
    await tx.execute(
        """
        insert into setups (workspace_id, connection_id, way, renews, state, step, begun_by, begun_at)
        values (%(workspace)s, %(connection)s, %(way)s, %(renews)s, %(state)s, %(step)s, %(by)s, %(at)s)""",
        {
            "workspace": tx.workspace_id,
            "connection": setup.connection_id,
            "way": setup.way,
            "renews": setup.renews,
            "state": setup.state,
            "step": setup.step,
            "by": setup.begun_by,
            "at": setup.begun_at,
        },
    )


async def setup(tx: Transaction, connection_id: UUID, *, lock: bool = False) -> Setup | None:
    """``lock``: nobody else changes it until the end of the transaction."""
    row = await tx.row(
        f"""
        select {COLUMNS} from setups
        where workspace_id = %(workspace)s and connection_id = %(connection)s {"for update" if lock else ""}""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )
    return None if row is None else _setup(row)


async def save(tx: Transaction, setup: Setup) -> None:
    await tx.execute(
        """
        update setups set way = %(way)s, state = %(state)s, step = %(step)s, checks = %(checks)s,
               approvals = %(approvals)s
        where workspace_id = %(workspace)s and connection_id = %(connection)s""",
        {
            "workspace": tx.workspace_id,
            "connection": setup.connection_id,
            "way": setup.way,
            "state": setup.state,
            "step": setup.step,
            "checks": Jsonb(msgspec.to_builtins(setup.checks)),
            "approvals": Jsonb(msgspec.to_builtins(setup.approvals)),
        },
    )


async def remove(tx: Transaction, connection_id: UUID) -> None:
    await tx.execute(
        "delete from setups where workspace_id = %(workspace)s and connection_id = %(connection)s",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )


async def unfinished(tx: Transaction) -> int:
    found: int = await tx.value(
        "select count(*) from setups where workspace_id = %(workspace)s and state <> 'live'",
        {"workspace": tx.workspace_id},
    )
    return found


async def heard(tx: Transaction, setup: Setup) -> Heard | None:
    """By the channels of its connection. What was said in the last minute before counts: clocks differ."""
    return await tx.one(
        Heard,
        """
        select c.conversation_id,
               exists (select from messages m
                       where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                         and m.side = 'team' and m.origin = 'member' and m.state = 'sent'
                         and m.arrived_at >= %(since)s::timestamptz - interval '1 minute') as answered
        from channels h
        join conversations c on c.workspace_id = h.workspace_id and c.channel_id = h.channel_id
        where h.workspace_id = %(workspace)s and h.connection_id = %(connection)s and h.state <> 'removed'
          and c.last_message_at >= %(since)s::timestamptz - interval '1 minute'
          and exists (select from messages m
                      where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                        and m.side = 'customer' and m.arrived_at >= %(since)s::timestamptz - interval '1 minute')
        order by answered desc, c.last_message_at desc limit 1""",
        {"workspace": tx.workspace_id, "connection": setup.connection_id, "since": setup.begun_at},
    )


async def rows(tx: Transaction, ids: Collection[UUID] | None = None) -> list[Row]:
    """As a browser gets them: all of the workspace, or those of these that there are. Nothing secret is in them."""
    found = await tx.rows(
        """
        select s.connection_id, s.way, s.renews, s.state, s.step, s.checks, s.approvals, s.begun_by, s.begun_at,
               n.platform, n.simulated,
               array(select h.channel_id from channels h
                     where h.workspace_id = s.workspace_id and h.connection_id = s.connection_id
                       and h.state <> 'removed' order by h.created_at, h.channel_id)
        from setups s
        join connections n on n.workspace_id = s.workspace_id and n.connection_id = s.connection_id
        where s.workspace_id = %(workspace)s and (%(all)s or s.connection_id = any(%(ids)s))
        order by s.begun_at, s.connection_id""",
        {"workspace": tx.workspace_id, "all": ids is None, "ids": list(ids or ())},
    )
    return [_row(_setup(row[:9]), *row[9:]) for row in found]


def _row(setup: Setup, platform: str, simulated: bool, channel_ids: list[UUID]) -> Row:
    return {
        "id": setup.connection_id,
        "platform": platform,
        "simulated": simulated,
        "way": setup.way,
        "renews": setup.renews,
        "state": setup.state,
        "step": setup.step,
        "checks": [
            {**msgspec.to_builtins(each), "wording": wording_of(each.sentence)} for each in setup.checks
        ],
        "approvals": [
            {"name": name, "asked_at": each.asked_at, "granted_at": each.granted_at}
            for name, each in setup.approvals.items()
        ],
        "channel_ids": channel_ids,
        "begun_by": setup.begun_by,
        "begun_at": setup.begun_at,
    }


def _setup(row: tuple[Any, ...]) -> Setup:
    return msgspec.convert(dict(zip(COLUMNS.split(", "), row, strict=True)), Setup)
