"""One workspace in which something is wrong stops no other."""

from uuid import UUID, uuid4

import pytest
from psycopg import OperationalError

from dragoman.worker import _each


async def test_work_that_fails_in_one_workspace_goes_on_in_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken, fine = uuid4(), uuid4()

    async def work(workspace_id: UUID) -> int:
        if workspace_id == broken:
            raise ValueError("something is wrong here")
        return 3

    assert await _each([broken, fine], work) == 3
    assert str(broken) in caplog.text


async def test_a_database_that_is_away_is_away_for_all() -> None:
    async def work(_: UUID) -> int:
        raise OperationalError("the connection is lost")

    with pytest.raises(OperationalError):
        await _each([uuid4(), uuid4()], work)
