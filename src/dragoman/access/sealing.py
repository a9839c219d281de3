"""Secrets at rest: sealed by a master key, and to one workspace and one column.

A sealed value that is copied into another workspace or another column opens nowhere. Beside each sealed value
stands the id of the key that sealed it, so that keys can be rotated while everything runs.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from dragoman.access.keys import MasterKey, keys_in_file, master_keys
from dragoman.config import Settings

NONCE_BYTES = 12

CONNECTION_SECRETS = "connections.secrets"  # JSON object: names to strings
ATTACHMENT_SOURCE = "attachments.source"  # JSON object: what the channel needs to fetch it
PUSH_DEVICE = "push_devices.secrets"  # JSON object: where a browser is reached, and its keys
WEBHOOK_SECRETS = "webhooks.secrets"  # JSON object: where it is, and what signs its calls
PUSH_KEY = "installation_keys.private_key"

INSTALLATION = UUID(int=0)  # stands for the workspace of what belongs to none


class CannotOpen(Exception):
    """Sealed by a key that we do not have, or not what we sealed for this place. Says nothing of the content."""


class Sealer:
    def __init__(
        self, keys: tuple[MasterKey, ...], *, reread: Callable[[], tuple[MasterKey, ...]] | None = None
    ) -> None:
        self._keys = keys
        self._reread = reread

    @classmethod
    def from_settings(cls, settings: Settings) -> Sealer:
        """With the keys of this installation; the key file is made when it is missing.

        Raises:
            OperatorError: one sentence about what is wrong with the keys.
        """
        reread = None if settings.key is not None else lambda: keys_in_file(settings.key_file)
        return cls(master_keys(settings), reread=reread)

    @property
    def key_id(self) -> str:
        """The key that seals."""
        return self._keys[0].key_id

    def seal(self, plaintext: bytes, *, workspace: UUID, column: str) -> tuple[bytes, str]:
        """The sealed value and the id of the key that sealed it."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = _cipher(self._keys[0])
        return nonce + cipher.encrypt(nonce, plaintext, _place(workspace, column)), self.key_id

    def open(self, sealed: bytes, key_id: str, *, workspace: UUID, column: str) -> bytes:
        """Raises CannotOpen where the key is missing or the value was sealed for another place."""
        cipher = _cipher(self._key(key_id))
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _place(workspace, column))
        except (InvalidTag, ValueError):
            raise CannotOpen(f"a value of {column} was not sealed for this place") from None

    def derived_keys(self, purpose: str) -> tuple[bytes, ...]:
        """Keys for signing, one per master key: the first signs, all verify."""
        return tuple(key.derived_for(purpose) for key in self._keys)

    def _key(self, key_id: str) -> MasterKey:
        found = self._find(key_id)
        if found is None and self._reread is not None:
            # Another process may have rotated the key file since we started.
            self._keys = self._reread()
            found = self._find(key_id)
        if found is None:
            raise CannotOpen(f"the master key {key_id} is missing")
        return found

    def _find(self, key_id: str) -> MasterKey | None:
        return next((key for key in self._keys if key.key_id == key_id), None)


@cache
def _cipher(key: MasterKey) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(key.derived_for("sealing"))


def _place(workspace: UUID, column: str) -> bytes:
    return workspace.bytes + column.encode()
