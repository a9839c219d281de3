"""Ids grow with time, so that their order is the order of arrival."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID

from dragoman.kit.ids import first_id_at, new_id


def test_each_id_is_greater_than_the_one_before() -> None:
    made = [new_id() for _ in range(5000)]

    assert made == sorted(made)
    assert len(set(made)) == 5000


def test_ids_made_in_several_threads_are_all_different() -> None:
    made: list[UUID] = []
    threads = [Thread(target=lambda: made.extend(new_id() for _ in range(1000))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 4000


def test_an_id_follows_one_of_a_machine_whose_clock_runs_ahead() -> None:
    ahead = UUID(int=new_id().int + (3_600_000 << 80))

    assert new_id(after=ahead) > ahead


def test_ids_are_of_version_seven() -> None:
    made = new_id()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_a_time_parts_the_ids_made_before_from_those_made_later() -> None:
    before = datetime.now(UTC)
    made = new_id()
    after = datetime.now(UTC)

    assert first_id_at(before - timedelta(seconds=1)) < made < first_id_at(after + timedelta(seconds=1))
