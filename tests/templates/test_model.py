"""Filling in: what a template then says, and what the platform would not take."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.channels.contract import Gap, GapKind, Template, TemplateButton, TemplateState
from dragoman.channels.events import MediaKind
from dragoman.channels.registry import channel
from dragoman.kit.errors import Refused
from dragoman.templates.model import check_head, filled_in, filled_of, parts_of, said_by

RULE = channel("whatsapp").capabilities.templates
assert RULE is not None

GAPS = (Gap(name="head.1", max=60), Gap(name="body.1", max=1024), Gap(name="body.2", max=1024))
ORDER = Template(
    name="order",
    language="en",
    state=TemplateState.APPROVED,
    head="Order {{head.1}}",
    body="{{body.1}}: {{body.2}}, {{body.1}}!",
    foot="Espresso & Co.",
    buttons=(TemplateButton(title="Thanks"),),
    gaps=GAPS,
)
VALUES = {"head.1": "4711", "body.1": " Ann ", "body.2": "{{body.1}}"}


def refusal(template: Template, values: dict[str, str]) -> str:
    assert RULE is not None
    with pytest.raises(Refused) as refused:
        filled_in(template, values, RULE)
    return refused.value.message


def test_every_gap_gets_its_value_and_a_value_is_never_taken_for_a_gap() -> None:
    assert RULE is not None
    filled = filled_in(ORDER, VALUES, RULE)

    assert said_by(ORDER, filled) == "Order 4711\n\nAnn: {{body.1}}, Ann!\n\nEspresso & Co."
    (part,) = parts_of(ORDER, filled)
    assert (part["name"], part["buttons"]) == ("order", ["Thanks"])
    assert filled_of([{"type": "attachment"}, part]) == filled
    assert filled_of([{"type": "attachment"}]) is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"body.1": " "}, "Something is still to be filled in."),
        ({"body.1": "two\nlines"}, "What is filled in stands on one line, without tabs."),
        ({"body.1": "a\ttab"}, "What is filled in stands on one line, without tabs."),
        ({"body.1": "far    apart"}, "What is filled in has at most 3 spaces in a row."),
        ({"head.1": "x" * 61}, "What is filled in has 61 characters; at most 60 fit there."),
        ({"body.2": "x" * 1014}, "With its gaps filled in it has 1025 characters; the platform takes 1024."),
    ],
)
def test_what_the_platform_would_not_take_is_refused_with_a_sentence(
    values: dict[str, str], sentence: str
) -> None:
    assert refusal(ORDER, VALUES | values) == sentence


@pytest.mark.parametrize("state", [state for state in TemplateState if state is not TemplateState.APPROVED])
def test_only_what_is_approved_is_filled_in(state: TemplateState) -> None:
    template = Template(name="a", language="en", state=state, body="Hello")

    assert refusal(template, {}).startswith("The platform no longer allows this template")


def test_a_place_at_its_head_is_given_in_degrees_and_shown_as_one() -> None:
    assert RULE is not None
    gaps = tuple(Gap(name=f"head.{kind}", kind=kind, max=100) for kind in GapKind if kind != "text")
    template = Template(name="a", language="en", state=TemplateState.APPROVED, body="Here", gaps=gaps)
    at = {"head.latitude": "59.91", "head.longitude": "10.75", "head.place_name": "Us"}
    values = at | {"head.place_address": "Torggata 1"}

    place, _ = parts_of(template, filled_in(template, values, RULE))

    assert place == {
        "type": "location", "latitude": 59.91, "longitude": 10.75, "title": "Us", "address": "Torggata 1",
    }  # fmt: skip
    for wrong in ("north", "91", "1e3", "٥٩"):
        assert refusal(template, values | {"head.latitude": wrong}).startswith("A place is given in degrees")


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "A file belongs at the head"),
        ([{"kind": "image", "mime_type": "image/png", "size_bytes": 1}] * 2, "A file belongs at the head"),
        ([{"kind": "video", "mime_type": "video/mp4", "size_bytes": 1}], "A file belongs at the head"),
        ([{"kind": "image", "mime_type": "image/webp", "size_bytes": 1}], "The platform takes no such file"),
        ([{"kind": "image", "mime_type": "image/png", "size_bytes": 6 * 1024**2}], "The file at the head has 5 MB"),
    ],
)  # fmt: skip
def test_its_head_takes_one_file_of_its_kind(files: list[dict[str, Any]], sentence: str) -> None:
    assert RULE is not None
    with_picture = Template(
        name="a", language="en", state=TemplateState.APPROVED, body="Look", head_file=MediaKind.IMAGE
    )

    with pytest.raises(Refused, match=sentence):
        check_head(with_picture, files, RULE)
