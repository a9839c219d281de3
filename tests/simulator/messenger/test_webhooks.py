"""Webhooks of a page: the handshake, the events, their signatures, and what happens when nobody answers."""

import asyncio
from typing import Any

import pytest

from dragoman.simulator.acts import (
    Act,
    Edit,
    Press,
    QuickReply,
    React,
    Read,
    SendLocation,
    SendMedia,
    SendOther,
    Start,
    Unheard,
)
from dragoman.simulator.journal import Kind
from dragoman.simulator.messenger.rarities import RARE_EVENTS, RARE_MESSAGES
from dragoman.simulator.running import Simulator, SimulatorRefusedError
from tests.simulator.messenger.page import FIELDS, GraphRefusal, PageInbox, is_signed
from tests.simulator.receiver import Receiver


@pytest.fixture
async def inbox(simulator: Simulator, receiver: Receiver) -> PageInbox:
    return await PageInbox.begin(simulator, receiver)


async def test_a_callback_that_does_not_know_the_verify_token_is_not_taken(inbox: PageInbox) -> None:
    app = inbox.page
    wrong = {"object": "page", "callback_url": f"{inbox.receiver.url}/hook", "fields": "messages"}

    with pytest.raises(GraphRefusal, match="HTTP Status Code = 403") as refusal:
        await inbox.call(
            "POST",
            f"{app.app_id}/subscriptions",
            token=f"{app.app_id}|{app.app_secret}",
            verify_token="wrong",
            **wrong,
        )

    assert refusal.value.code == 2200


async def test_a_subscription_can_be_read_back_and_ended(inbox: PageInbox) -> None:
    page = f"{inbox.page.page_id}/subscribed_apps"

    [app] = (await inbox.call("GET", page))["data"]
    assert (app["id"], app["subscribed_fields"]) == (inbox.page.app_id, FIELDS.split(","))
    await inbox.call("DELETE", page)

    assert (await inbox.call("GET", page))["data"] == []
    with pytest.raises(GraphRefusal, match="messaging_seen"):
        await inbox.call("POST", page, subscribed_fields="messages,messaging_seen")


async def test_a_burst_arrives_in_order_signed_over_its_exact_bytes(inbox: PageInbox) -> None:
    mids = await inbox.says("Grüße", "220 V?", "😉 https://x.no/")

    posts = await inbox.posts(3)
    assert [post.json["entry"][0]["messaging"][0]["message"] for post in posts] == [
        {"mid": mids[0], "text": "Grüße"},
        {"mid": mids[1], "text": "220 V?"},
        {"mid": mids[2], "text": "😉 https://x.no/"},
    ]
    assert rb"Gr\u00fc\u00dfe" in posts[0].body
    assert rb"\ud83d\ude09 https:\/\/x.no\/" in posts[2].body
    assert not is_signed(posts[0], "another secret")
    item = posts[0].json["entry"][0]["messaging"][0]
    assert (item["sender"], item["recipient"]) == ({"id": inbox.psid}, {"id": inbox.page.page_id})
    notes = await inbox.simulator.settled_notes(Kind.ACKNOWLEDGED, inbox.page.page_id)
    assert [note.about.key for note in notes] == mids


async def test_the_same_customer_is_another_psid_to_another_page(inbox: PageInbox) -> None:
    other = await inbox.simulator.new_page()

    assert await inbox.simulator.psid(other.page_id, inbox.customer) != inbox.psid


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (SendMedia(kind="photo"), "image"),
        (SendMedia(kind="animation"), "image"),
        (SendMedia(kind="video"), "video"),
        (SendMedia(kind="voice"), "audio"),
        (SendMedia(kind="document"), "file"),
        (SendMedia(kind="sticker"), "sticker"),
        (SendLocation(), "location"),
    ],
)
async def test_each_kind_of_attachment_has_its_type(inbox: PageInbox, act: Act, kind: str) -> None:
    await inbox.does(act)

    [attachment] = (await inbox.item())["message"]["attachments"]
    assert attachment["type"] == kind


async def test_several_photos_of_one_send_are_one_message_and_their_links_need_no_token(
    inbox: PageInbox,
) -> None:
    await inbox.does(SendMedia(kind="photo", count=2, caption="front and back"))

    message, words = (item["message"] for item in await inbox.items(2))
    links = [attachment["payload"]["url"] for attachment in message["attachments"]]
    download = await inbox.simulator.http.get(links[1])
    forged = await inbox.simulator.http.get(links[1].replace("oh=", "oh=0"))
    assert (len(links), words["text"]) == (2, "front and back")
    assert (download.headers["content-type"], download.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert forged.status_code == 403


@pytest.mark.parametrize("kind", RARE_MESSAGES)
async def test_a_rare_message_is_sent_too(inbox: PageInbox, kind: str) -> None:
    [mid] = await inbox.does(SendOther(kind=kind))

    assert (await inbox.item())["message"]["mid"] == mid


@pytest.mark.parametrize("kind", RARE_EVENTS)
async def test_a_rare_event_is_sent_too(inbox: PageInbox, kind: str) -> None:
    await inbox.does(SendOther(kind=kind))

    item = await inbox.item()
    assert set(item) - {"sender", "recipient", "timestamp"}


async def test_a_reply_says_whether_one_quotes_oneself(inbox: PageInbox) -> None:
    [first] = await inbox.says("red or steel?")
    await inbox.says("red", reply_to=first)

    _, item = await inbox.items(2)
    assert item["message"]["reply_to"] == {"mid": first, "is_self_reply": True}


async def test_an_edit_is_counted_and_the_sixth_is_not_possible(inbox: PageInbox) -> None:
    [mid] = await inbox.says("helo")
    for number in range(1, 6):
        await inbox.does(Edit(message=mid, text=f"hello {number}"))

    items = await inbox.items(6)
    assert items[5]["message_edit"] == {"mid": mid, "text": "hello 5", "num_edit": 5}
    with pytest.raises(SimulatorRefusedError, match="five times"):
        await inbox.does(Edit(message=mid, text="hello 6"))


async def test_a_reaction_comes_with_its_name_and_its_emoji(inbox: PageInbox) -> None:
    [mid] = await inbox.says("hello")
    await inbox.does(React(message=mid, emoji="❤️"))
    await inbox.does(React(message=mid))

    _, loved, gone = await inbox.items(3)
    assert loved["reaction"] == {"reaction": "love", "emoji": "❤️", "action": "react", "mid": mid}
    assert gone["reaction"] == {"action": "unreact", "mid": mid}


async def test_buttons_quick_replies_and_links_have_their_own_events(inbox: PageInbox) -> None:
    await inbox.does(Start())
    await inbox.does(QuickReply(title="Red", payload="COLOR_RED"))
    await inbox.does(Start(payload="SPRING"))

    started, tapped, linked = await inbox.items(3)
    assert started["postback"]["payload"] == "GET_STARTED"
    assert tapped["message"]["quick_reply"] == {"payload": "COLOR_RED"}
    assert linked["referral"] == {"ref": "SPRING", "source": "SHORTLINK", "type": "OPEN_THREAD"}


async def test_an_echo_and_a_delivery_follow_each_answer_and_a_read_when_it_is_read(
    inbox: PageInbox,
) -> None:
    await inbox.says("hello")
    sent = await inbox.send({"text": "Sure!", "metadata": "my-correlation-id"})
    await inbox.does(Read())
    await inbox.does(Read())

    _, echo, delivery, read = await inbox.items(4)
    assert (echo["sender"], echo["recipient"]) == ({"id": inbox.page.page_id}, {"id": inbox.psid})
    assert echo["message"] == {
        "is_echo": True,
        "app_id": int(inbox.page.app_id),
        "metadata": "my-correlation-id",
        "mid": sent["message_id"],
        "text": "Sure!",
    }
    assert delivery["delivery"] == {"mids": [sent["message_id"]], "watermark": echo["timestamp"]}
    assert read["read"]["watermark"] >= echo["timestamp"]


async def test_an_answer_typed_in_the_page_inbox_is_an_echo_of_another_app(inbox: PageInbox) -> None:
    await inbox.says("hello")
    await inbox.simulator.post(
        "/page-inbox", account=inbox.page.page_id, customer=inbox.customer, text="From my phone"
    )

    _, echo, _ = await inbox.items(3)
    assert (echo["message"]["app_id"], echo["message"]["text"]) == (263902037430900, "From my phone")


async def test_while_another_app_has_the_thread_everything_is_on_standby(inbox: PageInbox) -> None:
    await inbox.says("hello")
    thread = {"account": inbox.page.page_id, "customer": inbox.customer}
    await inbox.simulator.post("/thread-owner", **thread, app="263902037430900")
    await inbox.says("anybody?")

    _, passed = await inbox.items(2)
    [waiting] = await inbox.items(1, box="standby")
    assert passed["pass_thread_control"]["new_owner_app_id"] == "263902037430900"
    assert waiting["message"]["text"] == "anybody?"
    with pytest.raises(GraphRefusal) as refusal:
        await inbox.send({"text": "Sure!"})
    assert refusal.value.subcode == 2018300


async def test_an_event_of_an_unheard_kind_can_be_sent(inbox: PageInbox) -> None:
    await inbox.does(Unheard(kind="hologram", body={"depth": 3}))

    assert (await inbox.item())["hologram"] == {"depth": 3}


async def test_a_post_may_hold_several_entries(inbox: PageInbox) -> None:
    await inbox.simulator.post("/together", app=inbox.page.app_id, entries_per_post=2)
    ida = await inbox.simulator.new_customer("messenger", "Ida")
    await asyncio.gather(inbox.says("one"), inbox.simulator.says("messenger", inbox.page.page_id, ida, "two"))

    [post] = await inbox.posts(1)
    assert sorted(_texts(post.json)) == ["one", "two"]
    assert len(post.json["entry"]) == 2


def _texts(body: dict[str, Any]) -> list[str]:
    return [item["message"]["text"] for entry in body["entry"] for item in entry["messaging"]]


async def test_a_refused_post_comes_again_at_once(inbox: PageInbox) -> None:
    refused = iter([500, 500])
    inbox.receiver.answer = lambda _: (next(refused, 200), b"")

    await inbox.says("hello")

    first, second, third = await inbox.posts(3)
    assert first.body == second.body == third.body


async def test_after_an_hour_of_failing_the_page_is_unsubscribed(inbox: PageInbox) -> None:
    inbox.receiver.answer = lambda _: (500, b"")
    await inbox.says("hello")
    await inbox.posts(2)

    await inbox.simulator.post("/clock", offset_seconds=3_700)
    try:
        await inbox.simulator.settled_notes(Kind.REJECTED, inbox.page.page_id)
        subscribed = await inbox.call("GET", f"{inbox.page.page_id}/subscribed_apps")
    finally:
        await inbox.simulator.post("/clock", offset_seconds=0)

    assert subscribed["data"] == []


async def test_a_pressed_button_brings_its_payload(inbox: PageInbox) -> None:
    await inbox.says("hello")
    button = {"type": "postback", "title": "220 V", "payload": "VOLT_220"}
    template = {"template_type": "button", "text": "Which?", "buttons": [button]}
    sent = await inbox.send({"attachment": {"type": "template", "payload": template}})

    await inbox.does(Press(message=sent["message_id"], data="VOLT_220", title="220 V"))

    *_, pressed = await inbox.items(4)
    assert pressed["postback"] == {"mid": sent["message_id"], "title": "220 V", "payload": "VOLT_220"}
    assert (await inbox.phone()).lines[1].buttons == [("220 V", "VOLT_220")]
