"""Making the data directory of a new embedded PostgreSQL."""

import shutil
import subprocess
from pathlib import Path

from dragoman.db.embedded_account import Account
from dragoman.db.embedded_programs import Programs

OWNER = "dragoman"
INITDB_SECONDS = 120


def make_cluster(cluster: Path, programs: Programs, account: Account, *, sync: bool) -> str | None:
    """Make the data directory when there is none; what `initdb` complained about when it failed.

    It is made under another name first: one that was interrupted is thrown away, never started.
    """
    if (cluster / "PG_VERSION").exists():
        return None
    unfinished = cluster.with_name("cluster.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    account.owns(unfinished)
    made: subprocess.CompletedProcess[bytes] = subprocess.run(
        [programs.path("initdb"), "-D", str(unfinished), *_arguments(sync)],
        capture_output=True,
        timeout=INITDB_SECONDS,
        check=False,
        **account.lent_the_work(),
    )
    if made.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        return made.stderr.decode(errors="replace")
    unfinished.replace(cluster)
    return None


def _arguments(sync: bool) -> list[str]:
    # The socket's folder lets its owner in and nobody else, so whoever comes through it is trusted.
    owner = ["--username", OWNER, "--auth", "trust"]
    language = ["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"]
    return [*owner, *language, "--builtin-locale", "C.UTF-8", *([] if sync else ["--no-sync"])]
