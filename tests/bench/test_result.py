"""Medians and percentiles, by hand."""

from __future__ import annotations

import pytest

from dragoman.bench.result import Run, Surroundings, percentile, result

AROUND = Surroundings(fsync=True, filesystem="ext4", workspaces=1)


def test_a_result_is_the_median_of_its_runs_beside_the_median_limit() -> None:
    runs = [Run(300.0, 900.0, 3.0, 30.0), Run(100.0, 1000.0, 1.0, 10.0), Run(200.0, 100.0, 2.0, 20.0)]

    printed = result("door", "webhooks/s", runs, AROUND, rows_before=5, rows_after=605)

    assert (printed.figure, printed.limit, printed.ratio) == (200.0, 900.0, 0.222)
    assert (printed.p50_ms, printed.p99_ms, printed.runs) == (2.0, 20.0, 3)


@pytest.mark.parametrize(("percent", "value"), [(0, 1.0), (50, 50.0), (99, 99.0), (100, 100.0)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], percent) == value


def test_of_nothing_there_is_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)
