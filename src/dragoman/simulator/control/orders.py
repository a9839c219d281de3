"""What may be asked of the simulator by its control API: one struct per order, checked when it is read."""

from typing import Any, Literal

import msgspec

from dragoman.simulator.acts import AnyAct

Platform = Literal["telegram", "messenger", "instagram", "whatsapp"]


class NewBot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = "Espresso & Co."
    username: str | None = None


class NewPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page, and the app that may speak for it: a new one unless named."""

    name: str = "Espresso & Co."
    app: str | None = None


class NewInstagram(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A professional Instagram account, and the app that may speak for it: a new one unless named."""

    name: str = "Espresso & Co."
    app: str | None = None


class NewNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """WhatsApp: a number with its account and app, new ones unless named. `in_app`: used on a phone as well."""

    name: str = "Espresso & Co."
    app: str | None = None
    account: str | None = None
    in_app: bool = False


class Past(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """WhatsApp: what a customer and we wrote by turns before the number was connected, told now."""

    account: str
    customer: str
    texts: list[str]
    hours_ago: float = 48.0


class Remembered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger, Instagram: what a customer and we wrote by turns before anybody was connected; told to nobody, and
    shown by the history. Without a customer: `conversations` with strangers, of the last two months."""

    account: str
    customer: str | None = None
    texts: list[str] = []
    hours_ago: float = 48.0
    conversations: int = 0


class SetAppWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger: the app's address, without a handshake."""

    app: str
    url: str
    verify_token: str
    fields: list[str]


class Together(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger, WhatsApp: how many entries or changes one post to this app's webhook may hold."""

    app: str
    entries_per_post: int


class Revoke(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger, WhatsApp: this token is answered 190 with the subcode; without one it is good again."""

    token: str
    subcode: int | None = 460


class Lack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger, Instagram, WhatsApp: the permissions that this token was not given."""

    token: str
    permissions: list[str]


class Age(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger, Instagram: this token was made `seconds` ago, and ends then; without `ends_in_seconds`, never."""

    token: str
    seconds: float = 0.0
    ends_in_seconds: float | None = None


class Unsubscribe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger, Instagram: no app hears of this account any more, and nobody is told, as after an hour of failing."""

    account: str


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """WhatsApp: how far Meta has come with looking at this account."""

    account: str
    status: Literal["PENDING", "APPROVED", "REJECTED"]


class Judged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """WhatsApp: Meta's word on a template of an account. `components`: of one that is new, or was changed."""

    account: str
    name: str
    language: str
    status: Literal["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"] = "APPROVED"
    reason: str = "NONE"
    category: str | None = None
    components: list[dict[str, Any]] | None = None


class PageInbox(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger: somebody answers in the Page's own inbox, or by another app."""

    account: str
    customer: str
    text: str
    app: str | None = None


class ThreadOwner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messenger: only this app may answer; without one, every app may."""

    account: str
    customer: str
    app: str | None = None


class NewCustomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    platform: Platform
    first_name: str = "Ana"
    last_name: str | None = None
    username: str | None = None
    language: str | None = None
    with_picture: bool = False  # that they show of themselves


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

    def gap_before(self, number: int) -> float:
        """Seconds to wait before text number `number`, counted from 0."""
        if number == 0:
            return 0.0
        return self.gaps[number - 1] if self.gaps else self.gap_seconds


class Does(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    platform: Platform
    account: str
    customer: str
    act: AnyAct


class ConnectAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Telegram: the owner connects a bot to their own account, or changes what it may do there."""

    owner: str
    bot: str
    can_reply: bool = True


class DisconnectAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    owner: str


class OwnerDoes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Telegram: the owner of a connected account does something on their own phone."""

    owner: str
    customer: str
    act: AnyAct


class SetWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Telegram: `secret` is the secret token."""

    account: str
    url: str
    secret: str | None = None


class StartStorm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See `dragoman.simulator.storm.Plan`."""

    platform: Platform
    account: str
    count: int
    customers: int = 50
    seed: int = 1
    rate: float = 0.0
    duplicates: float = 0.0
    shuffle: float = 0.0
    shuffle_seconds: float = 1.0
    hours: float = 0.0


class Limiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    platform: Platform
    enabled: bool


class Clockwork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    offset_seconds: float
    stands_still: bool = False


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a failed webhook waits before its next attempts."""

    platform: Platform
    first_seconds: float
    cap_seconds: float
