"""A chat as its customer sees it, the same for every platform."""

import msgspec

MOST_LINES = 500  # the newest; the page asks for them more than once a second


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message on the screen. `mine`: the customer's own; `at`: Unix seconds."""

    id: str
    mine: bool
    at: float
    text: str | None = None
    media: str | None = None
    media_path: str | None = None
    reply_to: str | None = None
    edited: bool = False
    my_reaction: str | None = None
    their_reaction: str | None = None
    buttons: list[tuple[str, str]] = []  # words, data
    quick_replies: list[tuple[str, str]] = []  # words, payload
    seen: bool = False


class Phone(msgspec.Struct, frozen=True):
    customer: str
    talks_to: str
    blocked: bool
    lines: list[Line]
    typing: bool = False  # the other side is seen writing
