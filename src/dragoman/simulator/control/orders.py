"""What may be asked of the simulator by its control API: one struct per order, checked when it is read."""

from typing import Literal

import msgspec

Platform = Literal["telegram", "messenger"]


class NewBot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = "Espresso & Co."
    username: str | None = None


class NewCustomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    platform: Platform
    first_name: str = "Ana"
    last_name: str | None = None
    username: str | None = None
    language: str | None = None


class Says(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A burst: the texts one after the other, with `gap_seconds` (or each its own of `gaps`) between them."""

    platform: Platform
    account: str
    customer: str
    texts: list[str]
    gap_seconds: float = 0.0
    gaps: list[float] | None = None
    reply_to: str | None = None
    quote: str | None = None


class Limiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    platform: Platform
    enabled: bool


class Clockwork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    offset_seconds: float


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a failed webhook waits before its next attempts."""

    platform: Platform
    first_seconds: float
    cap_seconds: float
