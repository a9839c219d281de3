"""Lanes: work about one customer on one channel always falls into the same lane, and one worker holds it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID
from zlib import crc32

from dragoman.db.database import Transaction

LANES = 64


def lane_of(channel_id: UUID, address: str) -> int:
    """The lane of everything that concerns this customer, stable over versions."""
    return crc32(address.encode(), crc32(channel_id.bytes)) % LANES


async def lock(tx: Transaction, lanes: Sequence[int]) -> list[int]:
    """Lock those of these lanes that nobody else holds.

    Lock first and read in the next statement: a snapshot older than the lock would show rows already done.
    """
    rows = await tx.rows(
        """
        select lane from lanes where workspace_id = %(workspace)s and lane = any(%(lanes)s)
        order by lane for update skip locked""",
        {"workspace": tx.workspace_id, "lanes": list(lanes)},
    )
    return [row[0] for row in rows]
