"""What is said to a customer by itself, where, and in which language. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from dragoman.automatic.gaps import EVERYWHERE, NAME, filled, said_back, wrong_in
from dragoman.kit.errors import invalid
from dragoman.kit.text import clean
from dragoman.language.codes import is_code
from dragoman.outbound.model import Source
from dragoman.team.work import is_same

MOST_LANGUAGES = 30  # of one message
LONGEST = 2000  # characters of one text
QUIET_MINUTES = 30  # after a member has written, unless somebody says otherwise
MOST_QUIET_MINUTES = 24 * 60


class Wording(msgspec.Struct, frozen=True):
    """``language`` is BCP 47."""

    language: str
    text: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """``texts``: the first is in the house's language, and for everybody whose language none of the others has."""

    is_on: bool = False
    texts: tuple[Wording, ...] = ()


class Differs(msgspec.Struct, frozen=True, kw_only=True):
    """On one channel. None: as everywhere."""

    greeting: Message | None = None
    away: Message | None = None


class Automatic(msgspec.Struct, frozen=True, kw_only=True):
    """``quiet_minutes``: nothing is said by itself so soon after a member has written."""

    greeting: Message = Message()
    away: Message = Message()
    channels: Mapping[UUID, Differs] = {}
    quiet_minutes: int = QUIET_MINUTES

    def on(self, channel_id: UUID, source: Source) -> Message:
        differs = self.channels.get(channel_id, Differs())
        if source is Source.AWAY:
            return differs.away or self.away
        return differs.greeting or self.greeting

    @property
    def says_anything(self) -> bool:
        messages = [
            self.greeting,
            self.away,
            *(m for d in self.channels.values() for m in (d.greeting, d.away)),
        ]
        return any(message is not None and message.is_on for message in messages)


def due(settings: Automatic, channel_id: UUID, *, opened: bool, is_open: bool) -> Source | None:
    """One of them at most: who is told that nobody is there is not greeted."""
    if not is_open and settings.on(channel_id, Source.AWAY).is_on:
        return Source.AWAY
    return Source.GREETING if opened and settings.on(channel_id, Source.GREETING).is_on else None


def chosen(texts: Sequence[Wording], language: str | None) -> Wording:
    """In the customer's language, where there is one in it."""
    exact = (each for each in texts if each.language == language)
    near = (each for each in texts if language is not None and is_same(each.language, language))
    return next(exact, None) or next(near, None) or texts[0]


def said(wording: Wording, opens: datetime | None, at: datetime, name: str | None) -> str | None:
    """To who is called so. None: it names when we are back, and nobody knows."""
    return filled(wording.text, name=name, back=said_back(opens, at, wording.language))


def checked(settings: Automatic) -> Automatic:
    """As it is kept. Raises Refused, with the place of what cannot be: ``away:de``, ``greeting:en:<channel>``."""
    return Automatic(
        greeting=_checked(settings.greeting, Source.GREETING, ""),
        away=_checked(settings.away, Source.AWAY, ""),
        channels={
            channel_id: Differs(
                greeting=differs.greeting and _checked(differs.greeting, Source.GREETING, f":{channel_id}"),
                away=differs.away and _checked(differs.away, Source.AWAY, f":{channel_id}"),
            )
            for channel_id, differs in settings.channels.items()
            if differs != Differs()
        },
        quiet_minutes=settings.quiet_minutes,
    )


def _checked(message: Message, source: Source, where: str) -> Message:
    texts = tuple(Wording(each.language, clean(each.text).strip()) for each in message.texts)
    if len({each.language for each in texts}) != len(texts) or len(texts) > MOST_LANGUAGES:
        raise invalid(
            **{f"{source}{where}": f"There is one text for a language, and {MOST_LANGUAGES} at most."}
        )
    for each in texts:
        if problem := _problem(each, source, is_on=message.is_on):
            raise invalid(**{f"{source}:{each.language}{where}": problem})
    if message.is_on and not texts:
        raise invalid(**{f"{source}{where}": NOTHING_SAID})
    return Message(is_on=message.is_on, texts=texts)


NOTHING_SAID = "Write what is said, or switch it off."


def _problem(wording: Wording, source: Source, *, is_on: bool) -> str | None:
    if not is_code(wording.language):
        return "There is no such language."
    if is_on and not wording.text:
        return NOTHING_SAID
    if len(wording.text) > LONGEST:
        return f"This has {len(wording.text)} characters; at most {LONGEST} are said by themselves."
    return wrong_in(wording.text, EVERYWHERE if source is Source.AWAY else (NAME,))
