from pathlib import Path

import pytest

from dragoman.db.embedded_failure import backends_still_end, what_to_tell

DATA = Path("/srv/inbox/postgres")
LOG = DATA / "postgres.log"


@pytest.mark.parametrize(
    "log",
    [
        'FATAL:  could not write lock file "postmaster.pid": No space left on device',
        'initdb: error: could not create directory "pg_wal": Disk quota exceeded',
    ],
)
def test_a_full_disk_is_told_as_such(log: str) -> None:
    assert what_to_tell(log, data_dir=DATA, log_file=LOG) == (
        "The disk that holds /srv/inbox/postgres is full: free some space and start again; nothing is lost."
    )


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        (
            "LOG:  starting\nFATAL:  data directory has wrong ownership\nHINT:  …",
            "data directory has wrong ownership",
        ),
        (
            "initdb: error while loading shared libraries: libpq.so",
            "initdb: error while loading shared libraries",
        ),
        ("", "it gave no reason"),
    ],
)
def test_what_else_went_wrong_is_told_in_the_servers_own_words(log: str, reason: str) -> None:
    told = what_to_tell(log, data_dir=DATA, log_file=LOG)

    assert told.startswith("PostgreSQL could not start in /srv/inbox/postgres: ")
    assert reason in told
    assert told.count("\n") == 0


def test_children_of_a_killed_server_are_waited_for() -> None:
    still = "FATAL:  pre-existing shared memory block (key 34, ID 7) is still in use"

    assert backends_still_end(still)
    assert not backends_still_end("FATAL:  could not bind")
