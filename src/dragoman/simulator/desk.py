"""What the control API, the storm and the random customers ask of a platform, whichever it is."""

from typing import Protocol

import msgspec

from dragoman.simulator.acts import Act
from dragoman.simulator.courier import Courier
from dragoman.simulator.phone import Phone


class NewCustomer(msgspec.Struct, frozen=True):
    """A person: `portrait` is a JPEG or PNG of their face."""

    first_name: str
    last_name: str | None = None
    username: str | None = None
    language: str | None = None
    portrait: bytes | None = None


class Contact(msgspec.Struct, frozen=True):
    """Somebody in an address book: an account of ours or a customer."""

    id: str
    name: str


class Answer(msgspec.Struct, frozen=True):
    """The newest message from the other side."""

    id: str
    text: str | None


class Desk(Protocol):
    """Raises everywhere: NotPossibleError for an account, customer or message that does not exist."""

    platform: str

    @property
    def courier(self) -> Courier: ...

    def accounts(self) -> list[Contact]:
        """Bots or pages."""

    def is_listened_to(self, account: str) -> bool:
        """Whether somebody has set a webhook or polls: only then is there a point in writing."""

    def customers(self) -> list[Contact]: ...

    def add_customer(self, wanted: NewCustomer) -> str:
        """The new customer's id."""

    def act(self, account: str, customer: str, act: Act) -> list[str]:
        """Let the customer do it; the ids of the messages that came of it."""

    def last_answer(self, account: str, customer: str) -> Answer | None: ...

    def answer_elsewhere(self, account: str, customer: str, text: str) -> str:
        """Somebody answers outside our product and its webhooks tell of it; the message's id.

        Raises: NotPossibleError where the platform keeps that to itself.
        """

    def events_made(self) -> int:
        """How many webhook events there have been since the start of this process."""

    def phone(self, account: str, customer: str) -> Phone: ...

    def set_limits(self, *, enabled: bool) -> None:
        """The platform's own rate limits, on or off."""
