"""``bench language``: detections per second of one core, from short messages in the scripts of the world.

The limit is the two detectors alone, asked for the same texts: what we add is cleaning, words, letters and weighing.
Seconds are those that this process has computed, so that neighbours on the machine make little difference. What the
engine takes when it is loaded stands under ``measures``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import click
import psutil

from dragoman.bench.phrases import phrases
from dragoman.bench.result import Result, Run, Surroundings, percentile, result
from dragoman.language import engine
from dragoman.language.detecting import detect

SPOKEN = ("en", "de", "pl", "es", "fr", "ru", "ko", "zh", "ja", "ar")
TEXTS = 2_000
MB = 1_000_000


def bench(*, seconds: int, runs: int, commit_delay_us: int) -> Result:  # noqa: ARG001 as all benches
    """``commit_delay_us`` changes nothing: no database is asked."""
    measures = _loaded()
    measured = [_run(phrases(TEXTS, seed=run), seconds) for run in range(runs)]
    around = Surroundings(fsync=False, filesystem="none", workspaces=1)
    return result("language", "texts/s", measured, around, rows_before=0, rows_after=0, measures=measures)


def _loaded() -> dict[str, float]:
    process = psutil.Process()
    before, began = process.memory_info().rss, time.process_time()
    engine.load()
    return {
        "load_cpu_ms": (time.process_time() - began) * 1000,
        "memory_mb": (process.memory_info().rss - before) / MB,
    }


def _run(texts: Sequence[str], seconds: int) -> Run:
    limit, _ = _per_second(lambda text: engine.scores(text, text.lower()), texts, seconds / 2)
    figure, taken = _per_second(lambda text: detect([text], spoken=SPOKEN), texts, seconds)
    click.echo(f"  {figure:.0f} texts/s; the detectors alone {limit:.0f}", err=True)
    return Run(figure, limit, percentile(taken, 50), percentile(taken, 99))


def _per_second(
    ask: Callable[[str], object], texts: Sequence[str], seconds: float
) -> tuple[float, list[float]]:
    """How many texts a second of computing, and the milliseconds of each."""
    began = time.process_time()
    taken: list[float] = []
    while time.process_time() - began < seconds:
        for text in texts[len(taken) % len(texts) :][:100]:
            at = time.process_time()
            ask(text)
            taken.append((time.process_time() - at) * 1000)
    return len(taken) / (time.process_time() - began), taken
