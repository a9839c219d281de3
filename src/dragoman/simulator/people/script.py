"""What the customers say, read from one file for each language."""

import tomllib
from importlib.resources import files

import msgspec

LANGUAGES = ("ko", "zh-Hant", "ja", "ar", "he", "pl", "de", "es", "en-NO", "fr", "th", "uk")
Burst = tuple[str, ...]


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A burst is what one person types before waiting: fragments, each sent by itself."""

    language: str  # as Telegram names it
    locale: str  # as Messenger names it
    people: list[tuple[str, str]]
    bursts: list[Burst]
    questions: list[Burst]
    thanks: list[str]
    nudges: list[str]
    slips: list[tuple[str, str]]  # what was typed, what it is corrected to
    captions: list[str]


def read_scripts() -> list[Script]:
    folder = files("dragoman.simulator.people") / "scripts"
    texts = [(folder / f"{language}.toml").read_text("utf-8") for language in LANGUAGES]
    return [msgspec.convert(tomllib.loads(text), Script) for text in texts]
