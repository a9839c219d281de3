"""Which platforms there are: one line each, and no other place names them all."""

from __future__ import annotations

from dragoman.channels.contract import Channel
from dragoman.channels.instagram.channel import INSTAGRAM
from dragoman.channels.messenger.channel import MESSENGER
from dragoman.channels.telegram.channel import TELEGRAM
from dragoman.channels.whatsapp.channel import WHATSAPP

CHANNELS: dict[str, Channel] = {
    TELEGRAM.platform: TELEGRAM,
    MESSENGER.platform: MESSENGER,
    INSTAGRAM.platform: INSTAGRAM,
    WHATSAPP.platform: WHATSAPP,
}


class UnknownPlatform(LookupError):
    """One plain sentence, for whoever wrote the name."""


def channel(platform: str) -> Channel:
    """The channel of a platform's name, as "telegram". Raises UnknownPlatform."""
    try:
        return CHANNELS[platform]
    except KeyError:
        known = ", ".join(sorted(CHANNELS))
        raise UnknownPlatform(f"There is no platform “{platform}”; there is: {known}.") from None
