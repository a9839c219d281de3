"""Print docs/channels.md from the code, or check that what lies there, and what the scorecards claim, is so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dragoman.channels.capabilities import (
    MB,
    Afterwards,
    Capabilities,
    ChoicesRule,
    FileLimit,
    MediaStorage,
    Pace,
    Transfer,
)
from dragoman.channels.contract import Channel
from dragoman.channels.events import MediaKind
from dragoman.channels.registry import CHANNELS
from tools import scorecards
from tools.scorecards import Line, Scorecard

PLACE = Path(__file__).parents[1] / "docs" / "channels.md"

HEAD = """\
# Channels: what each can do, and how far it has come

Printed from the code by `make channels`; `make check` compares. The limits are those of the manifests, by which the
composer greys out and the sender refuses; what the tables below them say stands in the `scorecard.toml` beside each
channel's code. **done** means that a test proves it, which is named; a dash, that the platform does not offer it;
**missing**, that nobody has built it yet.
"""


def main(arguments: list[str]) -> int:
    cards = {name: scorecards.scorecard(name) for name in CHANNELS}
    wrong = [f"{name}: {fault}" for name, card in cards.items() for fault in scorecards.faults(name, card)]
    for sentence in wrong:
        print(f"scorecard of {sentence}", file=sys.stderr)
    printed = page(cards)
    if "--check" not in arguments:
        PLACE.write_text(printed, encoding="utf-8")
    elif not PLACE.is_file() or PLACE.read_text(encoding="utf-8") != printed:
        print("docs/channels.md is not what the code says: run `make channels`.", file=sys.stderr)
        return 1
    return 1 if wrong else 0


def page(cards: Mapping[str, Scorecard]) -> str:
    """The whole document."""
    parts = [HEAD, "## Limits\n", _table(_limit_rows()), _notes()]
    for title, table in (
        ("What comes in", "inbound"),
        ("What goes out", "outbound"),
        ("Around it", "around"),
    ):
        parts += [f"## {title}\n", _table(_score_rows(cards, table))]
    return "\n".join([*parts, _remarks(cards)])


def _table(rows: Iterator[tuple[str, list[str]]]) -> str:
    titles = [channel.manifest.title for channel in CHANNELS.values()]
    lines = [["", *titles], ["---"] * (len(titles) + 1), *([name, *cells] for name, cells in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# ------------------------------------------------------------------------------------------------------ limits


def _limit_rows() -> Iterator[tuple[str, list[str]]]:
    for name, told in LIMITS.items():
        yield name, [told(channel.capabilities) for channel in CHANNELS.values()]
    for kind in MediaKind:
        yield kind, [_file(channel.capabilities.files.get(kind)) for channel in CHANNELS.values()]


def _file(limit: FileLimit | None) -> str:
    if limit is None:
        return "–"
    whole = limit.max_bytes // MB
    size = f"{whole} MB" if whole else f"{limit.max_bytes // 1024} kB"
    return f"{size}: {', '.join(limit.types)}" if limit.types else size


def _window(can: Capabilities) -> str:
    rule = can.reply_window
    if rule is None:
        return "never closes"
    said = f"{rule.free_seconds // 3600} h after a {', '.join(rule.opened_by)}"
    if rule.extended_seconds is not None:
        days = rule.extended_seconds // 86400
        said += f"; as `{rule.extended_as}` {days} days after a {', '.join(rule.extended_by)}"
    return f"{said}; then {'templates' if rule.afterwards is Afterwards.TEMPLATE else 'nothing'}"


def _choices(rule: ChoicesRule | None) -> str:
    if rule is None:
        return "–"
    said = f"{rule.most} of {rule.title_max} characters"
    return f"{said}, below {rule.text.max} {rule.text.unit}" if rule.text else said


def _pace(pace: Pace) -> str:
    said = f"{pace.per_second:g}"
    if pace.slow_per_second is not None:
        said += f", of {', '.join(pace.slow_kinds)} {pace.slow_per_second:g}"
    if pace.per_conversation_second >= 1:
        return f"{said}, to one person {pace.per_conversation_second:g}"
    said += f", to one person one in {1 / pace.per_conversation_second:g} s"
    return said + (f" after {pace.conversation_burst} at once" if pace.conversation_burst > 1 else "")


def _yes(told: bool) -> str:
    return "yes" if told else "–"


LIMITS: Mapping[str, Callable[[Capabilities], str]] = {
    "text": lambda can: f"{can.text.max} {can.text.unit}",
    "words below a file": lambda can: f"{can.caption_max} characters" if can.caption_max else "–",
    "quotes": lambda can: _yes(can.reply_to),
    "reply window": _window,
    "templates": lambda can: f"{can.templates.words} characters" if can.templates else "–",
    "choices to press": lambda can: _choices(can.choices),
    "our locations": lambda can: (
        f"name {can.location.name_max}, address {can.location.address_max} characters"
        if can.location
        else "–"
    ),
    "our contact cards": lambda can: f"name {can.contact.name_max} characters" if can.contact else "–",
    "sent in a second": lambda can: _pace(can.pace),
    "told: delivered": lambda can: _yes(can.delivery_receipts),
    "told: read": lambda can: _yes(can.read_receipts),
    "told: reactions": lambda can: _yes(can.reactions_in),
    "told: edits": lambda can: _yes(can.edits_in),
    "told: taken back": lambda can: _yes(can.deletions_in),
    "names and pictures, when asked": lambda can: _yes(can.profiles),
    "shows that we read": lambda can: _yes(can.marks_seen),
    "takes our reactions": lambda can: " ".join(can.reacts_with) or "–",
    "shows that we write": lambda can: f"{can.typing.lasts_seconds} s" if can.typing else "–",
    "customers' files": lambda can: (
        "kept" if can.media is MediaStorage.STORED else "shown through us, kept nowhere"
    ),
    "our files": lambda can: "handed over" if can.file_transfer is Transfer.UPLOAD else "fetched by a link",
    "past conversations": lambda can: f"the newest {can.past.messages} messages of each" if can.past else "–",
    "a doubtful send": lambda can: ", then ".join(can.reconcile),
}


def _notes() -> str:
    return "\n".join(_notes_of(channel) for channel in CHANNELS.values())


def _notes_of(channel: Channel) -> str:
    lines = [f"- {about.replace('_', ' ')}: {words}" for about, words in channel.capabilities.notes.items()]
    return f"### {channel.manifest.title}\n\n" + "\n".join(lines) + "\n"


# -------------------------------------------------------------------------------------------------- scorecards


def _score_rows(cards: Mapping[str, Scorecard], table: str) -> Iterator[tuple[str, list[str]]]:
    tables: list[dict[str, Line]] = [getattr(card, table) for card in cards.values()]
    for kind in tables[0]:
        yield kind.replace("_", " "), [_mark(lines[kind]) for lines in tables]


def _mark(line: Line) -> str:
    if line.done is not None:
        return "done"
    return "–" if line.missing is None else "**missing**"


def _remarks(cards: Mapping[str, Scorecard]) -> str:
    return "\n".join(_remarks_of(name, card) for name, card in cards.items())


def _remarks_of(platform: str, card: Scorecard) -> str:
    tables = {"in": card.inbound, "out": card.outbound, "": card.around}
    lines = [
        f"| {f'{way} ' if way else ''}{kind.replace('_', ' ')} | {_mark(line)} | {_words(line)} |"
        for way, table in tables.items()
        for kind, line in table.items()
    ]
    head = f"## Scorecard: {CHANNELS[platform].manifest.title}\n\n| | | proved by, or why |\n|---|---|---|\n"
    return head + "\n".join(lines) + "\n"


def _words(line: Line) -> str:
    said = f"`{line.done}`" if line.done is not None else (line.not_offered or line.missing or "")
    return f"{said}; {line.note}" if line.note else said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
