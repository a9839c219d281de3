"""What a bench prints: medians over its runs, beside the machine's own limit. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import msgspec


class Piece(msgspec.Struct, frozen=True):
    """One of the things that a bench does by turns."""

    p50_ms: float
    p99_ms: float


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One JSON object, described by docs/schemas/bench.schema.json."""

    bench: str
    figure: float
    unit: str
    limit: float
    ratio: float
    p50_ms: float
    p99_ms: float
    runs: int
    fsync: bool
    filesystem: str
    workspaces: int
    rows_before: int
    rows_after: int
    p95_ms: float | msgspec.UnsetType = msgspec.UNSET
    parts: Mapping[str, Piece] | msgspec.UnsetType = msgspec.UNSET
    measures: Mapping[str, float] | msgspec.UnsetType = msgspec.UNSET


@dataclass(frozen=True, slots=True)
class Run:
    """One of the runs: what we did, what the machine alone did just before, and how long one piece took."""

    figure: float
    limit: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the figures depend on, beside the machine."""

    fsync: bool
    filesystem: str
    workspaces: int


def result(
    bench: str,
    unit: str,
    runs: Sequence[Run],
    around: Surroundings,
    *,
    rows_before: int,
    rows_after: int,
    p95_ms: float | None = None,
    parts: Mapping[str, Piece] | None = None,
    measures: Mapping[str, float] | None = None,
) -> Result:
    """The median of each column; ``ratio`` is the median figure over the median limit."""
    figure, limit = median(run.figure for run in runs), median(run.limit for run in runs)
    return Result(
        bench=bench,
        figure=round(figure, 1),
        unit=unit,
        limit=round(limit, 1),
        ratio=round(figure / limit, 3),
        p50_ms=round(median(run.p50_ms for run in runs), 1),
        p99_ms=round(median(run.p99_ms for run in runs), 1),
        runs=len(runs),
        fsync=around.fsync,
        filesystem=around.filesystem,
        workspaces=around.workspaces,
        rows_before=rows_before,
        rows_after=rows_after,
        p95_ms=msgspec.UNSET if p95_ms is None else round(p95_ms, 1),
        parts=msgspec.UNSET if parts is None else parts,
        measures=msgspec.UNSET if measures is None else {k: round(v, 1) for k, v in measures.items()},
    )


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that at least so many per cent do not exceed. Raises ValueError without any."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("there is nothing to take a percentile of")
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]
