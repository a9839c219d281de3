"""What is kept for a time only goes when its time is over, and what still needs a person stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from dragoman.kit.clock import now
from dragoman.kit.ids import first_id_at, new_id
from dragoman.work.sweeping import first_sweep, sweep
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_raw_bodies_go_after_thirty_days_and_what_is_parked_stays(inbox: Inbox) -> None:
    _, parked, waiting, young = [await _a_body(inbox, days_ago=days) for days in (31, 32, 33, 29)]
    await inbox.sql("update envelopes set parked_reason = 'no JSON' where envelope_id = %s", parked)
    await inbox.sql("update envelopes set due_at = now() + interval '1 day' where envelope_id = %s", waiting)

    await _sweep(inbox)

    left = await inbox.sql("select envelope_id from envelopes where workspace_id = %s", inbox.id)
    assert {row[0] for row in left} == {parked, waiting, young}


async def test_the_change_log_goes_after_a_week_and_who_asks_for_it_starts_over(inbox: Inbox) -> None:
    seq = await inbox.seq()
    for ahead, days in ((1, 9), (2, 8), (3, 1)):
        await inbox.sql(
            "insert into changes (workspace_id, seq, kind, at) values (%s, %s, 'channel', %s)",
            inbox.id,
            seq + ahead,
            now() - timedelta(days=days),
        )
    await inbox.sql("update workspaces set seq = %s where workspace_id = %s", seq + 3, inbox.id)

    await _sweep(inbox)

    left = await inbox.sql("select min(seq) from changes where workspace_id = %s", inbox.id)
    log_from = await inbox.sql("select log_from from workspaces where workspace_id = %s", inbox.id)
    assert (left, log_from) == ([(seq + 3,)], [(seq + 2,)])


async def _a_body(inbox: Inbox, *, days_ago: int) -> UUID:
    """One that was taken up."""
    at = now() - timedelta(days=days_ago)
    envelope = first_id_at(at)
    await inbox.sql(
        """
        insert into envelopes (workspace_id, envelope_id, connection_id, received_at, body)
        values (%s, %s, %s, %s, '{}')""",
        inbox.id,
        envelope,
        new_id(),
        at,
    )
    return envelope


async def _sweep(inbox: Inbox) -> None:
    await sweep(inbox.house.services, inbox.id, first_sweep(inbox.id, now()))
