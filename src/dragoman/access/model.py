"""What an account, a membership and a one-time link are, and what may be written in them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

from dragoman.kit.errors import Refused, invalid
from dragoman.kit.text import clean, is_name, one_line

EMAIL_MAX = 254  # RFC 5321, section 4.5.3.1
NAME_MAX = 100
PASSWORD_MIN = 10
PASSWORD_MAX = 200

SESSION_LIFE = timedelta(days=30)
SESSION_RENEWED_AFTER = timedelta(hours=1)  # a busy session is not written at every request

Locale = Literal["en", "pl", "de", "ar"]  # the browser has a catalogue of each


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


class Right(StrEnum):
    """What not everybody may do. Reading and answering customers is every member's."""

    MANAGE_CHANNELS = "manage_channels"
    MANAGE_MEMBERS = "manage_members"  # invite, change and remove members and admins
    MANAGE_OWNERS = "manage_owners"  # the same with owners
    MANAGE_LABELS = "manage_labels"  # change and remove those that everybody puts on
    MANAGE_VIEWS = "manage_views"  # change and remove those that others share
    MANAGE_RULES = "manage_rules"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: frozenset(
        {
            Right.MANAGE_CHANNELS,
            Right.MANAGE_MEMBERS,
            Right.MANAGE_LABELS,
            Right.MANAGE_VIEWS,
            Right.MANAGE_RULES,
        }
    ),
    Role.MEMBER: frozenset(),
}


def right_over(role: Role) -> Right:
    """What it takes to give somebody this role, or to take it from them."""
    return Right.MANAGE_OWNERS if role is Role.OWNER else Right.MANAGE_MEMBERS


class WorkspaceKind(StrEnum):
    PRODUCTION = "production"
    TRIAL = "trial"  # may hold simulated channels


class Purpose(StrEnum):
    """What a one-time link is for."""

    FIRST_OWNER = "first_owner"
    INVITATION = "invitation"
    SIGN_IN = "sign_in"


LINK_LIFE = {
    Purpose.FIRST_OWNER: timedelta(hours=24),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.SIGN_IN: timedelta(minutes=10),
}


@dataclass(frozen=True, slots=True)
class Account:
    """A person who is signed in. ``session_hash`` names the session: its streams end with it."""

    account_id: UUID
    email: str
    name: str
    session_hash: bytes


@dataclass(frozen=True, slots=True)
class Membership:
    """``channels``: those that the member may see; None: all of them, also those that come later."""

    workspace_id: UUID
    member_id: UUID
    account_id: UUID
    role: Role
    channels: frozenset[UUID] | None

    def sees(self, channel_id: UUID) -> bool:
        return self.channels is None or channel_id in self.channels

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def needs(self, right: Right) -> None:
        """Raises Refused (403) where the role does not have it."""
        if not self.may(right):
            raise Refused("forbidden", "Your role does not allow this.", 403)


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link that is still good. ``workspace_id`` None: it makes a workspace of its own.

    ``email`` None: whoever has the link writes their own. ``invited_by`` None: whoever runs the server did.
    """

    purpose: Purpose
    email: str | None
    name: str | None
    role: Role | None
    workspace_id: UUID | None
    account_id: UUID | None
    invited_by: UUID | None = None


def checked_email(written: str) -> str:
    """Lower-case, an international domain in its ASCII form. Raises Refused."""
    local, at, domain = written.strip().lower().rpartition("@")
    address = f"{local}{at}{_ascii_domain(domain)}"
    if len(address) > EMAIL_MAX or not _EMAIL.fullmatch(address):
        raise invalid(email="This must be an e-mail address such as maria@example.com.")
    return address


def checked_name(written: str, *, field: str = "name") -> str:
    """One line of 1 to 100 characters. Raises Refused, naming ``field``."""
    name = one_line(written)
    if not is_name(name, NAME_MAX):
        raise invalid(**{field: f"This must be 1 to {NAME_MAX} characters on one line."})
    return name


def checked_password(written: str) -> str:
    """In one Unicode form, so that it is the same on every keyboard. Raises Refused."""
    password = same_on_every_keyboard(written)
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise invalid(password=f"A password must have {PASSWORD_MIN} to {PASSWORD_MAX} characters.")
    return password


def same_on_every_keyboard(password: str) -> str:
    """Keyboards compose letters differently; lone surrogates, which nobody can type, become U+FFFD."""
    return unicodedata.normalize("NFKC", clean(password))


_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
)


def _ascii_domain(domain: str) -> str:
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
