"""What the doctor sees of work that is not done, and of things that cannot be found again."""

from uuid import uuid4

import pytest

from dragoman.doctor.model import Verdict
from dragoman.doctor.work import worker_verdict
from dragoman.kit.ids import new_id
from tests.doctor.looking import look_at
from tests.inbox.house import House


@pytest.mark.parametrize(
    ("listening", "overdue_seconds", "verdict"),
    [(1, 0.0, Verdict.OK), (3, 59.0, Verdict.OK), (1, 60.0, Verdict.FAIL), (0, 0.0, Verdict.FAIL)],
)
def test_a_worker_must_be_there_and_keep_up(listening: int, overdue_seconds: float, verdict: Verdict) -> None:
    assert worker_verdict(listening, overdue_seconds).verdict is verdict


async def test_a_delivery_that_nobody_takes_up_for_two_minutes_is_told(house: House) -> None:
    await house.a_bot()
    await house.sql(
        """
        insert into envelopes (workspace_id, envelope_id, connection_id, received_at, due_at, body)
        select workspace_id, %s, connection_id, now(), now() - interval '2 minutes', '{}' from connections""",
        uuid4(),
    )

    found = await look_at(house)

    assert found["work.worker"].sentence.startswith("Something has been waiting for a worker for 12")


async def test_a_job_that_was_due_since_ever_but_just_made_does_not_wait_long(house: House) -> None:
    await house.a_bot()
    await house.sql(
        """
        insert into jobs (workspace_id, job_id, lane, kind, subject, due_at)
        select workspace_id, %s, 1, 'settle_turn', %s, '2000-01-01' from connections""",
        new_id(),
        new_id(),
    )

    found = await look_at(house)

    assert found["work.worker"].sentence.startswith("No worker listens")


async def test_what_waits_for_a_person_is_counted(house: House) -> None:
    await house.a_bot()
    await house.sql(
        """
        insert into jobs (workspace_id, job_id, lane, kind, subject, due_at, parked_reason)
        select workspace_id, %s, 1, 'fetch_media', %s, now(), 'the file is gone' from connections""",
        uuid4(),
        uuid4(),
    )

    found = await look_at(house)

    assert found["work.parked"].verdict is Verdict.WARN
    assert found["work.parked"].sentence == "1 thing waits for a person: `dragoman parked` tells why."


async def test_a_message_that_vanished_behind_our_back_is_missed(house: House) -> None:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "one", "two")
    await house.work()
    assert (await look_at(house))["work.accounted"].verdict is Verdict.OK

    await house.sql("delete from messages where text = 'two'")

    finding = (await look_at(house))["work.accounted"]
    assert finding.verdict is Verdict.FAIL
    assert finding.sentence.startswith("1 thing that came in is not to be found")


async def until_delivered(house: House) -> None:
    while not await house.sql("select 1 from envelopes"):
        pass
