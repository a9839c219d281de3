"""A lock on a folder that the kernel gives back when its holder dies, and that says who holds it."""

import fcntl
import os
from pathlib import Path
from typing import IO

from dragoman.errors import OperatorError


class HeldBy(Exception):  # not an error of the operator yet: the caller knows what the lock protects
    """Somebody else holds the lock; the text is the note they left."""


class FileLock:
    """An advisory lock on one file, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self, note: str) -> None:
        """Take the lock and leave a note for whoever comes second.

        Raises:
            HeldBy: another process has it.
            OperatorError: the file cannot be written.
        """
        try:
            self._hold(note)
        except OSError as problem:
            raise OperatorError(f"The file {self._path} cannot be written ({problem.strerror}).") from None

    def _hold(self, note: str) -> None:
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            with file:
                raise HeldBy(file.read().strip()) from None
        self._file = file
        file.truncate(0)
        file.write(note)
        file.flush()

    def give_back(self) -> None:
        """Release the lock, if it is held. The file stays: were it removed, two could hold it."""
        if self._file is not None:
            os.ftruncate(self._file.fileno(), 0)
            self._file.close()
            self._file = None
