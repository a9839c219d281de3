"""Where something is due, over all workspaces. Runs as the clock, which sees workspace, lane and time only."""

from __future__ import annotations

from uuid import UUID

from dragoman.db.database import Transaction


async def workspaces_with_envelopes(tx: Transaction) -> list[UUID]:
    rows = await tx.rows(
        """
        select w.workspace_id from lanes w
        where w.lane = 0 and exists (select from envelopes e
                                     where e.workspace_id = w.workspace_id and e.due_at <= now())"""
    )
    return [row[0] for row in rows]


async def lanes_with_arrivals(tx: Transaction) -> list[tuple[UUID, int]]:
    rows = await tx.rows(
        """
        select l.workspace_id, l.lane from lanes l
        where exists (select from arrivals a
                      where a.workspace_id = l.workspace_id and a.lane = l.lane and a.due_at <= now())"""
    )
    return [(row[0], row[1]) for row in rows]


async def lanes_with_jobs(tx: Transaction) -> list[tuple[UUID, int]]:
    rows = await tx.rows(
        """
        select l.workspace_id, l.lane from lanes l
        where exists (select from jobs j
                      where j.workspace_id = l.workspace_id and j.lane = l.lane and j.parked_reason is null
                        and j.due_at <= now())"""
    )
    return [(row[0], row[1]) for row in rows]


async def workspaces(tx: Transaction) -> list[UUID]:
    rows = await tx.rows("select workspace_id from lanes where lane = 0")
    return [row[0] for row in rows]
