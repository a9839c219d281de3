"""The embedded PostgreSQL: one server for one data folder, started and stopped by us."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

from dragoman.db.embedded_account import Account, make_passable, server_account
from dragoman.db.embedded_cluster import OWNER, make_cluster
from dragoman.db.embedded_failure import backends_still_end, disk_full, other_version, what_to_tell
from dragoman.db.embedded_files import Places, cut_log, places
from dragoman.db.embedded_leftover import end_leftover
from dragoman.db.embedded_programs import MAJOR, Programs, programs_for
from dragoman.db.embedded_settings import command_line
from dragoman.errors import OperatorError
from dragoman.lifetime import end_with_parent
from dragoman.lock import FileLock, HeldBy

DATABASE = "dragoman"
START_SECONDS = 300  # recovery after a crash may have 2 GB of log to read
STILL_ENDING_SECONDS = 20
CONNECT_SECONDS = 10
POLL_SECONDS = 0.01
FREE_BYTES_NEEDED = 64 * 1024 * 1024
STOP_STEPS = ((signal.SIGINT, 4.0), (signal.SIGQUIT, 1.0), (signal.SIGKILL, 1.0))
"""Fast shutdown, then immediate, then none at all; each with the seconds it may take."""


class EmbeddedPostgres:
    """A PostgreSQL server on a unix socket, without any network address.

    It shuts down when the *thread* that called `start` is gone, however it ended: call from the main thread.
    `sync_to_disk=False` is for tests alone, where nothing need survive a power cut.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        extra_settings: Mapping[str, str] | None = None,
        commit_delay_us: int = 0,
        sync_to_disk: bool = True,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self._extra_settings = dict(extra_settings or {})
        self._commit_delay_us = commit_delay_us
        self._sync_to_disk = sync_to_disk
        self._lock = FileLock(self.data_dir / "lock")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start the server, first making the database when there is none, and return its address.

        Raises:
            OperatorError: the data is in use or of another version, the disk is full, or whatever PostgreSQL
                says; the data is as it was.
        """
        self._take_folder()
        try:
            self._refuse_what_would_fail()
            end_leftover(self._places.cluster)
            self._make_cluster()
            self._run_until_ready()
            self._make_database()
        except BaseException:
            self.stop()
            raise
        return self.dsn

    def stop(self) -> None:
        """End the server, within 6 s at most; harmless when it does not run."""
        if self._process is not None:
            _end(self._process)
            self._process = None
        self._lock.give_back()

    def has_died(self) -> bool:
        """Whether a server that we started has ended without being told to."""
        return self._process is not None and self._process.poll() is not None

    @property
    def version(self) -> str:
        """Such as "18.4"."""
        return self._programs.version

    @property
    def folder(self) -> Path:
        """Where the data really is: as root it may lie outside `data_dir`, with a link there."""
        return self._places.cluster

    @property
    def pid(self) -> int | None:
        """The process number of the server while it runs."""
        return self._process.pid if self._process else None

    @property
    def dsn(self) -> str:
        """The address of the database, for its owner."""
        return self._address_of(DATABASE)

    def path_of(self, program: str) -> str:
        """The path of a PostgreSQL program of the same version, such as `pgbench`."""
        return self._programs.path(program)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.stop()

    @cached_property
    def _account(self) -> Account:
        return server_account()

    @cached_property
    def _programs(self) -> Programs:
        return programs_for(self._account)

    @cached_property
    def _places(self) -> Places:
        return places(self.data_dir, self._account)

    def _address_of(self, database: str) -> str:
        return f"postgresql://{OWNER}@/{database}?host={quote(str(self._places.sockets), safe='')}&port=5432"

    def _take_folder(self) -> None:
        make_passable(self.data_dir)
        try:
            self._lock.take(f"process {os.getpid()}")
        except HeldBy as holder:
            raise OperatorError(f"The database in {self.data_dir} is already in use by {holder}.") from None

    def _refuse_what_would_fail(self) -> None:
        version = self._places.cluster / "PG_VERSION"
        if version.exists() and (found := version.read_text().strip()) != str(MAJOR):
            raise OperatorError(other_version(self.data_dir, found=found, ours=MAJOR))
        if shutil.disk_usage(self._places.cluster.parent).free < FREE_BYTES_NEEDED:
            raise OperatorError(disk_full(self.data_dir))

    def _make_cluster(self) -> None:
        complaint = make_cluster(self._places.cluster, self._programs, self._account, sync=self._sync_to_disk)
        if complaint is not None:
            raise OperatorError(self._failure(complaint))

    def _run_until_ready(self) -> None:
        deadline = time.monotonic() + STILL_ENDING_SECONDS
        while (log := self._failed_run()) is not None:
            if not backends_still_end(log) or time.monotonic() > deadline:
                raise OperatorError(self._failure(log))
            time.sleep(POLL_SECONDS)

    def _failed_run(self) -> str | None:
        """Start the server once: what it wrote when it failed, nothing when it is ready."""
        cut_log(self._places.log)
        with self._places.log.open("ab") as log:
            begin = log.tell()
            self._process = subprocess.Popen(
                [self._programs.path("postgres"), "-D", str(self._places.cluster), *self._server_arguments()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # Ctrl-C in the terminal is for us alone, who then stop the server in order
                preexec_fn=end_with_parent(signal.SIGINT),
                **self._account.lent_the_work(),
            )
        if self._is_ready_in_time(self._process):
            return None
        return self._places.log.read_bytes()[begin:].decode(errors="replace")

    def _server_arguments(self) -> list[str]:
        return command_line(
            self._extra_settings, sockets=self._places.sockets, commit_delay_us=self._commit_delay_us
        )

    def _is_ready_in_time(self, process: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None:
            if _says_ready(self._places.cluster / "postmaster.pid", process.pid):
                return True
            if time.monotonic() > deadline:
                _end(process)
            time.sleep(POLL_SECONDS)
        return False

    def _make_database(self) -> None:
        address = self._address_of("postgres")
        with psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
            found = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
            if found is None:
                connection.execute(f'create database "{DATABASE}"')

    def _failure(self, log: str) -> str:
        return what_to_tell(log, data_dir=self.data_dir, log_file=self._places.log)


def _says_ready(pid_file: Path, pid: int) -> bool:
    """PostgreSQL's own pid file: its number in the first line, its state in the eighth."""
    try:
        lines = pid_file.read_text().split("\n")
    except FileNotFoundError:
        return False
    return lines[0] == str(pid) and len(lines) > 7 and lines[7].strip() == "ready"


def _end(process: subprocess.Popen[bytes]) -> None:
    for by, seconds in STOP_STEPS:
        if process.poll() is None:
            process.send_signal(by)
        try:
            process.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue
