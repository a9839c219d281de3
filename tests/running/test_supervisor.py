from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import OperatorError
from dragoman.running.supervisor import Watch, look_after, pause_before_start


@dataclass
class Patient:
    """Dies and starts as the test wants."""

    name: str = "worker"
    dead: bool = False
    refuses: bool = False

    def start(self) -> None:
        if self.refuses:
            raise OperatorError("The disk is full.")
        self.dead = False

    def has_died(self) -> bool:
        return self.dead

    def how_it_ended(self) -> str:
        return "ended with exit code 1"


def test_who_dies_again_and_again_waits_longer_each_time() -> None:
    patient, said = Patient(), list[str]()
    watch = Watch(patient, started_at=0.0)
    now = 0.0
    for _ in range(3):
        patient.dead = True
        look_after(watch, said.append, now=now)
        assert watch.start_again_at is not None
        now = watch.start_again_at
        look_after(watch, said.append, now=now)

    assert [line for line in said if "starts again" in line] == [
        "worker ended with exit code 1; it starts again in 0.5 s.",
        "worker ended with exit code 1; it starts again in 1 s.",
        "worker ended with exit code 1; it starts again in 2 s.",
    ]


def test_who_ran_for_a_minute_is_well_again() -> None:
    patient, said = Patient(dead=True), list[str]()
    watch = Watch(patient, started_at=0.0, deaths_in_a_row=5)

    look_after(watch, said.append, now=60.0)

    assert said == ["worker ended with exit code 1; it starts again in 0.5 s."]


def test_nobody_is_started_before_the_pause_is_over() -> None:
    patient = Patient(dead=True)
    watch = Watch(patient, started_at=0.0)
    look_after(watch, lambda _: None, now=0.0)

    look_after(watch, lambda _: None, now=0.49)
    assert patient.dead

    look_after(watch, lambda _: None, now=0.5)
    assert not patient.dead


def test_a_start_that_is_refused_says_why_and_is_tried_again() -> None:
    patient, said = Patient(dead=True, refuses=True), list[str]()
    watch = Watch(patient, started_at=0.0)
    look_after(watch, said.append, now=0.0)

    look_after(watch, said.append, now=0.5)

    assert said[-1] == "worker could not start: The disk is full; it starts again in 1 s."
    assert watch.start_again_at == 1.5


@given(st.integers(min_value=1, max_value=10**6))
def test_the_pause_grows_and_stays_under_half_a_minute(deaths: int) -> None:
    assert 0.5 <= pause_before_start(deaths) <= pause_before_start(deaths + 1) <= 30
