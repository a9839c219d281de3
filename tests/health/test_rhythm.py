"""What is usual for a channel, and how long nobody may write before that is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dragoman.health.rhythm import HOUR, Heard, Rhythm, chance_of_silence, is_unusual, learned

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def a_shop(weeks: int = 6, by_day: int = 6, by_night: int = 0) -> dict[datetime, int]:
    """Open from 8 to 20."""
    hours = (MONDAY - n * HOUR for n in range(1, weeks * 168 + 1))
    return {hour: by_day if 8 <= hour.hour < 20 else by_night for hour in hours}


def rhythm_of(heard: Heard) -> Rhythm:
    found = learned(heard, MONDAY)
    assert found is not None
    return found


def test_a_silent_night_is_usual_and_a_silent_day_is_not() -> None:
    heard = a_shop()
    rhythm, evening = rhythm_of(heard), MONDAY - 5 * HOUR

    assert not is_unusual(rhythm, heard, evening, MONDAY + 8 * HOUR)
    assert is_unusual(rhythm, heard, evening, MONDAY + 16 * HOUR)


def test_an_hour_is_never_too_long() -> None:
    heard = a_shop(by_day=5000)
    noon = MONDAY - 12 * HOUR

    assert not is_unusual(rhythm_of(heard), heard, noon, noon + HOUR)
    assert is_unusual(rhythm_of(heard), heard, noon, noon + 2 * HOUR)


def test_of_little_history_nothing_is_said() -> None:
    assert learned(a_shop(weeks=2), MONDAY) is None
    assert learned(dict.fromkeys(list(a_shop())[::24], 1), MONDAY) is None
    assert learned({}, MONDAY) is None


def test_on_a_slow_day_silence_is_likelier_and_on_a_busy_one_not_less_so() -> None:
    usual = a_shop()
    rhythm, noon = rhythm_of(usual), MONDAY - 12 * HOUR

    def chance(times: float) -> float:
        today = {hour: round(n * times) if hour > noon - 10 * HOUR else n for hour, n in usual.items()}
        return chance_of_silence(rhythm, today, noon, noon + 5 * HOUR)

    assert chance(0.2) > 10 * chance(1)
    assert chance(3) == chance(1)


def test_a_week_in_which_nobody_wrote_counts_as_it_is() -> None:
    """Not only the hours in which somebody wrote."""
    heard = a_shop()
    rhythm = rhythm_of(heard)

    assert rhythm.expected(MONDAY, MONDAY + timedelta(weeks=1)) == sum(heard.values()) / 6
    assert rhythm.expected(MONDAY, MONDAY + 6 * HOUR) < 1
