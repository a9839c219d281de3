"""What a push says: as little as the member wants to have on a screen that others may see. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from dragoman.notifications.encryption import MOST_BYTES
from dragoman.notifications.model import Said, Settings, Shows, StandingAlarm, Telling

NAME_CHARACTERS = 100
WORDS_CHARACTERS = 240
BETWEEN = " · "


class PushMessage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Read by the service worker: web/src/worker/push-message.ts has the same fields."""

    about: str  # "turn", "given", "alarm" or "test"
    workspace: str
    locale: str
    conversation: str = ""
    name: str | None = None
    words: str | None = None
    kind: str | None = None
    alarm: str = ""
    what: str = ""  # the alarm is about
    count: int = 1  # fragments, or conversations that were given
    silent: bool = False
    sound: bool = True
    waiting: int = 0
    standing: Sequence[str] | None = None  # conversations whose notification stays; None: all

    def encoded(self) -> bytes:
        """As short as a push must be: the list goes first, then the words."""
        for shorter in (self, _without(self, "standing"), _without(self, "standing", "words")):
            body = msgspec.json.encode(shorter)
            if len(body) <= MOST_BYTES:
                return body
        raise AssertionError("a name and some ids fit into a push")


def about_turn(
    settings: Settings,
    how: Telling,
    said: Said,
    *,
    workspace_id: UUID,
    conversation_id: UUID,
    fragments: int,
    locale: str,
    waiting: int,
    standing: Sequence[UUID] | None,
) -> PushMessage:
    shows_words = settings.shows is Shows.WORDS
    return PushMessage(
        about="turn",
        workspace=str(workspace_id),
        locale=locale,
        conversation=str(conversation_id),
        name=said.name[:NAME_CHARACTERS] if said.name and settings.shows is not Shows.NOTHING else None,
        words=_shortened(said.words) if shows_words else None,
        kind=said.kind if shows_words and not said.words else None,
        count=fragments,
        silent=how is Telling.SILENTLY,
        sound=settings.sound,
        waiting=waiting,
        standing=None if standing is None else [str(each) for each in standing],
    )


def about_alarm(settings: Settings, alarm: StandingAlarm, *, workspace_id: UUID, locale: str) -> PushMessage:
    """Whom or which channel it is about is a name like any other."""
    name = alarm.customer or alarm.channel
    return PushMessage(
        about="alarm",
        workspace=str(workspace_id),
        locale=locale,
        alarm=str(alarm.alarm_id),
        what=alarm.what,
        conversation=str(alarm.conversation_id) if alarm.conversation_id else "",
        name=name[:NAME_CHARACTERS] if name and settings.shows is not Shows.NOTHING else None,
        sound=settings.sound,
    )


def about_given(
    settings: Settings,
    name: str | None,
    conversation_id: UUID,
    count: int,
    *,
    workspace_id: UUID,
    locale: str,
) -> PushMessage:
    """One is told by the customer's name, several by their number."""
    is_named = count == 1 and name and settings.shows is not Shows.NOTHING
    return PushMessage(
        about="given",
        workspace=str(workspace_id),
        locale=locale,
        conversation=str(conversation_id) if count == 1 else "",
        name=name[:NAME_CHARACTERS] if name and is_named else None,
        count=count,
        sound=settings.sound,
    )


def _shortened(words: Sequence[str]) -> str | None:
    """The first words and the last: the middle of a burst is what can be missed."""
    if not words:
        return None
    lines = [" ".join(each.split()) for each in words]
    whole = BETWEEN.join(lines)
    if len(whole) <= WORDS_CHARACTERS:
        return whole
    if len(lines) == 1:
        return whole[:WORDS_CHARACTERS] + "…"
    half = WORDS_CHARACTERS // 2
    return f"{lines[0][:half]} … {lines[-1][:half]}"


def _without(message: PushMessage, *names: str) -> PushMessage:
    return msgspec.structs.replace(message, **dict[str, Any].fromkeys(names))
