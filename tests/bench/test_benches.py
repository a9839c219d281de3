"""The benches run, and say what their schema says. How fast a machine is, no test asserts.

The door's runs with every test, the others with the long laws: each starts a whole Dragoman.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

SCHEMA = msgspec.json.decode((Path(__file__).parents[2] / "docs/schemas/bench.schema.json").read_bytes())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
WAIT_SECONDS = 280

pytestmark = pytest.mark.timeout(300)


def run(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **({} if path is None else {"PATH": path})}
    command = [sys.executable, "-m", "dragoman", "bench", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, timeout=WAIT_SECONDS, check=False)


def measured(bench: str, *more: str) -> Any:
    ran = run(bench, "--seconds", "1", "--runs", "1", *more)
    assert ran.returncode == 0, ran.stderr.decode()
    VALIDATOR.validate(printed := msgspec.json.decode(ran.stdout))
    return printed


@pytest.mark.skipif(shutil.which("wrk") is None, reason="the load generator wrk is not installed")
def test_the_door_is_measured_and_every_acknowledged_webhook_is_a_row() -> None:
    printed = measured("door")

    assert (printed["bench"], printed["unit"], printed["fsync"]) == ("door", "webhooks/s", True)
    assert printed["rows_after"] - printed["rows_before"] == round(printed["figure"])


@pytest.mark.long
def test_the_pipeline_is_measured_with_members_at_work_beside_it() -> None:
    printed = measured("pipeline")

    assert (printed["bench"], printed["unit"]) == ("pipeline", "envelopes/s")
    assert printed["rows_after"] - printed["rows_before"] == 2 * 1500
    assert 0 < printed["p50_ms"] <= printed["p99_ms"]


@pytest.mark.long
def test_the_stream_is_measured_until_every_browser_has_every_message() -> None:
    printed = measured("live")

    assert (printed["bench"], printed["unit"]) == ("live", "ms")
    assert printed["rows_after"] - printed["rows_before"] == 200


@pytest.mark.long
def test_lists_are_measured_kind_by_kind_in_a_crowd_that_can_be_searched() -> None:
    printed = measured("lists", "--rows", "500")

    assert (printed["bench"], printed["unit"], printed["workspaces"]) == ("lists", "ms", 7)
    assert printed["rows_before"] == 500 * 6
    assert {"view waiting", "view all", "view closed", "open", "search common word"} <= set(printed["parts"])


@pytest.mark.long
def test_the_client_is_measured_while_customers_write() -> None:
    printed = measured("client", "--rows", "200")

    assert (printed["bench"], printed["unit"]) == ("client", "ms")
    assert printed["rows_after"] - printed["rows_before"] >= 50
    assert {
        "bare_frames_per_second",
        "cold_ms",
        "open_p95_ms",
        "slowed_key_p95_ms",
        "first_script_kb",
    } <= set(printed["measures"])


@pytest.mark.long
def test_the_footprint_is_more_than_that_of_bare_programs() -> None:
    printed = measured("footprint")

    assert (printed["bench"], printed["unit"]) == ("footprint", "MB")
    assert printed["figure"] > printed["limit"] > 10


def test_without_the_load_generator_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    ran = run("door", path=str(tmp_path))

    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode() == (
        "This bench needs the load generator wrk: install the package of that name.\n"
    )


@pytest.mark.long
def test_detections_are_measured_beside_the_detectors_alone() -> None:
    printed = measured("language")

    assert (printed["bench"], printed["unit"]) == ("language", "texts/s")
    assert 0 < printed["figure"] < printed["limit"]
    assert set(printed["measures"]) == {"load_cpu_ms", "memory_mb"}


@pytest.mark.long
def test_rules_are_measured_beside_the_looking_alone() -> None:
    printed = measured("rules")

    assert (printed["bench"], printed["unit"]) == ("rules", "turns/s")
    assert 0 < printed["figure"] < printed["limit"]


@pytest.mark.long
def test_a_rehearsal_is_measured_until_every_turn_was_looked_at() -> None:
    printed = measured("rehearsal", "--turns", "2000")

    assert (printed["bench"], printed["unit"]) == ("rehearsal", "turns/s")
    assert printed["rows_before"] == 2000
    assert 0 < printed["figure"] < printed["limit"]
