"""Why a file could not be fetched or kept. Each reason is one plain sentence without secrets."""

from __future__ import annotations


class FetchFailed(Exception):
    @property
    def reason(self) -> str:
        return str(self.args[0])


class AddressRefused(FetchFailed):
    """For good: we do not fetch from there."""


class NotThere(FetchFailed):
    """For good: the other side says that it does not exist (any more), or not for us."""


class Unusable(FetchFailed):
    """For good: what came is packed in a way that we do not unpack, or broken."""


class TooBig(FetchFailed):
    """For good: more bytes, after unpacking, than were allowed."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"The file is larger than {max_bytes / 1024 / 1024:.0f} MB.")
        self.max_bytes = max_bytes


class Unreachable(FetchFailed):
    """Passing: no connection, too slow, or the other side is in trouble. Worth another try."""


class StorageFull(Exception):
    """The disk has no room. Passing, once somebody made room."""

    reason = "There is no room left on the disk for files."
