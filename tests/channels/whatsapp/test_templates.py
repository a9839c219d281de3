"""Templates as Meta lists them, and as they are sent."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.channels.contract import FilledTemplate, Outgoing, TemplateState
from dragoman.channels.events import MediaKind
from dragoman.channels.whatsapp.client import WhatsAppClient
from dragoman.channels.whatsapp.render import render
from dragoman.channels.whatsapp.templates import read_page
from tests.channels.messenger.graph_server import GraphServer, answer
from tests.channels.whatsapp.conftest import NOW, NUMBER, WABA

ORDER = {
    "name": "order",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["4711"]}},
        {"type": "BODY", "text": "{{2}}, {{1}}!", "example": {"body_text": [["Ann", "Hello"]]}},
        {"type": "FOOTER", "text": "Espresso & Co."},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Thanks"},
                {
                    "type": "URL",
                    "text": "Follow",
                    "url": "https://a.example/t/{{1}}",
                    "example": ["https://a.example/t/K7"],
                },
                {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+4712345678"},
            ],
        },
    ],
}


def read(**changed: Any) -> Any:
    (template,) = read_page({"data": [{**ORDER, **changed}]}).templates
    return template


def sent(values: dict[str, str], name: str = "order") -> Any:
    template = FilledTemplate(name=name, language="en_US", values=values)
    body = render(Outgoing(to="16505551234", correlation="c", template=template), None, NOW)
    return body["template"].get("components")


def test_all_of_its_parts_are_read_with_their_gaps_and_examples() -> None:
    template = read()

    assert (template.head, template.body) == ("Order {{head.1}}", "{{body.2}}, {{body.1}}!")
    assert [(gap.name, gap.example) for gap in template.gaps] == [
        ("head.1", "4711"), ("body.1", "Ann"), ("body.2", "Hello"), ("button.1.1", "K7"),
    ]  # fmt: skip
    assert [(each.title, each.address) for each in template.buttons] == [
        ("Thanks", None),
        ("Follow", "https://a.example/t/{{button.1.1}}"),
        ("Call", "tel:+4712345678"),
    ]


def test_values_go_back_into_the_parts_that_they_are_of_in_their_order() -> None:
    values = {f"body.{nth}": f"b{nth}" for nth in (10, 2, 1)} | {"head.1": "4711", "button.1.1": "K7"}

    head, body, button = sorted(
        sent(values), key=lambda part: ["header", "body", "button"].index(part["type"])
    )

    assert head["parameters"] == [{"type": "text", "text": "4711"}]
    assert [each["text"] for each in body["parameters"]] == ["b1", "b2", "b10"]
    assert button == {
        "type": "button",
        "sub_type": "url",
        "index": "1",
        "parameters": [{"type": "text", "text": "K7"}],
    }


def test_named_gaps_keep_their_names() -> None:
    example = {"body_text_named_params": [{"param_name": "first_name", "example": "Ann"}]}
    body = {"type": "BODY", "text": "Hello {{first_name}}", "example": example}

    template = read(components=[body])

    (gap,) = template.gaps
    assert (gap.name, gap.label, gap.example) == ("body.first_name", "first name", "Ann")
    assert sent({"body.first_name": "Bo"})[0]["parameters"] == [
        {"type": "text", "parameter_name": "first_name", "text": "Bo"}
    ]


def test_a_place_at_its_head_goes_as_one() -> None:
    template = read(components=[{"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "Here"}])
    values = dict(zip([gap.name for gap in template.gaps], ["1", "2", "Us", "Oslo"], strict=True))

    (head,) = sent(values)

    place = {"latitude": "1", "longitude": "2", "name": "Us", "address": "Oslo"}
    assert head == {"type": "header", "parameters": [{"type": "location", "location": place}]}


@pytest.mark.parametrize(
    ("changed", "state", "said"),
    [
        ({"status": "PENDING"}, TemplateState.PENDING, "still looking"),
        ({"status": "IN_APPEAL"}, TemplateState.PENDING, "still looking"),
        ({"status": "REJECTED", "rejected_reason": "SCAM"}, TemplateState.REJECTED, "fraud"),
        ({"status": "REJECTED", "rejected_reason": "OF_TOMORROW"}, TemplateState.REJECTED, "may say why"),
        ({"status": "PAUSED"}, TemplateState.PAUSED, "paused"),
        ({"status": "DISABLED"}, TemplateState.DISABLED, "switched it off"),
        ({"status": "OF_TOMORROW"}, TemplateState.DISABLED, "switched it off"),
        ({"category": "AUTHENTICATION"}, TemplateState.UNFIT, "code for signing in"),
        ({"components": [{"type": "CAROUSEL"}]}, TemplateState.UNFIT, "carousel"),
        ({"components": [{"type": "HEADER", "format": "PRODUCT"}]}, TemplateState.UNFIT, "product"),
        ({"components": [{"type": "BUTTONS", "buttons": [{"type": "FLOW"}]}]}, TemplateState.UNFIT, "flow"),
    ],
)
def test_what_cannot_be_sent_says_why(changed: dict[str, Any], state: TemplateState, said: str) -> None:
    template = read(**changed)

    assert template.state is state
    assert said in template.reason


@pytest.mark.parametrize(
    ("form", "kind"),
    [("IMAGE", MediaKind.IMAGE), ("VIDEO", MediaKind.VIDEO), ("DOCUMENT", MediaKind.FILE)],
)
def test_a_file_at_its_head_is_wanted_by_its_kind(form: str, kind: MediaKind) -> None:
    assert read(components=[{"type": "HEADER", "format": form}]).head_file is kind


@pytest.mark.parametrize("nonsense", [None, 7, "x", [], [1], {"a": 1}, [[]], {"text": {"text": 1}}])
def test_nonsense_in_a_list_stops_nothing(nonsense: Any) -> None:
    for place in ("components", "status", "category", "rejected_reason"):
        assert read(**{place: nonsense}).name == "order"
    for component in ({"type": nonsense}, {"type": "BODY", "text": nonsense, "example": nonsense},
                      {"type": "BUTTONS", "buttons": nonsense}, {"type": "HEADER", "format": nonsense}):  # fmt: skip
        read(components=[component])
    assert read_page({"data": nonsense, "paging": nonsense}).templates == ()


async def test_they_are_listed_page_by_page(client: WhatsAppClient, graph: GraphServer) -> None:
    first = {"data": [ORDER], "paging": {"cursors": {"after": "QVFI"}, "next": "https://graph.example/next"}}
    graph.says("GET", f"{WABA}/message_templates", answer(first))
    page = await client.templates(NUMBER, None)
    graph.says(
        "GET", f"{WABA}/message_templates", answer({"data": [], "paging": {"cursors": {"after": "Z"}}})
    )
    last = await client.templates(NUMBER, page.after)

    asked = [request.target for request in graph.asked("GET", f"{WABA}/message_templates")]
    assert (page.after, last.after) == ("QVFI", None)
    assert "after=" not in asked[0]
    assert "after=QVFI" in asked[1]
