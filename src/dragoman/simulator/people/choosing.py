"""What a customer does next, drawn by chance: pure, so that a seed tells the whole story."""

from dataclasses import dataclass
from enum import Enum
from random import Random

from dragoman.simulator.acts import Act, MediaKind, SendMedia, Write
from dragoman.simulator.people.script import Burst, Script


class AfterAnswer(Enum):
    THANK = "thank"
    ASK_ON = "ask on"
    REACT = "react"
    SAY_NOTHING = "say nothing"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, each a span that is drawn from."""

    before_first: tuple[float, float]
    between_topics: tuple[float, float]
    typing: tuple[float, float]
    reading: tuple[float, float]
    patience: tuple[float, float]  # how long to wait for an answer
    look_every: float


HUMAN = Pace((2, 40), (60, 240), (1.2, 6), (2, 12), (120, 420), 1.0)
FAST = Pace((0, 0.5), (0.3, 1.5), (0.02, 0.2), (0.05, 0.3), (2, 6), 0.1)
PACES = {"human": HUMAN, "fast": FAST}

PHOTO_SHARE, VOICE_SHARE, STICKER_SHARE, SLIP_SHARE, NUDGE_SHARE = 0.18, 0.06, 0.08, 0.15, 0.3
REACTIONS = ("👍", "❤", "🙏", "🎉")
AFTER_ANSWER = (AfterAnswer.THANK, AfterAnswer.ASK_ON, AfterAnswer.REACT, AfterAnswer.SAY_NOTHING)
AFTER_ANSWER_WEIGHTS = (35, 35, 12, 18)


def opening(script: Script, chance: Random) -> list[Act]:
    """A new topic, sometimes with a picture, a voice note or a sticker among the words."""
    acts: list[Act] = [Write(text) for text in chance.choice(script.bursts)]
    if chance.random() < PHOTO_SHARE:
        caption = chance.choice(script.captions) if chance.random() < 0.5 else None
        kind: MediaKind = "screenshot" if chance.random() < 0.15 else "photo"
        acts.insert(chance.randint(1, len(acts)), SendMedia(kind=kind, caption=caption))
    elif chance.random() < VOICE_SHARE:
        acts.append(SendMedia(kind="voice"))
    elif chance.random() < STICKER_SHARE:
        acts.append(SendMedia(kind="sticker"))
    return acts


def written(burst: Burst) -> list[Act]:
    return [Write(text) for text in burst]


def after_answer(chance: Random) -> AfterAnswer:
    return chance.choices(AFTER_ANSWER, AFTER_ANSWER_WEIGHTS)[0]


def seconds(span: tuple[float, float], chance: Random) -> float:
    return chance.uniform(*span)
