"""Deciding about labels."""

from uuid import UUID

import pytest

from dragoman.kit.errors import Refused
from dragoman.kit.ids import new_id
from dragoman.kit.text import folded
from dragoman.labels.model import MOST_ON_ONE, checked_label_name, labelled


@pytest.mark.parametrize("written", ["Refund", "  refund ", "ＲＥＦＵＮＤ", "REFUND"])
def test_names_that_a_person_takes_for_the_same_are_the_same(written: str) -> None:
    assert folded(checked_label_name(written)) == "refund"


@pytest.mark.parametrize("written", ["", "   ", "x" * 41, "a\u0007b"])
def test_a_name_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_label_name(written)
    assert refused.value.details["fields"].keys() == {"name"}


def test_a_conversation_carries_twenty_labels_at_most() -> None:
    twenty: frozenset[UUID] = frozenset(new_id() for _ in range(MOST_ON_ONE))

    with pytest.raises(Refused, match="20 labels at most"):
        labelled(twenty, [new_id()], [])

    first = next(iter(twenty))
    assert len(labelled(twenty, [new_id()], [first])) == MOST_ON_ONE


def test_putting_a_label_on_twice_is_putting_it_on_once() -> None:
    label = new_id()
    assert labelled(frozenset({label}), [label], []) == {label}
    assert labelled(frozenset(), [], [label]) == frozenset()
