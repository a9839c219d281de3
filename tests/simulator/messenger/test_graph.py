"""The Graph API: what may be sent when, its errors, look-ups and history."""

import asyncio
import io
import json
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from dragoman.simulator.acts import Block, Delete, React, SendMedia, Unblock
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.messenger.signing import app_secret_proof
from dragoman.simulator.running import Simulator
from tests.simulator.messenger.page import GraphRefusal, PageInbox
from tests.simulator.receiver import Receiver

HOUR = 3_600
DAY = 24 * HOUR


@pytest.fixture
async def inbox(simulator: Simulator, receiver: Receiver) -> PageInbox:
    connected = await PageInbox.begin(simulator, receiver)
    await connected.says("hallo")
    return connected


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 40, 40)).save(out, "PNG")
    return out.getvalue()


async def test_an_answer_is_on_the_phone_and_in_the_notes_with_its_correlation(inbox: PageInbox) -> None:
    sent = await inbox.send({"text": "Ja, 220 V.", "metadata": "reply-17"})

    assert sent["recipient_id"] == inbox.psid
    assert [(line.mine, line.text) for line in (await inbox.phone()).lines] == [
        (True, "hallo"),
        (False, "Ja, 220 V."),
    ]
    [received] = await inbox.received()
    assert (received.chat, received.key, received.text, received.correlation) == (
        inbox.psid,
        sent["message_id"],
        "Ja, 220 V.",
        "reply-17",
    )


@pytest.mark.parametrize(
    ("parameters", "code", "subcode"),
    [
        ({"message": {"text": "x" * 2001}}, 100, None),
        ({"message": {"text": " "}}, 100, None),
        ({"message": {"text": "a", "metadata": "x" * 1000}}, 100, None),
        ({"message": {"text": "a"}, "recipient": {"id": "123"}}, 100, 2018001),
        ({"message": {"text": "a"}, "sender_action": "typing_on"}, 100, 2018014),
        ({"message": {"text": "a"}, "messaging_type": "SHOUT"}, 100, None),
        ({"message": {"text": "a"}, "messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE"}, 100, None),
        ({"message": {"text": "a"}, "reply_to": {"mid": "m_none"}}, 100, None),
        ({"message": {"attachment": {"type": "image", "payload": {"attachment_id": "1"}}}}, 100, 2018074),
        ({"message": {"attachment": {"type": "image", "payload": {"url": "ftp://x"}}}}, 100, 2018008),
        ({"message": {"text": "a", "quick_replies": [{"title": "a"}] * 14}}, 100, None),
    ],
)
async def test_what_meta_refuses_is_refused_with_its_codes(
    inbox: PageInbox, parameters: dict[str, Any], code: int, subcode: int | None
) -> None:
    message = {"recipient": {"id": inbox.psid}, "messaging_type": "RESPONSE", **parameters}

    with pytest.raises(GraphRefusal) as refusal:
        await inbox.call("POST", f"{inbox.page.page_id}/messages", **message)

    assert (refusal.value.code, refusal.value.subcode) == (code, subcode)
    assert await inbox.received() == []


async def test_after_24_hours_only_a_human_agent_may_answer_and_after_seven_days_nobody(
    inbox: PageInbox,
) -> None:
    human = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    try:
        await inbox.simulator.post("/clock", offset_seconds=25 * HOUR)
        with pytest.raises(GraphRefusal) as closed:
            await inbox.send({"text": "Too late"})
        await inbox.send({"text": "A person answers"}, **human)

        await inbox.simulator.post("/clock", offset_seconds=8 * DAY)
        with pytest.raises(GraphRefusal) as closed_for_all:
            await inbox.send({"text": "Far too late"}, **human)
    finally:
        await inbox.simulator.post("/clock", offset_seconds=0)

    assert (closed.value.code, closed.value.subcode) == (10, 2018278)
    assert (closed_for_all.value.code, closed_for_all.value.subcode) == (10, 2018278)


async def test_a_reaction_opens_the_24_hours_again(inbox: PageInbox) -> None:
    sent = await inbox.send({"text": "Ja."})
    try:
        await inbox.simulator.post("/clock", offset_seconds=25 * HOUR)
        await inbox.does(React(message=sent["message_id"], emoji="👍"))

        await inbox.send({"text": "Danke"})
    finally:
        await inbox.simulator.post("/clock", offset_seconds=0)


async def test_a_customer_who_blocked_the_page_is_not_available(inbox: PageInbox) -> None:
    await inbox.does(Block())

    with pytest.raises(GraphRefusal) as refusal:
        await inbox.send({"text": "Hallo?"})

    assert (refusal.value.code, refusal.value.subcode) == (551, 1545041)
    await inbox.does(Unblock())
    await inbox.send({"text": "Hallo!"})


async def test_a_revoked_token_says_why(inbox: PageInbox) -> None:
    await inbox.simulator.post("/revoke", token=inbox.page.page_token, subcode=460)

    with pytest.raises(GraphRefusal, match="changed their password") as refusal:
        await inbox.send({"text": "Hallo?"})

    assert (refusal.value.code, refusal.value.subcode) == (190, 460)


async def test_a_proof_of_the_app_secret_is_accepted_and_a_wrong_one_is_not(inbox: PageInbox) -> None:
    proof = app_secret_proof(inbox.page.app_secret, inbox.page.page_token)

    about = await inbox.call("GET", "me", fields="name", appsecret_proof=proof)

    assert about == {"id": inbox.page.page_id, "name": "Espresso & Co."}
    with pytest.raises(GraphRefusal, match="Invalid appsecret_proof"):
        await inbox.call("GET", "me", appsecret_proof="0" * 64)


async def test_a_picture_by_address_is_really_fetched(inbox: PageInbox, receiver: Receiver) -> None:
    inbox.receiver.answer = lambda request: (200, png() if request.method == "GET" else b"")
    url = f"{receiver.url}/red.png"

    with pytest.raises(GraphRefusal) as refusal:
        await inbox.send({"attachment": {"type": "video", "payload": {"url": url}}})
    await inbox.send({"attachment": {"type": "file", "payload": {"url": url}}})

    assert (refusal.value.code, refusal.value.subcode) == (100, 2018047)
    [line] = [line for line in (await inbox.phone()).lines if line.media]
    shown = await inbox.simulator.http.get(f"{inbox.simulator.base_url}{line.media_path}")
    assert shown.content == png()


async def test_an_uploaded_picture_can_be_sent_and_a_saved_one_sent_again(inbox: PageInbox) -> None:
    fields = {
        "recipient": json.dumps({"id": inbox.psid}),
        "messaging_type": "RESPONSE",
        "message": json.dumps({"attachment": {"type": "image", "payload": {}}}),
    }
    files = {"filedata": ("red.png", png(), "image/png")}
    headers = {"Authorization": f"Bearer {inbox.page.page_token}"}
    graph = f"{inbox.simulator.graph_api}/{inbox.page.page_id}"

    inbox.result(
        await inbox.simulator.http.post(f"{graph}/messages", data=fields, files=files, headers=headers)
    )
    saved = inbox.result(
        await inbox.simulator.http.post(
            f"{graph}/message_attachments", data=fields, files=files, headers=headers
        )
    )
    again = {"type": "image", "payload": {"attachment_id": saved["attachment_id"]}}
    await inbox.send({"attachment": again})

    assert [line.media for line in (await inbox.phone()).lines] == [None, "image", "image"]


async def test_signs_are_taken_and_shown_on_the_phone(inbox: PageInbox) -> None:
    [mid] = await inbox.says("geht das?")
    messages = f"{inbox.page.page_id}/messages"
    to: dict[str, Any] = {"recipient": {"id": inbox.psid}}

    for sign in ("typing_on", "typing_off", "mark_seen"):
        answer = await inbox.call("POST", messages, **to, sender_action=sign)
        assert answer == {"recipient_id": inbox.psid}
    reaction = {"message_id": mid, "reaction": "❤️"}
    await inbox.call("POST", messages, **to, sender_action="react", payload=reaction)

    assert (await inbox.phone()).lines[1].their_reaction == "❤️"
    await inbox.call("POST", messages, **to, sender_action="unreact", payload={"message_id": mid})
    assert (await inbox.phone()).lines[1].their_reaction is None


async def test_a_customers_profile_is_told_to_pages_they_wrote_to(inbox: PageInbox) -> None:
    profile = await inbox.call("GET", inbox.psid, fields="first_name,last_name,locale,profile_pic")

    picture = await inbox.simulator.http.get(profile.pop("profile_pic"))
    assert profile == {
        "id": inbox.psid,
        "first_name": "Jürgen",
        "last_name": "Groß",
        "locale": "de_DE",
    }
    assert picture.headers["content-type"] == "image/jpeg"
    with pytest.raises(GraphRefusal) as refusal:
        await inbox.call("GET", "10000000000000000")
    assert (refusal.value.code, refusal.value.subcode) == (100, 33)


async def test_the_owner_of_the_pages_can_list_them_with_their_tokens(inbox: PageInbox) -> None:
    listed = await inbox.call(
        "GET", "me/accounts", token=inbox.page.user_token, fields="id,name,access_token,tasks"
    )

    tokens = {page["id"]: page.get("access_token") for page in listed["data"]}
    assert tokens[inbox.page.page_id] == inbox.page.page_token


async def test_history_tells_details_of_the_newest_twenty_only(inbox: PageInbox) -> None:
    texts = [f"Frage {number}" for number in range(25)]
    mids = await inbox.says(*texts)
    fields = "id,participants,messages.limit(30){id,created_time,from,message}"

    [thread] = (
        await inbox.call("GET", f"{inbox.page.page_id}/conversations", user_id=inbox.psid, fields=fields)
    )["data"]

    messages = thread["messages"]["data"]
    assert [message.get("message") for message in messages[:20]] == texts[:4:-1]
    assert all(set(message) == {"id", "created_time"} for message in messages[20:])
    assert {"id": inbox.psid, "name": "Jürgen Groß"} in thread["participants"]["data"]
    newest = await inbox.call("GET", mids[-1], fields="message")
    assert newest == {"id": mids[-1], "message": "Frage 24"}


async def test_history_names_a_file_and_its_size_and_renames_a_picture(inbox: PageInbox) -> None:
    paper = SendMedia("document", content=b"%PDF-1.4 prices", file_name="price list.pdf")
    await inbox.does(paper)
    await inbox.does(SendMedia("photo"))
    fields = "messages{id,attachments}"

    [thread] = (
        await inbox.call("GET", f"{inbox.page.page_id}/conversations", user_id=inbox.psid, fields=fields)
    )["data"]

    picture, file = (message["attachments"]["data"][0] for message in thread["messages"]["data"][:2])
    assert (file["name"], file["mime_type"], file["size"]) == ("price list.pdf", "application/pdf", 15)
    assert picture["mime_type"] == "image/jpeg"
    assert picture["name"].startswith("image-")


async def test_a_message_too_old_for_details_is_unavailable(inbox: PageInbox) -> None:
    [oldest] = await inbox.says("zuerst")
    await inbox.says(*[str(number) for number in range(20)])

    with pytest.raises(GraphRefusal) as refusal:
        await inbox.call("GET", oldest, fields="message")

    assert refusal.value.code == 9000001


async def test_history_may_be_asked_twice_a_second(inbox: PageInbox) -> None:
    ask = [inbox.call("GET", f"{inbox.page.page_id}/conversations") for _ in range(6)]

    async with inbox.simulator.standing_still():
        answers = await asyncio.gather(*ask, return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, GraphRefusal)]
    assert [refusal.code for refusal in refused] == [613] * 4


@pytest.mark.parametrize(
    ("trouble", "code", "arrives"),
    [
        (Fault(Trouble.ERROR, "api", code=368), 368, False),
        (Fault(Trouble.ERROR, "api", code=2), 2, False),
        (Fault(Trouble.RATE_LIMITED, "api"), 613, False),
        (Fault(Trouble.DONE_BUT_ERROR, "api"), 2, True),
    ],
)
async def test_a_trouble_answers_with_any_code_of_the_table(
    inbox: PageInbox, trouble: Fault, code: int, arrives: bool
) -> None:
    await inbox.simulator.trouble(replace(trouble, account=inbox.page.page_id, method="messages", times=1))

    with pytest.raises(GraphRefusal) as refusal:
        await inbox.send({"text": "Ja."})

    assert refusal.value.code == code
    assert [event.text for event in await inbox.received()] == (["Ja."] if arrives else [])


async def test_an_echo_can_overtake_the_answer_to_the_send(inbox: PageInbox) -> None:
    slow = Fault(Trouble.SLOW_ANSWER, "api", account=inbox.page.page_id, seconds=60, times=1)
    await inbox.posts(1)
    trouble = await inbox.simulator.trouble(slow)

    sending = asyncio.create_task(inbox.send({"text": "Ja.", "metadata": "reply-17"}))
    echo, _ = await inbox.items(2)

    assert not sending.done()
    await inbox.simulator.end_trouble(trouble)
    assert echo["message"]["metadata"] == "reply-17"
    assert (await sending)["message_id"] == echo["message"]["mid"]


async def test_a_message_taken_back_can_no_longer_be_read(inbox: PageInbox) -> None:
    [mid] = await inbox.says("ups")
    await inbox.does(Delete(message=mid))

    with pytest.raises(GraphRefusal) as refusal:
        await inbox.call("GET", mid, fields="message")

    assert refusal.value.code == 9000001
    assert [line.text for line in (await inbox.phone()).lines] == ["hallo"]
