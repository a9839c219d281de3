"""Which files and folders the embedded PostgreSQL uses."""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dragoman.db.embedded_account import Account, make_passable
from dragoman.db.embedded_programs import REACHABLE_HOME
from dragoman.errors import OperatorError

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes
LONGEST_LOG_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Places:
    """The cluster is PostgreSQL's own data directory; the sockets' folder is open to its account alone."""

    cluster: Path
    sockets: Path
    log: Path


def places(data_dir: Path, account: Account) -> Places:
    home = data_dir if account.may_enter(data_dir) else _reachable_home(data_dir)
    return Places(
        cluster=home / "cluster",
        sockets=_socket_folder(home / "cluster", account),
        log=data_dir / "postgres.log",
    )


def cut_log(log: Path) -> None:
    """Begin the log anew when it has grown too long."""
    if log.exists() and log.stat().st_size > LONGEST_LOG_BYTES:
        log.unlink()


def _reachable_home(data_dir: Path) -> Path:
    """As root, with data in a folder that the database's user may not enter: a link leads to one that it may.

    The name is drawn by lot, so that a data folder made anew never finds the cluster of an older one.
    """
    link = data_dir / "reachable"
    if not link.is_symlink():
        link.symlink_to(REACHABLE_HOME / "clusters" / secrets.token_hex(6))
    home = link.readlink()
    make_passable(home)
    return home


def _socket_folder(cluster: Path, account: Account) -> Path:
    if len(os.fsencode(cluster / ".s.PGSQL.5432")) < LONGEST_SOCKET_PATH:
        return cluster
    digest = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"dragoman-{account.uid}-{digest}"
    _make_private(folder, account)
    return folder


def _make_private(folder: Path, account: Account) -> None:
    """The name can be guessed, so a folder that somebody else made there first is refused."""
    try:
        folder.mkdir(mode=0o700)
        account.owns(folder)
    except FileExistsError:
        found = folder.lstat()
        if found.st_uid != account.uid or found.st_mode & 0o7777 != 0o700 or folder.is_symlink():
            raise OperatorError(
                f"{folder} belongs to somebody else, and the database needs it for its socket:"
                " remove it, or set DRAGOMAN_DATA to a shorter path."
            ) from None
