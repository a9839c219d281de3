import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.embedded_programs import copied_into
from dragoman.db.embedded_settings import FOR_THROWING_AWAY
from dragoman.errors import OperatorError

BYSTANDER = """
    import sys, time
    from pathlib import Path
    from dragoman import lifetime
    from dragoman.db.embedded import EmbeddedPostgres
    if sys.argv[2] == "on a system that does not end children":
        lifetime._libc = None
    server = EmbeddedPostgres(Path(sys.argv[1]))
    server.start()
    print(server.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def postgres(server_folder: Path) -> Iterator[EmbeddedPostgres]:
    """A server that was started once, syncs as a real one does, and may be stopped and started by the test."""
    with EmbeddedPostgres(server_folder) as server:
        yield server


def test_what_was_written_is_there_after_a_stop_and_a_start(postgres: EmbeddedPostgres) -> None:
    _run(postgres.dsn, "create table kept as select 'ein Wörtchen' as word")

    postgres.stop()
    postgres.start()

    assert _value(postgres.dsn, "select upper(word) from kept") == "EIN WÖRTCHEN"


def test_it_syncs_to_disk_and_listens_on_no_network_address(postgres: EmbeddedPostgres) -> None:
    assert _value(postgres.dsn, "select current_setting('fsync')") == "on"
    assert _value(postgres.dsn, "select current_setting('synchronous_commit')") == "on"
    assert _value(postgres.dsn, "select current_setting('listen_addresses')") == ""


def test_it_never_runs_as_root_and_its_files_are_closed_to_others(postgres: EmbeddedPostgres) -> None:
    owner = (postgres.folder / "PG_VERSION").stat().st_uid

    assert owner != 0
    assert postgres.folder.stat().st_mode & 0o077 == 0


def test_a_second_server_on_the_same_data_is_refused_in_one_sentence(postgres: EmbeddedPostgres) -> None:
    with pytest.raises(OperatorError, match=f"already in use by process {os.getpid()}"):
        EmbeddedPostgres(postgres.data_dir).start()

    assert _value(postgres.dsn, "select 1") == 1


def test_a_server_killed_in_the_middle_starts_again_with_all_that_was_committed(
    postgres: EmbeddedPostgres,
) -> None:
    _run(postgres.dsn, "create table kept as select 1 as one")
    assert postgres.pid is not None

    os.kill(postgres.pid, signal.SIGKILL)
    _wait_until(postgres.has_died)
    postgres.stop()
    postgres.start()

    assert _value(postgres.dsn, "select one from kept") == 1


def test_a_server_ends_when_its_starter_is_killed(server_folder: Path) -> None:
    with bystander(server_folder, "as here") as (starter, server_pid):
        starter.kill()

        _wait_until(lambda: not _runs(server_pid))


def test_an_orphan_of_a_killed_starter_is_ended_and_its_data_served_again(server_folder: Path) -> None:
    with bystander(server_folder, "on a system that does not end children") as (starter, orphan):
        starter.kill()
        starter.wait()
        assert _runs(orphan)

        with EmbeddedPostgres(server_folder) as server:
            assert _value(server.dsn, "select 1") == 1
            assert server.pid != orphan
            assert not _runs(orphan)


def test_the_number_of_a_dead_server_may_belong_to_another_program_by_now(postgres: EmbeddedPostgres) -> None:
    assert postgres.pid is not None
    note = postgres.folder / "postmaster.pid"
    lines = note.read_text().split("\n")
    os.kill(postgres.pid, signal.SIGKILL)
    _wait_until(postgres.has_died)
    postgres.stop()
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    postgres.start()

    assert _value(postgres.dsn, "select 1") == 1


@pytest.mark.parametrize(("version", "age"), [("19", "newer"), ("17", "older")])
def test_data_of_another_postgresql_is_left_as_it_is(
    postgres: EmbeddedPostgres, version: str, age: str
) -> None:
    postgres.stop()
    (postgres.folder / "PG_VERSION").write_text(f"{version}\n")
    before = _files(postgres.folder)

    with pytest.raises(OperatorError, match=f"made by PostgreSQL {version}, {age} than") as told:
        postgres.start()

    assert "nothing was touched" in str(told.value)
    assert _files(postgres.folder) == before


def test_a_making_that_was_interrupted_is_thrown_away(server_folder: Path) -> None:
    half = server_folder / "cluster.unfinished"
    half.mkdir()
    (half / "half").touch()

    with EmbeddedPostgres(server_folder, extra_settings=FOR_THROWING_AWAY, sync_to_disk=False) as server:
        assert _value(server.dsn, "select 1") == 1
        assert not half.exists()


def test_a_setting_postgresql_does_not_know_is_told_in_its_own_words(server_folder: Path) -> None:
    server = EmbeddedPostgres(server_folder, extra_settings={"no_such_setting": "1"}, sync_to_disk=False)

    with pytest.raises(OperatorError, match=r'could not start in .*: unrecognized .* "no_such_setting"'):
        server.start()


def test_a_path_too_long_for_a_socket_works_all_the_same(server_folder: Path) -> None:
    deep = server_folder / ("a_rather_long_name_" * 6)

    with EmbeddedPostgres(deep, extra_settings=FOR_THROWING_AWAY, sync_to_disk=False) as server:
        assert _value(server.dsn, "select 1") == 1


def test_data_in_a_folder_that_is_closed_to_the_servers_user_works_all_the_same(server_folder: Path) -> None:
    closed = server_folder / "closed"
    closed.mkdir(mode=0o700)

    with EmbeddedPostgres(closed / "data", extra_settings=FOR_THROWING_AWAY, sync_to_disk=False) as server:
        assert _value(server.dsn, "select 1") == 1
    if os.geteuid() == 0:
        shutil.rmtree((closed / "data" / "reachable").readlink())


def test_the_programs_work_from_a_copy_when_the_wheel_lies_in_a_closed_folder(tmp_path: Path) -> None:
    copied = copied_into(tmp_path / "reachable")
    made_at = copied.folder.stat().st_ctime

    for program in ("initdb", "postgres", "pgbench", "psql"):
        subprocess.run([copied.path(program), "--version"], check=True, capture_output=True)
    assert copied_into(tmp_path / "reachable") == copied
    assert copied.folder.stat().st_ctime == made_at


def test_a_slower_disk_can_be_played(server_folder: Path) -> None:
    with EmbeddedPostgres(server_folder, commit_delay_us=2000) as server:
        assert _value(server.dsn, "select current_setting('commit_delay')") == "2000"
        assert _value(server.dsn, "select current_setting('commit_siblings')") == "0"


@contextmanager
def bystander(folder: Path, where: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process that started a server on `folder`, and the server's process number."""
    command = [sys.executable, "-c", textwrap.dedent(BYSTANDER), str(folder), where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
        process.kill()


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline, "it did not happen within 60 s"
        time.sleep(0.02)


def _files(folder: Path) -> dict[str, float]:
    return {str(each): each.stat().st_mtime for each in folder.rglob("*")}


def _run(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)


def _value(dsn: str, statement: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None
