"""The scorecards' keeper notices what is claimed and is not so; what the real ones claim, `make check` looks at."""

from __future__ import annotations

import msgspec
import pytest

from tools.scorecards import Line, Scorecard, faults, scorecard

TEST = "tests/channels/test_payloads.py::test_a_payload_gives_these_events"


@pytest.fixture
def card() -> Scorecard:
    return scorecard("telegram")


def test_a_card_that_claims_what_is_so_has_no_fault(card: Scorecard) -> None:
    assert faults("telegram", card) == []


def test_a_kind_that_a_card_is_silent_about_is_named(card: Scorecard) -> None:
    silent = {kind: line for kind, line in card.inbound.items() if kind != "sticker"}

    assert faults("telegram", msgspec.structs.replace(card, inbound=silent)) == [
        "[inbound] says nothing of sticker."
    ]


@pytest.mark.parametrize(
    ("table", "kind", "line", "fault"),
    [
        ("inbound", "sticker", Line(done="message__text"), "The body message__text gives no sticker."),
        (
            "inbound",
            "sticker",
            Line(missing="No."),
            "sticker is not done, and yet the body message__sticker gives it.",
        ),
        ("outbound", "sticker", Line(done=TEST), "sticker is declared impossible by the capabilities."),
        ("outbound", "image", Line(missing="No."), "image is declared possible by the capabilities."),
        ("around", "errors", Line(done=f"{TEST}_not"), f"errors is proved by {TEST}_not, which is no test."),
        ("around", "errors", Line(), "errors must be one of done, not_offered and missing."),
    ],
)
def test_what_is_claimed_and_is_not_so_is_told(
    card: Scorecard, table: str, kind: str, line: Line, fault: str
) -> None:
    claimed = {**getattr(card, table), kind: line}

    assert fault in faults("telegram", msgspec.structs.replace(card, **{table: claimed}))
