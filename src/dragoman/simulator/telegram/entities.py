"""Text as Telegram understands it: what it finds in plain words, what markup becomes. Offsets are UTF-16."""

import re
from html.parser import HTMLParser
from typing import Any

from dragoman.simulator.telegram.errors import bad_request
from dragoman.simulator.telegram.model import Json

FOUND_IN_WORDS = (
    (
        "url",
        re.compile(
            r"https?://[^\s<>\"]+|(?<![@\w])(?:[a-z0-9-]+\.)+(?:com|org|net|shop|no|de|pl|jp|kr|tw)\b\S*"
        ),
    ),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d \-()]{7,17}\d")),
)
HTML_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "tg-spoiler": "spoiler", "blockquote": "blockquote",
}  # fmt: skip
MARKDOWN_MARKS = {
    "**": "bold",
    "*": "bold",
    "__": "underline",
    "_": "italic",
    "~": "strikethrough",
    "||": "spoiler",
}
MARKDOWN_RESERVED = set("_*[]()~`>#+-=|{}.!")


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def find_entities(text: str) -> list[Json]:
    """What the platform marks by itself in words a person typed; where two overlap, the first kind wins."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in FOUND_IN_WORDS:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return [
        {"type": kind, "offset": utf16_length(text[:start]), "length": utf16_length(text[start:end])}
        for start, end, kind in sorted(found)
    ]


def parse_markup(text: str, parse_mode: str | None) -> tuple[str, list[Json]]:
    """The visible words and their entities.

    Raises: BotApiError 400 "can't parse entities" for markup that is not well formed.
    """
    match (parse_mode or "").lower():
        case "":
            return text, find_entities(text)
        case "html":
            return _parse_html(text)
        case "markdownv2" | "markdown":
            return _parse_markdown(text)
        case _:
            raise bad_request("unsupported parse_mode")


def _parse_html(text: str) -> tuple[str, list[Json]]:
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    if reader.open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{reader.open_tags[-1][0]}"')
    words = "".join(reader.pieces)
    return words, sorted(reader.entities + find_entities(words), key=lambda entity: int(entity["offset"]))


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.entities: list[Json] = []
        self.open_tags: list[tuple[str, int, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HTML_TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}"')
        self.open_tags.append((tag, self._position(), dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open_tags or self.open_tags[-1][0] != tag:
            raise _unparsable(f'Unexpected end tag "{tag}"')
        _, start, attributes = self.open_tags.pop()
        entity: Json = {"type": HTML_TAGS[tag], "offset": start, "length": self._position() - start}
        if tag == "a":
            entity["url"] = attributes.get("href", "")
        if entity["length"]:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def _position(self) -> int:
        return utf16_length("".join(self.pieces))


def _parse_markdown(text: str) -> tuple[str, list[Json]]:
    words = ""
    entities: list[Json] = []
    open_marks: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            words, at = words + text[at + 1], at + 2
            continue
        mark = next((mark for mark in MARKDOWN_MARKS if text.startswith(mark, at)), None)
        if mark is None and text[at] in MARKDOWN_RESERVED:
            raise _unparsable(
                f"Character '{text[at]}' is reserved and must be escaped with the preceding '\\'"
            )
        if mark is None:
            words, at = words + text[at], at + 1
            continue
        _open_or_close(mark, utf16_length(words), open_marks, entities)
        at += len(mark)
    if open_marks:
        raise _unparsable(f"Can't find end of {MARKDOWN_MARKS[open_marks[-1][0]]} entity")
    return words, entities


def _open_or_close(mark: str, position: int, open_marks: list[tuple[str, int]], entities: list[Json]) -> None:
    if open_marks and open_marks[-1][0] == mark:
        _, start = open_marks.pop()
        entities.append({"type": MARKDOWN_MARKS[mark], "offset": start, "length": position - start})
    else:
        open_marks.append((mark, position))


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
