"""A drawer of ready media of each kind: drawing anew for each of thousands of messages would only cost time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from dragoman.simulator.media import films, papers, pictures, sounds
from dragoman.simulator.media.kinds import Media

MAKERS: dict[str, Callable[[Random], Media]] = {
    "photo": pictures.photo,
    "screenshot": pictures.screenshot,
    "sticker": pictures.sticker,
    "animation": pictures.animation,
    "voice": sounds.voice,
    "audio": sounds.audio,
    "video": films.film,
    "document": papers.document,
}
DIFFERENT_ONES = 6


@dataclass(slots=True)
class Drawer:
    chance: Random
    ready: dict[tuple[str, int], Media] = field(default_factory=dict)

    def take(self, kind: str) -> Media:
        """Some medium of that kind (a key of MAKERS)."""
        which = (kind, self.chance.randrange(DIFFERENT_ONES))
        if which not in self.ready:
            self.ready[which] = MAKERS[kind](self.chance)
        return self.ready[which]
