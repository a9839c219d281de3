"""The pictures that are kept, what they were made with, and what a new one is worth beside them."""

from __future__ import annotations

import io
import os
from pathlib import Path

import msgspec
from PIL import Image

from tests.pictures.compare import Difference, difference

KEPT = Path(__file__).parent / "kept"
MADE_WITH = KEPT / "made-with.json"
DIFFERENT = Path(__file__).parents[2] / "build" / "pictures-that-differ"
RENEW = "make pictures"


class MadeWith(msgspec.Struct):
    chromium: str


def is_renewing() -> bool:
    return os.environ.get("RENEW_PICTURES") == "1"


def look_at(name: str, shot: bytes, chromium: str) -> str | None:
    """What is wrong with this picture, in words, or nothing. While renewing it is kept instead."""
    now = Image.open(io.BytesIO(shot)).convert("RGB")
    place = KEPT / f"{name}.webp"
    if is_renewing():
        keep(place, now, chromium)
        return None
    if not place.is_file():
        return f"{name}: no picture is kept; {RENEW} makes it."
    with Image.open(place) as opened:
        kept = opened.convert("RGB")
    found = difference(kept, now)
    return say(name, kept, now, found, chromium) if found.is_seen else None


def keep(place: Path, now: Image.Image, chromium: str) -> None:
    """A picture that shows the same as before stays as it is: nothing changes that nobody can see."""
    KEPT.mkdir(exist_ok=True)
    MADE_WITH.write_bytes(msgspec.json.format(msgspec.json.encode(MadeWith(chromium)), indent=2) + b"\n")
    if place.is_file():
        with Image.open(place) as before:
            if not difference(before, now).is_seen:
                return
    now.save(place, lossless=True, method=4)


def say(name: str, kept: Image.Image, now: Image.Image, found: Difference, chromium: str) -> str:
    folder = DIFFERENT / name
    folder.mkdir(parents=True, exist_ok=True)
    kept.save(folder / "kept.png")
    now.save(folder / "now.png")
    found.picture.save(folder / "difference.png")
    where = (
        f"of {kept.size[0]} x {kept.size[1]}" if kept.size == now.size else f"{kept.size} became {now.size}"
    )
    return f"{name}: {found.pixels} pixels differ, {where}; look at {folder}{of_another_browser(chromium)}"


def of_another_browser(chromium: str) -> str:
    made = msgspec.json.decode(MADE_WITH.read_bytes(), type=MadeWith).chromium
    if made == chromium:
        return ""
    return f" (kept with Chromium {made}, this is {chromium}: if all is well, {RENEW} renews them)"
