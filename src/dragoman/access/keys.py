"""The master keys: where they come from, how they are written, and what is derived from them.

Written as ``id:base64`` items with commas or line ends between them; the first one seals, all of them open.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dragoman.config import Settings
from dragoman.errors import OperatorError

KEY_BYTES = 32
SHAPE = "an id, a colon and 32 bytes in base64, as `echo k1:$(openssl rand -base64 32)` prints it"


@dataclass(frozen=True, slots=True)
class MasterKey:
    key_id: str
    secret: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> MasterKey:
        return cls(f"k{secrets.token_hex(4)}", secrets.token_bytes(KEY_BYTES))

    def derived_for(self, purpose: str) -> bytes:
        """A key of 32 bytes of its own for each purpose, so that no two uses share one."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"dragoman " + purpose.encode()).derive(self.secret)

    def __str__(self) -> str:
        return f"{self.key_id}:{base64.b64encode(self.secret).decode()}"


def master_keys(settings: Settings) -> tuple[MasterKey, ...]:
    """The keys of the setting, else those of the key file, which is made when it is missing.

    Raises:
        OperatorError: one sentence about what is wrong with the setting or the file.
    """
    if settings.key is not None:
        return read_keys(settings.key, called="DRAGOMAN_KEY")
    if not settings.key_file.exists():
        _write_first_key(settings.key_file)
    return keys_in_file(settings.key_file)


def read_keys(written: str, *, called: str) -> tuple[MasterKey, ...]:
    """``called`` is how the sentence of an error names the place; the text itself is never repeated."""
    keys = tuple(_read_key(item, called) for item in re.split(r"[,\s]+", written) if item)
    if not keys:
        raise OperatorError(f"{called} holds no key: it must list {SHAPE}.")
    if len({key.key_id for key in keys}) < len(keys):
        raise OperatorError(f"{called} gives two keys the same id: every key needs one of its own.")
    return keys


def keys_in_file(file: Path) -> tuple[MasterKey, ...]:
    """Raises OperatorError where the file is missing, or can be read by others, or is none of ours."""
    try:
        mode = file.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            raise OperatorError(f"The key file {file} can be read by others: run chmod 600 {file}.")
        return read_keys(file.read_text(encoding="ascii"), called=f"The key file {file}")
    except (OSError, UnicodeDecodeError) as problem:
        raise OperatorError(f"The key file {file} cannot be read ({_why(problem)}).") from None


def add_key(file: Path) -> MasterKey:
    """A fresh key becomes the first of the file. The others stay: they still open what they sealed."""
    fresh = MasterKey.fresh()
    _replace(file, (fresh, *keys_in_file(file)))
    return fresh


def _write_first_key(file: Path) -> None:
    """Two processes may start at once: the file appears whole and by one of them only."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = _draft(file, (MasterKey.fresh(),))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # the other process was first: its key is the key
        finally:
            draft.unlink()
    except OSError as problem:
        raise OperatorError(
            f"The key file {file} cannot be made ({_why(problem)}): set DRAGOMAN_KEY_FILE or DRAGOMAN_KEY."
        ) from None


def _replace(file: Path, keys: tuple[MasterKey, ...]) -> None:
    try:
        _draft(file, keys).replace(file)
    except OSError as problem:
        raise OperatorError(f"The key file {file} cannot be changed ({_why(problem)}).") from None


def _draft(file: Path, keys: tuple[MasterKey, ...]) -> Path:
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.writelines(f"{key}\n" for key in keys)
        out.flush()
        os.fsync(out.fileno())
    return draft


def _read_key(item: str, called: str) -> MasterKey:
    key_id, _, encoded = item.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key_id) or len(secret) != KEY_BYTES:
        raise OperatorError(f"{called} holds something that is no key: every key is {SHAPE}.")
    return MasterKey(key_id, secret)


def _why(problem: Exception) -> str:
    return problem.strerror or "unknown" if isinstance(problem, OSError) else "it is not plain text"
