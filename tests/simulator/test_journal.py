"""The notebook and the memory: whole lines survive, half a line does not spoil the next."""

from pathlib import Path

import msgspec

from dragoman.simulator.journal import Event, Journal, Kind
from dragoman.simulator.kept import Kept


def event(key: str) -> Event:
    return Event(platform="telegram", account="1", chat="2", event="message", key=key, text="Grüße 😉")


def test_notes_are_numbered_from_one_and_read_page_by_page(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for number in range(5):
        journal.add(Kind.SENT if number % 2 else Kind.ACKNOWLEDGED, event(str(number)))

    first = journal.page(Kind.ACKNOWLEDGED, after=0, limit=2)
    second = journal.page(Kind.ACKNOWLEDGED, after=first.next, limit=2)

    assert [(note.n, note.about.key) for note in first.entries] == [(1, "0"), (3, "2")]
    assert [(note.n, note.about.key) for note in second.entries] == [(5, "4")]
    assert (first.end, second.end) == (False, True)
    assert journal.page(None, after=99, limit=10).entries == []


def test_half_a_line_at_the_end_is_cut_and_numbering_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    first = Journal(path)
    first.add(Kind.SENT, event("a"))
    first.close()
    with path.open("ab") as file:
        file.write(b'{"n":2,"kind":"se')

    again = Journal(path)
    again.add(Kind.SENT, event("b"))

    assert [(note.n, note.about.key) for note in again.page(None, 0, 10).entries] == [(1, "a"), (2, "b")]


class Thing(msgspec.Struct, frozen=True):
    name: str


def test_the_last_word_on_a_thing_is_kept_and_what_was_dropped_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "state.jsonl"
    kept = Kept(path)
    kept.put("things", "1", Thing("old"))
    kept.put("things", "1", Thing("new"))
    kept.put("things", "2", Thing("short-lived"))
    kept.drop("things", "2")
    kept.put("other", "1", Thing("elsewhere"))
    kept.close()
    with path.open("ab") as file:
        file.write(b'["things","3",{"na')

    again = Kept(path)

    assert dict(again.read("things", Thing)) == {"1": Thing("new")}
    assert len(path.read_bytes().splitlines()) == 2
