"""Any turn that may settle, of what the rules in these tests ask about."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import strategies as st

from dragoman.conversations.model import Priority, Status
from dragoman.rules.model import KINDS, NOISES
from dragoman.settling.facts import SettledTurn
from tests.rules.given import a_turn

ids = st.integers(1, 9).map(lambda n: UUID(int=n))


@st.composite
def turns(draw: st.DrawFn) -> SettledTurn:
    at = draw(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001 the zone follows
    return a_turn(
        draw(st.text(max_size=20) | st.sampled_from(["refund", "order #55", "no"])),
        channel_id=draw(ids),
        platform=draw(st.sampled_from(["telegram", "instagram"])),
        kinds=draw(st.frozensets(st.sampled_from(KINDS))),
        fragments=draw(st.integers(1, 100)),
        first_at=at.replace(tzinfo=UTC),
        noise=draw(st.none() | st.sampled_from(NOISES)),
        language=draw(st.sampled_from([None, "no", "en", "zh-Hans", "zh-Hant"])),
        confidence=draw(st.floats(0, 1)),
        status_before=draw(st.sampled_from(list(Status))),
        opened=draw(st.booleans()),
        priority=draw(st.sampled_from(Priority)),
        owner_id=draw(st.none() | ids),
        team_id=draw(st.none() | ids),
        in_open_hours=draw(st.booleans()),
        labels=draw(st.frozensets(ids)),
        answered_before=draw(st.booleans()),
        contact_name=draw(st.none() | st.text(max_size=5)),
    )
