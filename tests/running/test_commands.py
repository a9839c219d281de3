"""The two commands that a person starts with, as they start them."""

import json
import re
import signal
import subprocess
import urllib.request
from pathlib import Path

from dragoman.running.child import ours
from tests.running.installation import environment_of, started, wait_until
from tests.serving import free_port

LINK = re.compile(r"^http://127\.0\.0\.1:\d+/welcome#\S+$", re.MULTILINE)


def test_up_prints_the_first_owners_link_and_serves_the_app(server_folder: Path) -> None:
    with started(server_folder, command=ours("up")) as up:
        up.wait_for("Stop with Ctrl-C.")

        assert LINK.search(up.text())
        assert "become the first owner" in up.text()
        with urllib.request.urlopen(f"http://127.0.0.1:{up.port}/", timeout=10) as answer:
            assert answer.status == 200
        assert up.stop(signal.SIGTERM) == 0

    assert "Traceback" not in up.text()


def test_demo_has_customers_who_write_by_themselves(server_folder: Path) -> None:
    simulator = f"http://127.0.0.1:{free_port()}"
    command = ours("demo", "--folder", str(server_folder))
    with started(server_folder, command=command, DRAGOMAN_SIMULATOR_URL=simulator) as demo:
        demo.wait_for("Stop with Ctrl-C.")

        assert LINK.search(demo.text())
        wait_until(lambda: _arrived(server_folder, demo.port) > 0, seconds=90)
        assert demo.stop(signal.SIGINT) == 0

    assert "Traceback" not in demo.text()


def _arrived(folder: Path, port: int) -> int:
    command = ours("ledger")
    printed = subprocess.run(
        command, env=environment_of(folder, port), capture_output=True, timeout=60, check=True
    )
    return sum(json.loads(line)["arrivals"] for line in printed.stdout.splitlines())
