import os
import signal
import socket
import time
from pathlib import Path

import psycopg
import pytest

from tests.running.installation import STUBBORN_SLEEPER, WAIT_SECONDS, runs, started, wait_until
from tests.serving import free_port


def test_everything_starts_and_one_signal_stops_it_all(server_folder: Path) -> None:
    with started(server_folder) as up:
        up.wait_for("Stop with Ctrl-C.")
        children = up.children()

        assert up.stop(signal.SIGINT) == 0

        assert len(children) == 3
        assert not any(runs(pid) for pid in children)
        assert f"Open http://127.0.0.1:{up.port}" in up.text()


def test_killed_without_a_word_it_leaves_nothing_running_and_starts_again_on_its_data(
    server_folder: Path,
) -> None:
    with started(server_folder) as up:
        up.wait_for("Stop with Ctrl-C.")
        children = up.children()

        up.stop(signal.SIGKILL)
        wait_until(lambda: not any(runs(pid) for pid in children))

    with started(server_folder, port=up.port) as again:
        again.wait_for("Stop with Ctrl-C.")
        assert "nothing to do" in again.text()


def test_a_database_that_is_killed_is_started_again(server_folder: Path) -> None:
    with started(server_folder) as up:
        up.wait_for("Stop with Ctrl-C.")
        killed = up.child("postgres")

        os.kill(killed, signal.SIGKILL)

        up.wait_for("database has died; it starts again in 0.5 s.")
        up.wait_for("database runs again.")
        assert up.child("postgres") != killed


def test_a_part_that_is_killed_is_started_again(server_folder: Path, dsn: str) -> None:
    with started(server_folder, dsn=dsn) as up:
        up.wait_for("Stop with Ctrl-C.")
        killed = up.child("http.server")

        os.kill(killed, signal.SIGKILL)

        up.wait_for("web was killed by SIGKILL; it starts again in 0.5 s.")
        up.wait_for("web runs again.")
        assert up.child("http.server") != killed


def test_a_second_start_names_the_address_of_the_first(server_folder: Path, dsn: str) -> None:
    with started(server_folder, dsn=dsn) as first:
        first.wait_for("Stop with Ctrl-C.")

        with started(server_folder, dsn=dsn) as second:
            assert second.process.wait(WAIT_SECONDS) == 1

        sentence = second.text().splitlines()[-1]
        assert sentence.startswith("Dragoman already runs")
        assert f"http://127.0.0.1:{first.port}" in sentence
        assert first.process.poll() is None


def test_a_port_that_another_program_has_is_named_with_the_setting_that_moves_it(
    server_folder: Path, dsn: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with started(server_folder, port=port, dsn=dsn) as up:
            assert up.process.wait(WAIT_SECONDS) == 1

    sentence = f"Port {port} on 127.0.0.1 is taken by another program: set DRAGOMAN_PORT to a free one."
    assert up.text().splitlines()[-1] == sentence


def test_a_part_that_always_ends_at_once_is_tried_again_ever_later(server_folder: Path, dsn: str) -> None:
    with started(server_folder, dsn=dsn, sleeper="raise SystemExit(3)") as up:
        up.wait_for("worker ended with exit code 3; it starts again in 0.5 s.")
        up.wait_for("worker ended with exit code 3; it starts again in 1 s.")


def test_a_part_that_does_not_want_to_stop_is_killed_in_time(server_folder: Path, dsn: str) -> None:
    with started(server_folder, dsn=dsn, sleeper=STUBBORN_SLEEPER) as up:
        up.wait_for("Stop with Ctrl-C.")
        children = up.children()
        time.sleep(0.5)  # the program must have come so far as to ignore the signal

        assert up.stop(signal.SIGTERM) == 0

        assert not any(runs(pid) for pid in children)


def test_a_database_of_a_newer_dragoman_is_one_sentence_and_nothing_else_starts(
    server_folder: Path, dsn: str
) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "insert into schema_migrations values (9999, 'from_the_future', '', clock_timestamp())"
        )

    with started(server_folder, dsn=dsn) as up:
        assert up.process.wait(WAIT_SECONDS) == 1

    assert up.text().splitlines()[-1].startswith("The database is of a newer Dragoman (it has 9999_from")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may listen on any port")
def test_a_port_for_root_only_is_named_with_the_setting_that_moves_it(server_folder: Path, dsn: str) -> None:
    with started(server_folder, port=80, dsn=dsn) as up:
        assert up.process.wait(WAIT_SECONDS) == 1

    assert "Port 80 is only for root: set DRAGOMAN_PORT" in up.text()


def test_a_database_that_is_not_there_is_one_sentence(server_folder: Path) -> None:
    nowhere = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"

    with started(server_folder, dsn=nowhere) as up:
        assert up.process.wait(WAIT_SECONDS) == 1

    assert up.text().splitlines()[-1].startswith("The database cannot be reached: ")
