"""Whatever the server says to people, a browser can say it in every language."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import get_args

import pytest

from dragoman.access.model import Locale
from dragoman.kit.wording import GAP, Sentences
from dragoman.live.rows import GONE
from dragoman.sentences import ALL, wording_of

SOURCES = Path("src/dragoman")
CATALOGUES = Path("web/src/messages")
LOCALES = get_args(Locale)
SPEAKING = (
    "automatic",
    "backfill",
    "channels",
    "connecting",
    "drafts",
    "evening",
    "outbound",
    "files",
    "inbound",
    "conversations",
    "access",
    "labels",
    "ledger",
    "notifications",
    "notes",
    "rules",
    "service",
    "setups",
    "team",
    "templates",
    "trail",
    "views",
    "webhooks",
)

# Said to whoever runs the server, on a terminal or in a document: never by a browser.
FOR_OPERATORS = ("commands.py", "keys.py", "contract.py", "telling.py")
# A mail is written in its reader's language by the server itself.
IN_MAILS = ("words.py",)
# By these codes alone the browser knows what to say; see `problem.` in the catalogues.
SAID_BY_CODE = ("csrf", "forbidden", "not_found", "signed_out", "slow_down", "stale", "too_large", "unavailable",
                "wrong_credentials")  # fmt: skip

# Faults of a program that asks us, not of a person before a browser.
FOR_PROGRAMS = (
    "This address is out of none of our mails, or there is nothing to end any more.",
    "No evening line will come any more.",
    "This number was not given out yet.",
    "This is not a cursor that we gave out.",
    "A time needs its zone.",
    "Say until when.",
    "The file has {} bytes: there is nothing in this range.",
    "{} has no account.",
    "A part of it.",
    "Too many attempts to sign in: try again in {} min.",  # a browser says it by the code slow_down
)


def test_every_sentence_that_our_sources_say_has_a_code() -> None:
    unknown = [
        f"{path}: {sentence}"
        for path, sentence in _said()
        if sentence not in FOR_PROGRAMS and wording_of(sentence.replace("{}", "7")) is None
    ]
    assert not unknown, unknown


def test_every_code_is_of_a_sentence_that_our_sources_say() -> None:
    said = {text for path in _speaking() for text in _texts_in(ast.parse(path.read_text()))} | {
        GONE["reason"]
    }
    assert [code for code, english in ALL.items() if GAP.sub("{}", english) not in said] == []


def test_an_account_keeps_every_language_that_there_is_a_catalogue_of() -> None:
    assert set(LOCALES) == {path.stem for path in CATALOGUES.glob("*.json")}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_has_its_words_in_every_language_with_the_same_gaps(locale: str) -> None:
    catalogue = json.loads((CATALOGUES / f"{locale}.json").read_text())
    ours = {
        name.removeprefix("server."): text for name, text in catalogue.items() if name.startswith("server.")
    }
    assert set(ours) == set(ALL)
    gaps = {code: set(GAP.findall(english)) for code, english in ALL.items()}
    assert {code: set(re.findall(r"\{(\w+)", text)) for code, text in ours.items()} == gaps


def test_a_sentence_inside_another_keeps_its_own_code() -> None:
    found = wording_of("Telegram did not answer in time. The message may have arrived.")
    assert found == {
        "code": "telegram.may_have_arrived",
        "values": {"sentence": {"code": "telegram.no_answer_in_time", "values": {}}},
    }


def test_the_words_of_a_platform_stay_words_whatever_they_say() -> None:
    found = wording_of("Meta refused the request: Telegram cannot be reached.")
    assert found == {"code": "meta.refused", "values": {"words": "Telegram cannot be reached."}}


def test_of_two_sentences_that_fit_it_is_the_one_of_which_more_is_said() -> None:
    sentences = Sentences({"any": "{what} is missing.", "one": "Of the three, {what} is missing."})
    assert sentences.wording_of("Of the three, 2 is missing.") == {"code": "one", "values": {"what": "2"}}
    assert sentences.wording_of("It is there.") is None


def _said() -> Iterator[tuple[Path, str]]:
    """Every text in the sources that reads like a sentence; gaps are ``{}``."""
    for path in _speaking():
        tree = ast.parse(path.read_text())
        yield from (
            (path, text) for text in _texts_in(tree, set(_passed_over(tree))) if _reads_like_one(text)
        )


def _speaking() -> list[Path]:
    found = [path for folder in SPEAKING for path in sorted((SOURCES / folder).rglob("*.py"))]
    found.append(SOURCES / "language/actions.py")  # the rest of that folder speaks on the command line only
    found += [SOURCES / "kit/json_reading.py", SOURCES / "wrong_fields.py"]
    return [path for path in found if path.name not in (*FOR_OPERATORS, *IN_MAILS, "sentences.py")]


def _texts_in(tree: ast.Module, passed_over: Collection[int] = ()) -> Iterator[str]:
    for node in ast.walk(tree):
        if id(node) not in passed_over and (text := _text(node)) is not None:
            yield text


def _passed_over(tree: ast.Module) -> Iterator[int]:
    """Docstrings, pieces of longer texts, notes for documents, and what goes by its code alone."""
    for node in ast.walk(tree):
        match node:
            case ast.Module() | ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from (id(each.value) for each in node.body if isinstance(each, ast.Expr))
            case ast.JoinedStr():
                yield from (id(each) for each in node.values)
            case ast.keyword(arg="notes"):
                yield from map(id, ast.walk(node.value))
            case ast.Call(func=ast.Name(id="not_found")):
                yield from map(id, ast.walk(node))
            case ast.Call(args=[ast.Constant(value=code), *_]) if code in SAID_BY_CODE:
                yield from map(id, ast.walk(node))


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    return None


def _reads_like_one(text: str) -> bool:
    return len(text) > 12 and re.match(r"[A-Z{].* .*[.?)]$", text, re.DOTALL) is not None
