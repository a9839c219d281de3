"""Routing as a decision: facts in, an owner out, and the same one in whatever order the facts come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from dragoman.team.routing import Candidate, Reason, Wanted, is_better, is_to_be_routed, route
from dragoman.team.work import Level
from tests.rules.given import a_turn

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DESK = UUID(int=77)
KOREAN = a_turn("안녕하세요", language="ko")


def somebody(number: int, **differs: object) -> Candidate:
    usual = Candidate(
        member_id=UUID(int=number),
        level=Level.WRITES,
        is_on_shift=True,
        is_online=True,
        is_away=False,
        open=3,
        capacity=20,
    )
    return msgspec.structs.replace(usual, **differs)


def routed_to(*people: Candidate) -> int | None:
    owner = route(KOREAN, people, DESK).owner
    return owner.member_id.int if owner else None


def test_who_speaks_it_and_is_there_comes_before_who_is_on_shift_and_before_any_other() -> None:
    anybody = somebody(1, is_on_shift=False, is_online=False, open=0)
    on_shift = somebody(2, is_online=False, open=1)
    there = somebody(3, open=9)

    assert routed_to(anybody, on_shift, there) == 3
    assert routed_to(anybody, on_shift) == 2
    assert routed_to(anybody) == 1


def test_who_only_reads_it_is_the_last_resort() -> None:
    reads = somebody(1, level=Level.READS, open=0)

    assert routed_to(reads, somebody(2, is_on_shift=False, is_online=False)) == 2
    assert routed_to(reads) == 1


def test_among_several_who_has_the_least_to_do_then_who_was_given_something_longest_ago() -> None:
    assert routed_to(somebody(1, open=3), somebody(2, open=2)) == 2
    given_now, given_before = somebody(1, given_at=NOON), somebody(2, given_at=NOON - timedelta(hours=1))
    assert routed_to(given_now, given_before) == 2
    assert routed_to(given_now, given_before, somebody(3)) == 3, "who was never given anything"


def test_nobody_gets_more_than_they_take_and_nothing_goes_to_who_is_away() -> None:
    full, away = somebody(1, open=20), somebody(2, is_away=True)

    assert route(KOREAN, [full], DESK).reason is Reason.ALL_FULL
    assert route(KOREAN, [away], DESK).reason is Reason.ALL_AWAY
    assert route(KOREAN, [full, away], None).is_nobodys
    assert routed_to(full, away, somebody(3, open=19)) == 3


def test_what_nobody_speaks_or_nobody_knows_goes_to_the_fallback_team() -> None:
    people = [somebody(1, level=None)]

    assert (route(KOREAN, people, DESK).reason, route(KOREAN, people, DESK).team_id) == (
        Reason.NOBODY_SPEAKS,
        DESK,
    )
    assert route(a_turn(language=None), people, DESK).reason is Reason.LANGUAGE_UNKNOWN
    assert route(KOREAN, people, None).is_nobodys


def test_what_somebody_has_stays_with_them_while_they_work_or_have_answered() -> None:
    owner = somebody(1)
    gone_home = somebody(1, is_on_shift=False)
    turn = a_turn(language="ko", owner_id=owner.member_id)

    assert not is_to_be_routed(turn, owner, has_answered=False)
    assert not is_to_be_routed(turn, gone_home, has_answered=True)
    assert is_to_be_routed(turn, gone_home, has_answered=False)
    assert is_to_be_routed(turn, None, has_answered=False), "who has left"
    assert is_better(route(turn, [gone_home, somebody(2)], None), gone_home)
    assert not is_better(route(turn, [gone_home, somebody(2, is_on_shift=False)], None), gone_home)


def test_who_has_the_skill_and_speaks_the_language_gets_it_where_both_are_asked_for() -> None:
    speaks = somebody(1, has_skills=False, open=0)
    skilled = somebody(2, level=None, open=0)
    both = somebody(3, open=9)

    assert _found(REPAIRS_IN_IT, speaks, skilled, both) == 3
    assert _found(REPAIRS_IN_IT, speaks, skilled) is Reason.NOBODY_SPEAKS
    assert _found(REPAIRS_IN_IT, speaks) is Reason.NOBODY_SKILLED
    assert _found(REPAIRS, speaks, skilled, both) == 3, "who speaks it as well comes first"
    assert _found(REPAIRS, speaks, skilled) == 2
    assert route(a_turn(language=None), [skilled], None, REPAIRS).owner == skilled


def test_what_somebody_has_who_lacks_the_skill_goes_to_who_has_it_unless_they_have_answered() -> None:
    owner, skilled = somebody(1, has_skills=False), somebody(2, is_on_shift=False)
    turn = a_turn(language="ko", owner_id=owner.member_id)

    assert is_to_be_routed(turn, owner, has_answered=False)
    assert not is_to_be_routed(turn, owner, has_answered=True)
    assert is_better(route(turn, [owner, skilled], None, REPAIRS), owner)
    assert not is_better(route(turn, [owner], DESK, REPAIRS), owner), "better them than a queue"


REPAIRS = Wanted(speaks=False, skills=("repairs",))
REPAIRS_IN_IT = Wanted(speaks=True, skills=("repairs",))


def _found(wanted: Wanted, *people: Candidate) -> int | Reason:
    found = route(KOREAN, people, None, wanted)
    return found.owner.member_id.int if found.owner else found.reason


PEOPLE = st.lists(
    st.builds(
        somebody,
        number=st.integers(1, 50),
        level=st.sampled_from([None, *Level]),
        is_on_shift=st.booleans(),
        is_online=st.booleans(),
        is_away=st.booleans(),
        open=st.integers(0, 4),
        capacity=st.integers(1, 4),
        given_at=st.sampled_from([None, NOON, NOON - timedelta(hours=1)]),
    ),
    unique_by=lambda each: each.member_id,
    max_size=12,
)


@given(people=PEOPLE, chance=st.randoms())
def test_the_same_people_in_any_order_give_the_same_owner(people: list[Candidate], chance: object) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert route(KOREAN, people, DESK) == route(KOREAN, shuffled, DESK)


@given(people=PEOPLE)
def test_whoever_gets_it_knows_the_language_is_not_away_and_takes_one_more(people: list[Candidate]) -> None:
    found = route(KOREAN, people, DESK)

    owner = found.owner
    could = [p for p in people if p.level is not None and not p.is_away and p.open < p.capacity]
    assert (owner in could) if could else (owner is None and found.team_id == DESK)
