"""Choices to press, a location and a contact: sent, seen by the customer, and answered."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.channels.registry import channel
from dragoman.kit.ids import new_id
from dragoman.simulator.acts import Press, QuickReply
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.phone import Line
from tests.inbox.inbox import Customer, Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLATFORMS = ["telegram", "messenger", "instagram", "whatsapp"]
WITH_PLACES = ["telegram", "whatsapp"]
DAYS = ["Friday", "Saturday, 2 pm"]
SHOP = {"latitude": 52.5163, "longitude": 13.3777, "title": "Beans & Co", "address": "Pariser Platz 1"}
LUIS = {"name": "Luis Ortega", "phone": "+49 (0)30 / 123-456"}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_choice_that_is_pressed_answers_its_question(inbox: Inbox, platform: str) -> None:
    customer, conversation = await _asked(inbox, platform)

    await inbox.maria.reply(conversation, "When shall we come", choices=DAYS)
    await inbox.work()
    line = await _ours(customer)
    await _press(customer, line, "Saturday, 2 pm")
    await inbox.work()

    assert (line.text, [title for title, _ in _offered(line)]) == ("When shall we come", DAYS)
    question, pressed = await inbox.bubble(), await _newest_of_theirs(inbox)
    assert question["parts"] == [{"type": "choices", "titles": DAYS}]
    assert (question["expects_answer"], question["delivery"]["reason"]) == (True, None)
    assert (pressed["text"], pressed["side"]) == ("Saturday, 2 pm", "customer")
    assert pressed["reply_to"] == {
        "id": question["id"], "side": "team", "text": "When shall we come", "kind": "choices",
    }  # fmt: skip
    assert (await inbox.row())["waiting_for"] == "us"


async def test_a_bare_ok_that_was_offered_is_an_answer(inbox: Inbox) -> None:
    """By itself it would be noise."""
    jun, conversation = await _asked(inbox, "messenger")

    await inbox.maria.reply(conversation, "We come on Friday", choices=["ok", "👍"])
    await inbox.work()
    await _press(jun, await _ours(jun), "👍")
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "us"


async def test_many_choices_on_whatsapp_are_a_list_whose_rows_can_be_pressed(inbox: Inbox) -> None:
    mei, conversation = await _asked(inbox, "whatsapp")
    hours = [f"Friday, at {hour} o'clock" for hour in range(8, 18)]

    await inbox.maria.reply(conversation, "When?", choices=hours)
    await inbox.work()
    await _press(mei, await _ours(mei), hours[9])
    await inbox.work()

    assert (await _newest_of_theirs(inbox))["reply_to"]["text"] == "When?"


async def test_a_question_with_choices_comes_after_all_else_in_its_reply(inbox: Inbox) -> None:
    """Messenger takes quick replies away once anything else is said."""
    jun, conversation = await _asked(inbox, "messenger")
    file = await inbox.upload("prices.txt", b"beans: 9 euro", "file")

    sent = await inbox.maria.reply(
        conversation, "Which one?", choices=["A", "B"], attachment_ids=[file], key="one-press"
    )
    again = await inbox.maria.reply(conversation, "whatever", key="one-press")
    await inbox.until(lambda: _count_of_ours(jun, 2))

    assert [[part["type"] for part in each["parts"]] for each in sent["messages"]] == [
        ["attachment"],
        ["choices"],
    ]
    assert [each["id"] for each in again["messages"]] == [each["id"] for each in sent["messages"]]
    assert [title for title, _ in _offered(await _ours(jun))] == ["A", "B"]


@pytest.mark.parametrize("platform", WITH_PLACES)
async def test_a_location_arrives_with_its_name_and_address(inbox: Inbox, platform: str) -> None:
    customer, conversation = await _asked(inbox, platform)

    await inbox.maria.reply(conversation, "We are here:", location=SHOP)
    await inbox.until(lambda: _count_of_ours(customer, 2))

    assert (await _ours(customer)).text == "Beans & Co, Pariser Platz 1, 52.5163, 13.3777"
    bubble = await inbox.bubble()
    assert (bubble["text"], bubble["parts"]) == (None, [{"type": "location", **SHOP}])
    preview = (await inbox.row())["preview"]
    assert (preview["first"]["kind"], preview["first"]["text"]) == ("location", None)


@pytest.mark.parametrize("platform", WITH_PLACES)
async def test_a_location_needs_no_name_and_quotes_what_it_answers(inbox: Inbox, platform: str) -> None:
    customer, conversation = await _asked(inbox, platform)
    asked = (await inbox.timeline())[0]
    bare = {"latitude": -33.8568, "longitude": 151.2153}

    await inbox.maria.reply(conversation, "", location=bare, reply_to=asked["id"])
    await inbox.work()

    line = await _ours(customer)
    assert (line.text, line.reply_to is not None) == ("-33.8568, 151.2153", True)
    assert (await inbox.bubble())["reply_to"]["text"] == asked["text"]


@pytest.mark.parametrize("platform", WITH_PLACES)
async def test_a_contact_arrives_with_a_number_that_can_be_dialled(inbox: Inbox, platform: str) -> None:
    customer, conversation = await _asked(inbox, platform)

    await inbox.maria.reply(
        conversation, "", contact={"name": " Luis  Ortega", "phone": "0049 (0)30 / 123-456"}
    )
    await inbox.work()

    assert (await _ours(customer)).text == "Luis Ortega +4930123456"
    assert (await inbox.bubble())["parts"] == [
        {"type": "contact", "name": "Luis Ortega", "phone": "+4930123456"}
    ]


async def test_what_failed_is_tried_again_with_its_choices(inbox: Inbox) -> None:
    ana, conversation = await _asked(inbox, "telegram")
    broken = Fault(
        kind=Trouble.ERROR, side="api", account=ana.account, method="sendMessage", status=400, times=1
    )
    await inbox.house.simulator.trouble(broken)
    await inbox.maria.reply(conversation, "Which one", choices=["A", "B"])
    await inbox.work()
    failed = await inbox.bubble()
    assert failed["delivery"]["state"] == "failed"

    await inbox.maria.post(f"messages/{failed['id']}/retry", seen_seq=await inbox.seq())
    await inbox.all_due_now()

    assert [title for title, _ in _offered(await _ours(ana))] == ["A", "B"]


@pytest.mark.parametrize(
    ("platform", "more", "field", "words"),
    [
        ("telegram", {"text": "", "choices": ["A"]}, "choices", "below a question"),
        ("telegram", {"choices": ["A", " "]}, "choices", "needs words"),
        ("telegram", {"choices": ["A", "B", " A "]}, "choices", "“A” is offered twice"),
        ("messenger", {"choices": ["x" * 21]}, "choices", "has 21 characters; a choice has 20 at most"),
        ("messenger", {"choices": [str(n) for n in range(14)]}, "choices", "at most 13"),
        ("whatsapp", {"choices": ["x" * 25]}, "choices", "has 25 characters; a choice has 24 at most"),
        ("messenger", {"location": SHOP}, "location", "no locations"),
        ("instagram", {"contact": LUIS}, "contact", "no contact cards"),
        ("telegram", {"location": {**SHOP, "latitude": 91}}, "location.latitude", "must be 90"),
        ("telegram", {"location": {**SHOP, "title": "x" * 101}}, "location", "100 characters at most"),
        ("telegram", {"contact": {"name": "Luis", "phone": "030 123456"}}, "contact", "country first"),
        ("telegram", {"contact": {"name": " ", "phone": "+4930123456"}}, "contact", "needs a name"),
    ],
)
async def test_what_the_channel_does_not_carry_is_refused_beside_its_field(
    inbox: Inbox, platform: str, more: dict[str, Any], field: str, words: str
) -> None:
    _, conversation = await _asked(inbox, platform)

    refused = await inbox.try_to_reply(conversation, **{"text": "Which one?", **more})

    assert refused.status_code == 422
    assert words in refused.json()["error"]["fields"][field]
    assert len(await inbox.timeline()) == 1


async def test_a_long_question_is_cut_where_choices_may_stand_below_it(inbox: Inbox) -> None:
    mei, conversation = await _asked(inbox, "whatsapp")
    rule = channel("whatsapp").capabilities.choices
    assert rule is not None
    assert rule.text is not None

    sent = await inbox.maria.reply(conversation, f"{'lamp ' * 300}\n\nWhich one?", choices=["A"])
    await inbox.until(lambda: _count_of_ours(mei, 2))

    assert all(len(each["text"]) <= rule.text.max for each in sent["messages"])
    assert [len(_offered(line)) for line in await mei.screen() if not line.mine] == [0, 1]


async def test_a_draft_keeps_what_it_offers(inbox: Inbox) -> None:
    _, conversation = await _asked(inbox, "telegram")
    offered = {"choices": ["A", ""], "location": SHOP, "contact": {"name": "Luis", "phone": "+"}}
    path = f"conversations/{conversation}/drafts/{new_id()}"

    answer = await inbox.maria.asks("POST", path, json={"version": 0, "text": "Which", **offered})

    [draft] = (await inbox.maria.get(f"conversations/{conversation}"))["drafts"]
    for kept in (answer.json()["draft"], draft):
        assert {name: kept[name] for name in offered} == offered


async def _asked(inbox: Inbox, platform: str) -> tuple[Customer, str]:
    customer: Customer = await getattr(inbox, f"on_{platform}")()
    await customer.says("do you come and repair it?")
    await inbox.work()
    return customer, (await inbox.row())["id"]


async def _newest_of_theirs(inbox: Inbox) -> Row:
    """Not the last of all: WhatsApp's times are cut to the second, ours are not."""
    return [message for message in await inbox.timeline() if message["side"] == "customer"][-1]


async def _ours(customer: Customer) -> Line:
    return [line for line in await customer.screen() if not line.mine][-1]


async def _count_of_ours(customer: Customer, count: int) -> bool:
    return len(await customer.sees()) == count


def _offered(line: Line) -> list[tuple[str, str]]:
    return line.buttons or line.quick_replies


async def _press(customer: Customer, line: Line, title: str) -> None:
    """As the phone does: a quick reply is a message by itself, a button names where it stands."""
    payload = dict(_offered(line))[title]
    quick = bool(line.quick_replies)
    await customer.does(
        QuickReply(title=title, payload=payload)
        if quick
        else Press(message=line.id, data=payload, title=title)
    )
