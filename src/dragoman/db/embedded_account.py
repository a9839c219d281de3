"""Under which system user the embedded PostgreSQL runs. PostgreSQL refuses root, and rightly so."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import OperatorError

NAME = "dragoman"
CREATE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Account:
    """A system user that owns the database files. `borrowed`: we are root and lend the work to it."""

    uid: int
    gid: int
    borrowed: bool

    def owns(self, folder: Path) -> None:
        """Give a folder that we made to this user alone."""
        folder.chmod(0o700)
        if self.borrowed:
            os.chown(folder, self.uid, self.gid)

    def may_enter(self, folder: Path) -> bool:
        """Whether every folder on the way, and the last one, lets this user through."""
        return not self.borrowed or all(self._may_pass(each) for each in (folder, *folder.parents))

    def lent_the_work(self) -> dict[str, Any]:
        """Arguments of `subprocess` that run a program as this user, with none of our own environment."""
        clean: dict[str, Any] = {"env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, "cwd": "/"}
        lent = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.borrowed else {}
        return {**clean, **lent}

    def _may_pass(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def make_passable(folder: Path) -> None:
    """Make a folder, and those above it, so that other users may pass through, whatever our umask says.

    Raises:
        OperatorError: it cannot be made.
    """
    if folder.is_dir():
        return
    make_passable(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
    except OSError as problem:
        raise OperatorError(
            f"The folder {folder} cannot be made ({problem.strerror}):"
            " mend that, or set DRAGOMAN_DATA to another place."
        ) from None


def server_account() -> Account:
    """Ourselves, or as root the system user `dragoman`, made when it is missing.

    Raises:
        OperatorError: the user does not exist and cannot be made.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), borrowed=False)
    entry = _entry() or _created()
    if entry.pw_uid == 0:
        raise OperatorError(f"The system user {NAME} is root under another name, which PostgreSQL refuses.")
    return Account(entry.pw_uid, entry.pw_gid, borrowed=True)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _created() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if useradd:
        command = [
            useradd,
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            NAME,
        ]
        subprocess.run(command, capture_output=True, timeout=CREATE_SECONDS, check=False)
    entry = _entry()
    if entry is None:
        raise OperatorError(
            f"PostgreSQL does not run as root, and the system user {NAME} could not be made for it:"
            " create that user, start as an ordinary user, or set DATABASE_URL."
        )
    return entry
