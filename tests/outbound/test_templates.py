"""Templates: what the platform has is listed, filled in, sent whatever the window says, and read by the customer."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from dragoman.kit.ids import new_id
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

ON_ITS_WAY = {
    "name": "order_on_its_way",
    "language": "en_US",
    "values": {"head.1": "4711", "body.1": "Mei", "body.2": "Friday", "button.0.1": "K7"},
}
ASKED = {"name": "we_have_an_answer", "language": "en_US"}
PART = {"name": "spare_part", "language": "en_US", "values": {"body.1": "Mei"}}
WORDS = "Order 4711\n\nHello Mei, your order left us today and arrives on Friday."


async def a_customer_of_two_days_ago(inbox: Inbox) -> tuple[Customer, str]:
    """The reply window is shut, and what templates there are is known."""
    mei = await inbox.on_whatsapp()
    await mei.says("is it there?")
    await inbox.work()
    await inbox.sql(
        """update conversations set last_customer_at = last_customer_at - %s::interval
           where workspace_id = %s""",
        timedelta(days=2),
        inbox.id,
    )
    return mei, (await inbox.row())["id"]


async def sends(inbox: Inbox, conversation: str, template: dict[str, Any], **more: Any) -> Any:
    more = {"seen_seq": await inbox.seq(), "idempotency_key": new_id().hex, **more}
    path = f"conversations/{conversation}/replies"
    return await inbox.maria.asks("POST", path, json={"template": template, **more})


async def the_channel(inbox: Inbox) -> dict[str, Any]:
    (found,) = (await inbox.maria.get("channels"))["channels"]
    channel: dict[str, Any] = found
    return channel


async def waba(inbox: Inbox) -> str:
    [(settings,)] = await inbox.sql("select settings from connections where workspace_id = %s", inbox.id)
    return str(settings["waba_id"])


async def judged(inbox: Inbox, name: str, status: str, reason: str = "NONE") -> None:
    """Meta judges a template anew, and tells."""
    order = {"name": name, "language": "en_US", "status": status, "reason": reason}
    await inbox.house.simulator.post("/numbers/template", account=await waba(inbox), **order)


async def test_a_template_reaches_somebody_whose_window_is_shut_with_all_its_gaps_filled_in(
    inbox: Inbox,
) -> None:
    mei, conversation = await a_customer_of_two_days_ago(inbox)
    key, seq = new_id().hex, await inbox.seq()

    first = await sends(inbox, conversation, ON_ITS_WAY, idempotency_key=key, seen_seq=seq)
    again = await sends(inbox, conversation, ON_ITS_WAY, idempotency_key=key, seen_seq=seq)
    await inbox.work()

    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert await mei.sees() == [WORDS]
    bubble = await inbox.bubble()
    assert (bubble["text"], bubble["delivery"]["state"]) == (WORDS, "delivered")
    assert bubble["parts"] == [{"type": "template", **ON_ITS_WAY, "buttons": ["Follow it"]}]
    row = await inbox.row()
    assert (row["preview"]["first"]["text"], row["waiting_for"]) == (WORDS, "them")


async def test_a_template_with_a_picture_at_its_head_and_buttons_to_press(inbox: Inbox) -> None:
    mei, conversation = await a_customer_of_two_days_ago(inbox)
    text = await inbox.upload("part.txt", b"no picture", "file")
    picture = await inbox.upload("part.png", a_picture(), "image")

    nowhere = await sends(inbox, conversation, {**ASKED, "language": "pl"})
    unfilled = await sends(inbox, conversation, {**PART, "values": {}}, attachment_ids=[picture])
    without = await sends(inbox, conversation, PART)
    wrong = await sends(inbox, conversation, PART, attachment_ids=[text])
    sent = await sends(inbox, conversation, PART, attachment_ids=[picture])
    await inbox.work()

    assert nowhere.json()["error"]["message"].startswith("There is no such template any more")
    assert unfilled.json()["error"]["message"] == "Something is still to be filled in."
    assert [each.status_code for each in (without, wrong, sent)] == [422, 422, 201], sent.text
    (line,) = [each for each in await mei.screen() if not each.mine]
    assert (line.text, line.media) == ("Is this the part that you need, Mei?", "image")
    assert [title for title, _ in line.buttons] == ["Yes", "No"]
    assert [part["type"] for part in (await inbox.bubble())["parts"]] == ["attachment", "template"]


async def test_they_are_listed_page_by_page_by_words_and_by_language_to_who_sees_the_channel(
    inbox: Inbox,
) -> None:
    await a_customer_of_two_days_ago(inbox)
    path = f"channels/{(await the_channel(inbox))['id']}/templates"

    first = await inbox.maria.get(path, limit=5)
    rest = await inbox.maria.get(path, cursor=first["next_cursor"])
    found = await inbox.maria.get(path, q="BESTELLUNG unterwegs")
    german = await inbox.maria.get(path, language="de")
    approved = await inbox.maria.get(path, approved=True)
    jonas = await inbox.a_member("Jonas")
    await inbox.sees_only(jonas)
    unseen = [await jonas.asks("GET", path), await jonas.asks("POST", f"{path}/look")]

    names = [(each["name"], each["language"]) for each in [*first["items"], *rest["items"]]]
    assert names == sorted(names)
    assert (len(names), rest["next_cursor"]) == (12, None)
    assert [each["language"] for each in found["items"]] == ["de"]
    assert [each["name"] for each in german["items"]] == ["order_on_its_way"]
    assert first["languages"] == ["de", "en", "en_US", "zh_TW"]
    states = {each["name"]: (each["state"], each["reason"]) for each in [*first["items"], *rest["items"]]}
    assert {each["name"] for each in approved["items"]} == {
        name for name, (state, _) in states.items() if state == "approved"
    }
    assert states["summer_sale"][1].startswith("Meta refused it: it advertises")
    assert states["sign_in_code"][0] == "unfit"
    assert [each.status_code for each in unseen] == [404, 404]


async def test_one_that_was_paused_while_it_was_held_is_not_sent(inbox: Inbox) -> None:
    mei, conversation = await a_customer_of_two_days_ago(inbox)
    await inbox.undo_seconds(60)
    assert (await the_channel(inbox))["templates"]["approved"] == 8
    await sends(inbox, conversation, ASKED)

    await judged(inbox, "we_have_an_answer", "PAUSED")
    await inbox.work()
    await inbox.all_due_now()

    assert (await the_channel(inbox))["templates"]["approved"] == 7
    bubble = await inbox.bubble()
    assert (await mei.sees(), bubble["delivery"]["state"]) == ([], "failed")
    assert bubble["delivery"]["reason"].startswith("The platform no longer allows this template")
    again = await inbox.maria.asks(
        "POST", f"messages/{bubble['id']}/retry", json={"seen_seq": await inbox.seq()}
    )
    assert (again.status_code, again.json()["error"]["code"]) == (422, "cannot_send")


async def test_one_that_says_something_else_by_now_is_not_sent(inbox: Inbox) -> None:
    mei, conversation = await a_customer_of_two_days_ago(inbox)
    await inbox.undo_seconds(60)
    await sends(inbox, conversation, ASKED)

    await inbox.sql(
        """update templates set content = jsonb_set(content, '{body}', '"Something else altogether."')
           where workspace_id = %s and name = 'we_have_an_answer'""",
        inbox.id,
    )
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'send'", inbox.id)
    await inbox.house.worker.work_off()

    delivery = (await inbox.bubble())["delivery"]
    assert (await mei.sees(), delivery["state"]) == ([], "failed")
    assert delivery["reason"].startswith("The template says something else by now")


async def test_what_the_platform_refused_first_is_known_at_once_and_by_a_press(inbox: Inbox) -> None:
    _, conversation = await a_customer_of_two_days_ago(inbox)
    await inbox.sql("update templates set state = 'approved' where workspace_id = %s", inbox.id)
    await inbox.sql(
        """update templates set content = jsonb_set(content, '{state}', '"approved"')
           where workspace_id = %s""",
        inbox.id,
    )

    paused = {"name": "come_back", "language": "en_US", "values": {"body.1": "Mei"}}
    sent = await sends(inbox, conversation, paused)
    await inbox.work()
    await inbox.work()

    assert sent.status_code == 201, sent.text
    assert (await inbox.bubble())["delivery"]["reason"] == "WhatsApp has paused or disabled this template."
    channel = await the_channel(inbox)
    assert channel["templates"]["approved"] == 8
    look = await inbox.maria.post(f"channels/{channel['id']}/templates/look")
    assert look == {"ok": True, "sentence": None, "wording": None}


def a_picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), (10, 200, 30)).save(made, "PNG")
    return made.getvalue()
