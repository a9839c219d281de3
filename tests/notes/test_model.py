"""Deciding about notes."""

import pytest

from dragoman.kit.errors import Refused
from dragoman.kit.ids import new_id
from dragoman.notes.model import checked_note, mentioned_in, without_mentions


def test_members_are_mentioned_by_their_ids() -> None:
    jonas, lena = new_id(), new_id()
    text = f"<@{jonas}> and <@{lena}>, and <@{jonas}> again, but not <@nobody>"

    assert mentioned_in(text) == {jonas, lena}
    assert str(jonas) not in without_mentions(text)


@pytest.mark.parametrize("written", ["", " \n ", "x" * 5001])
def test_a_note_that_says_nothing_or_too_much_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_note(written)
    assert refused.value.details["fields"].keys() == {"text"}


def test_a_note_mentions_fifty_people_at_most() -> None:
    with pytest.raises(Refused, match="at most 50 people"):
        mentioned_in(" ".join(f"<@{new_id()}>" for _ in range(51)))
