"""What we send has the shape of the examples in Meta's own collection of requests, where that is at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.events import MediaKind
from dragoman.channels.messenger.render import render
from tests.channels.messenger.conftest import NOW
from tests.specs import spec

COLLECTION = "meta/messenger-platform-api.postman_collection.json"

# Documented in the reference of the Send API, and in none of the examples.
BEYOND_THE_EXAMPLES = {"messaging_type", "tag", "message.metadata", "reply_to", "reply_to.mid"}

FILE = OutgoingFile(kind=MediaKind.IMAGE, name="a.png", mime_type="image/png", size_bytes=1, content=b"x")


def examples() -> list[dict[str, Any]]:
    """The bodies of all requests to ``/{page-id}/messages``."""
    requests = _requests(spec(COLLECTION))
    bodies = [each["body"]["raw"] for each in requests if _address(each).endswith("/{{page-id}}/messages")]
    assert bodies
    return [json.loads(body) for body in bodies]


def _requests(folder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in folder.get("item", []):
        if "request" in item:
            yield item["request"]
        yield from _requests(item)


def _address(request: dict[str, Any]) -> str:
    url = request["url"]
    return str(url if isinstance(url, str) else url["raw"])


def paths(value: Any, above: str = "") -> set[str]:
    if not isinstance(value, dict):
        return set()
    here = {f"{above}{key}" for key in value}
    return here.union(*(paths(inner, f"{above}{key}.") for key, inner in value.items()))


LATE = NOW - timedelta(days=3)


@pytest.mark.parametrize(
    "outgoing",
    [
        Outgoing(to="765", correlation="c", text="Hello!"),
        Outgoing(to="765", correlation="c", text="That one", reply_to="m_1"),
        Outgoing(to="765", correlation="c", text="Late", last_customer_at=LATE, customer_wrote_at=LATE),
        Outgoing(to="765", correlation="c", file=FILE),
    ],
)
def test_a_request_has_no_field_that_meta_does_not_know(outgoing: Outgoing) -> None:
    known = set().union(*(paths(example) for example in examples()))

    assert paths(render(outgoing, NOW).body) <= known | BEYOND_THE_EXAMPLES


def test_a_text_and_a_picture_are_addressed_and_built_like_the_examples() -> None:
    text = next(example for example in examples() if example["message"].get("text") == "Hello!")
    picture = next(example for example in examples() if _is_picture(example["message"]))

    said = render(Outgoing(to=text["recipient"]["id"], correlation="c", text="Hello!"), NOW).body
    shown = render(Outgoing(to="765", correlation="c", file=FILE), NOW).body

    assert {**said["message"], "metadata": None} == {**text["message"], "metadata": None}
    assert said["recipient"] == text["recipient"]
    assert shown["message"]["attachment"]["type"] == picture["message"]["attachment"]["type"]


def _is_picture(message: dict[str, Any]) -> bool:
    return bool(message.get("attachment", {}).get("type") == "image")
