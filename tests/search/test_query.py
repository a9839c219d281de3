"""What is understood of what somebody types into the search field."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dragoman.kit.errors import Refused
from dragoman.search.query import Query, Term, name_matches, read_query, terms_of, tsquery_of


def test_words_and_filters_may_stand_in_any_order() -> None:
    query = read_query(
        'refund from:"Ana Maria" has:file before:2026-11-30 channel:Espresso order after:2026-01-01'
    )

    assert query == Query(
        terms=(Term("refund", True), Term("order", True)),
        said_by="Ana Maria",
        channel="Espresso",
        since=datetime(2026, 1, 1, tzinfo=UTC),
        until=datetime(2026, 11, 30, tzinfo=UTC),
        has_file=True,
    )


def test_values_of_filters_may_be_of_any_script() -> None:
    query = read_query("from：山田 channel:카페")

    assert (query.said_by, query.channel) == ("山田", "카페")


def test_a_filter_without_its_value_is_still_being_typed() -> None:
    assert read_query("before: from: has:") == Query()


@pytest.mark.parametrize("written", ["before:yesterday", "after:2026-13-01", "has:money"])
def test_a_filter_that_cannot_be_understood_says_so(written: str) -> None:
    with pytest.raises(Refused) as refused:
        read_query(written)

    assert refused.value.status == 422
    assert set(refused.value.details["fields"]) == {"q"}


def test_other_words_with_a_colon_are_words() -> None:
    assert read_query("size:40 https://example.com").terms == terms_of("size 40 https example com")


def test_words_are_beginnings_and_pairs_are_whole() -> None:
    assert tsquery_of(terms_of("cup 東京都 茶"), "x/") == "'x/cup':* & 'x/東京' & 'x/京都' & 'x/茶':*"


def test_nothing_can_be_smuggled_into_a_query() -> None:
    assert tsquery_of(terms_of("a' | 'b\\ & !(c) :*"), "x/") == "'x/a' & 'x/b' & 'x/c'"


def test_a_name_is_found_by_the_beginnings_of_its_parts() -> None:
    assert name_matches("Ana María López", "lop ana")
    assert name_matches("山田太郎", "太郎")
    assert not name_matches("Ana", "ana b")
    assert not name_matches("Ana", "!")
