"""Checks of this machine: room on its disks, who may look into the data, and the master key."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from dragoman.access.keys import keys_in_file, read_keys
from dragoman.config import Settings
from dragoman.doctor.model import Finding, fail, ok, warn
from dragoman.errors import OperatorError

GB = 1024**3
LITTLE_BYTES = 2 * GB
TOO_LITTLE_BYTES = GB // 4

WRITABLE_BY_OTHERS = 0o022
OPEN_TO_OTHERS = 0o077


def disk(settings: Settings) -> Finding:
    """The emptiest of the disks that hold our data."""
    free, place = min((shutil.disk_usage(place).free, place) for place in _places(settings))
    sentence = f"{free / GB:.1f} GB are free where {place} lies"
    if free < TOO_LITTLE_BYTES:
        return fail("disk", f"Only {sentence}: free some space before the database stops.")
    if free < LITTLE_BYTES:
        return warn("disk", f"Only {sentence}.")
    return ok("disk", f"{sentence}.")


def data_folder(settings: Settings) -> Finding:
    """Nobody else may write into it, or look at what customers sent."""
    check, folder = "data_folder", settings.data
    if not folder.exists():
        return _not_yet(check, settings)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return fail(check, f"This user may not read and write the data folder {folder}.")
    if _mode(folder) & WRITABLE_BY_OTHERS:
        return fail(check, f"Others may write into the data folder: run chmod go-w {folder}.")
    files = folder / "files"
    if files.exists() and _mode(files) & OPEN_TO_OTHERS:
        return fail(check, f"Others may look at the attachments: run chmod 700 {files}.")
    return ok(check, f"The data folder {folder} is closed to others.")


def master_key(settings: Settings) -> Finding:
    check = "master_key"
    try:
        if settings.key is not None:
            read_keys(settings.key, called="DRAGOMAN_KEY")
            return ok(check, "DRAGOMAN_KEY holds a master key.")
        if not settings.key_file.exists():
            return fail(check, f"There is no key file {settings.key_file}: `dragoman up` makes one.")
        keys_in_file(settings.key_file)
    except OperatorError as wrong:
        return fail(check, str(wrong))
    return ok(check, f"The master key in {settings.key_file} can be read by its owner only.")


def _not_yet(check: str, settings: Settings) -> Finding:
    if settings.database_url is None:
        return fail(check, f"There is no data in {settings.data} yet: start `dragoman up` first.")
    if not os.access(_nearest(settings.data), os.W_OK):
        return fail(check, f"The data folder {settings.data} is missing, and this user may not make it.")
    return ok(check, f"The data folder {settings.data} is made with the first attachment.")


def _places(settings: Settings) -> list[Path]:
    """Run by root, the embedded database may lie elsewhere: a link leads there."""
    elsewhere = settings.data / "postgres" / "reachable"
    return [_nearest(settings.data), *([elsewhere.resolve()] if elsewhere.exists() else [])]


def _nearest(folder: Path) -> Path:
    """The folder itself, or the first one above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)
