"""The machine's own limit: PostgreSQL's pgbench on the same server, with the same rows and roles."""

from __future__ import annotations

import re
import subprocess

from dragoman.bench.ground import Ground
from dragoman.errors import OperatorError

PLANS = "-c plan_cache_mode=force_generic_plan"  # as our own connections have it
STARTS_WITHIN_SECONDS = 60  # over and above the time it measures


def transactions_per_second(
    ground: Ground, script: str, *, role: str, clients: int, seconds: int, settings: str = ""
) -> float:
    """Run this script over and over. ``settings`` are options of the connections.

    Raises OperatorError where pgbench fails.
    """
    written = ground.folder / "pgbench.sql"
    written.write_text(script)
    command = [
        *(ground.server.path_of("pgbench"), "--no-vacuum", "--protocol=prepared"),
        *(f"--client={clients}", f"--jobs={min(clients, 2)}", f"--time={seconds}", f"--file={written}"),
        ground.dsn,
    ]
    environment = {**ground.environment, "PGOPTIONS": f"-c role={role} {PLANS} {settings}"}
    ran = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds + STARTS_WITHIN_SECONDS,
        check=False,
    )
    measured = re.search(r"tps = ([\d.]+)", ran.stdout)
    if ran.returncode or measured is None:
        raise OperatorError(f"pgbench did not measure anything: {(ran.stderr or ran.stdout).strip()}")
    return float(measured[1])


def literal(content: bytes) -> str:
    """These bytes as SQL writes them, in a script for pgbench (where a colon would begin a variable)."""
    return f"'\\x{content.hex()}'"
