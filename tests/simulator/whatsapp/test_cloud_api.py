"""The stand-in for WhatsApp by its own documents: handshake, signed webhooks, statuses, refusals, media."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from dragoman.simulator.acts import Act, Edit, Press, React, Read, SendMedia, SendOther, Write
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import NewNumber, Simulator, SimulatorRefusedError
from dragoman.simulator.whatsapp.rarities import RARE_MESSAGES
from tests.simulator.receiver import Received, Receiver

FIELDS = "messages,smb_message_echoes,history,user_preferences,user_id_update"


@dataclass(slots=True)
class Line:
    """A number that is connected to a receiver, and a customer of it."""

    simulator: Simulator
    receiver: Receiver
    number: NewNumber
    customer: str
    phone: str

    @classmethod
    async def begin(cls, simulator: Simulator, receiver: Receiver, **more: Any) -> "Line":
        receiver.answer = lambda asked: (200, asked.query.get("hub.challenge", "").encode())
        customer = await simulator.new_customer("whatsapp", "Mei", last_name="Lin", language="zh_TW")
        phone = (await simulator.known_as(customer)).phone
        line = cls(simulator, receiver, await simulator.new_number(**more), customer, phone)
        await simulator.post("/patience", platform="whatsapp", first_seconds=0.05, cap_seconds=0.2)
        await line.subscribe()
        return line

    async def subscribe(self) -> None:
        app = self.number
        hook = {
            "object": "whatsapp_business_account",
            "callback_url": f"{self.receiver.url}/hook",
            "verify_token": "let me in",
            "fields": FIELDS,
        }
        token = f"{app.app_id}|{app.app_secret}"
        await self.call("POST", f"{app.app_id}/subscriptions", token=token, data=hook)
        await self.call("POST", f"{app.waba_id}/subscribed_apps")

    async def call(self, method: str, path: str, *, token: str | None = None, **content: Any) -> Any:
        """Raises: GraphRefusal."""
        headers = {"Authorization": f"Bearer {token or self.number.access_token}"}
        url = f"{self.simulator.base_url}/whatsapp/v26.0/{path}"
        answer = await self.simulator.http.request(method, url, headers=headers, **content)
        if not answer.is_success:
            raise GraphRefusal(answer)
        return answer.json()

    async def sends(self, **message: Any) -> str:
        body = {"messaging_product": "whatsapp", "to": self.phone, "type": next(iter(message)), **message}
        answer = await self.call("POST", f"{self.number.number_id}/messages", json=body)
        return str(answer["messages"][0]["id"])

    async def says(self, *texts: str) -> list[str]:
        return await self.simulator.says("whatsapp", self.number.number_id, self.customer, *texts)

    async def does(self, act: Act) -> list[str]:
        return await self.simulator.does("whatsapp", self.number.number_id, self.customer, act)

    async def told(self, key: str, count: int) -> list[dict[str, Any]]:
        """The first so many items of this list, from whichever posts."""
        received = await self.receiver.until(lambda posts: len(_items(posts, key)) >= count)
        return _items(received, key)[:count]


class GraphRefusal(Exception):
    def __init__(self, answer: httpx2.Response) -> None:
        error = answer.json()["error"]
        super().__init__(error["message"])
        self.code = error["code"]


def _items(posts: list[Received], key: str) -> list[dict[str, Any]]:
    changes = [
        change
        for post in posts
        if post.method == "POST"
        for entry in post.json["entry"]
        for change in entry["changes"]
    ]
    return [item for change in changes for item in change["value"].get(key, [])]


@pytest.fixture
async def line(simulator: Simulator, receiver: Receiver) -> Line:
    return await Line.begin(simulator, receiver)


async def test_what_a_customer_writes_comes_signed_with_who_they_are(line: Line) -> None:
    [wamid] = await line.says("請問有黑色嗎？")

    [message] = await line.told("messages", 1)

    assert (message["id"], message["text"]) == (wamid, {"body": "請問有黑色嗎？"})
    assert message["from"] == line.phone
    assert line.phone.startswith("886")
    post = line.receiver.received[-1]
    assert rb"\u8acb" in post.body
    made = hmac.new(line.number.app_secret.encode(), post.body, hashlib.sha256).hexdigest()
    assert post.headers["x-hub-signature-256"] == f"sha256={made}"
    [contact] = _items([post], "contacts")
    assert (contact["profile"]["name"], contact["wa_id"]) == ("Mei Lin", line.phone)


async def test_who_has_a_username_shows_the_id_only(simulator: Simulator, receiver: Receiver) -> None:
    line = await Line.begin(simulator, receiver)
    line.customer = await simulator.new_customer("whatsapp", "Ola", username="ola.n", language="en_NO")
    known = await simulator.known_as(line.customer)

    await line.says("hei")

    [message] = await line.told("messages", 1)
    assert "from" not in message
    assert message["from_user_id"] == known.user_id
    assert known.user_id.startswith("NO.")
    body = {
        "messaging_product": "whatsapp",
        "recipient": known.user_id,
        "type": "text",
        "text": {"body": "ja"},
    }
    answer = await line.call("POST", f"{line.number.number_id}/messages", json=body)
    assert answer["contacts"] == [{"input": known.user_id, "user_id": known.user_id}]


async def test_an_answer_is_accepted_and_its_statuses_bring_back_what_went_with_it(line: Line) -> None:
    await line.says("hi")

    wamid = await line.sends(text={"body": "Hello"}, biz_opaque_callback_data="ours:1")
    await line.does(Read())

    statuses = await line.told("statuses", 3)
    assert [status["status"] for status in statuses] == ["sent", "delivered", "read"]
    assert {status["id"] for status in statuses} == {wamid}
    assert {status["biz_opaque_callback_data"] for status in statuses} == {"ours:1"}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": {"body": "x" * 4097}}, 131009),
        ({"text": {"body": " "}}, 131008),
        ({"hologram": {"depth": 3}}, 131051),
        ({"image": {"id": "1"}}, 131053),
        ({"audio": {"link": "https://a.example/a.ogg", "caption": "listen"}}, 131009),
        ({"location": {"latitude": "far"}}, 131009),
        ({"interactive": {"type": "button", "body": {"text": "?"}, "action": {"buttons": []}}}, 131009),
        ({"template": {"name": "hi"}}, 132001),
        ({"text": {"body": "hi"}, "to": "999"}, 131026),
        ({"text": {"body": "hi"}, "biz_opaque_callback_data": "x" * 513}, 131009),
    ],
)
async def test_what_whatsapp_does_not_take_is_refused_by_its_codes(
    line: Line, message: dict[str, Any], code: int
) -> None:
    await line.says("hi")

    with pytest.raises(GraphRefusal) as refusal:
        await line.sends(**message)

    assert refusal.value.code == code


async def test_without_a_word_of_the_customer_only_templates_go(line: Line) -> None:
    with pytest.raises(GraphRefusal) as refusal:
        await line.sends(text={"body": "Hello"})

    assert refusal.value.code == 131047
    assert await line.sends(template={"name": "we_have_an_answer", "language": {"code": "en_US"}})


async def test_one_person_gets_a_burst_and_then_no_more_for_a_while(line: Line) -> None:
    await line.says("hi")
    async with line.simulator.standing_still():
        for nth in range(45):
            await line.sends(text={"body": f"{nth}"})

        with pytest.raises(GraphRefusal) as refusal:
            await line.sends(text={"body": "45"})

    assert refusal.value.code == 131056


async def test_media_go_by_id_and_open_with_the_token_only(line: Line) -> None:
    await line.does(SendMedia(kind="photo", caption="look"))
    [message] = await line.told("messages", 1)

    told = await line.call("GET", message["image"]["id"], params={"phone_number_id": line.number.number_id})

    http = line.simulator.http
    token = {"Authorization": f"Bearer {line.number.access_token}"}
    assert (await http.get(told["url"])).status_code == 401
    fetched = await http.get(told["url"], headers=token)
    assert hashlib.sha256(fetched.content).hexdigest() == told["sha256"]
    assert len(fetched.content) == int(told["file_size"])


async def test_an_upload_can_be_sent_by_its_id(line: Line) -> None:
    await line.says("hi")
    form = {"messaging_product": "whatsapp", "type": "image/png"}
    files = {"file": ("a.png", b"\x89PNG", "image/png")}

    uploaded = await line.call("POST", f"{line.number.number_id}/media", data=form, files=files)
    await line.sends(image={"id": uploaded["id"], "caption": "here"})

    phone = await line.simulator.phone("whatsapp", line.number.number_id, line.customer)
    assert (phone.lines[-1].media, phone.lines[-1].text) == ("image", "here")


async def test_several_changes_can_come_in_one_post(line: Line) -> None:
    await line.simulator.post("/numbers/together", app=line.number.app_id, entries_per_post=3)

    await line.says("one", "two", "three")

    await line.told("messages", 3)
    assert len([post for post in line.receiver.received if post.method == "POST"]) == 1


async def test_what_was_not_taken_comes_again(line: Line) -> None:
    await line.simulator.trouble(
        Fault(Trouble.LOST_ACKNOWLEDGEMENT, "webhook", account=line.number.number_id, times=1)
    )

    await line.says("twice")

    first, second = await line.told("messages", 2)
    assert first == second


@pytest.mark.parametrize("kind", RARE_MESSAGES)
async def test_every_rarer_message_comes(line: Line, kind: str) -> None:
    await line.does(SendOther(kind))

    [message] = await line.told("messages", 1)

    assert message["type"] in ("order", "interactive", "text", "unsupported")


@pytest.mark.parametrize("kind", ["changed_number", "new_device", "stop_marketing", "resume_marketing"])
async def test_what_happens_to_people_is_told(line: Line, kind: str) -> None:
    await line.does(SendOther(kind))

    [told] = await line.told("user_preferences" if "marketing" in kind else "messages", 1)

    assert told.get("system", told)


async def test_a_number_on_a_phone_tells_of_edits_and_of_what_its_owner_answers(
    simulator: Simulator, receiver: Receiver
) -> None:
    line = await Line.begin(simulator, receiver, in_app=True)
    [wamid] = await line.does(Write("two"))

    await line.does(Edit(message=wamid, text="three"))
    await line.does(React(message=wamid, emoji="👍"))
    order = {"account": line.number.number_id, "customer": line.customer}
    await simulator.post("/numbers/phone-app", **order, text="Yes")
    await simulator.post("/numbers/past", **order, texts=["long ago", "yes?"])

    assert [one["type"] for one in await line.told("messages", 3)] == ["text", "edit", "reaction"]
    [echo] = await line.told("message_echoes", 1)
    assert echo["text"] == {"body": "Yes"}
    [chunk] = await line.told("history", 1)
    assert [one["text"]["body"] for one in chunk["threads"][0]["messages"]] == ["long ago", "yes?"]


async def test_other_numbers_keep_that_to_themselves(line: Line) -> None:
    order = {"account": line.number.number_id, "customer": line.customer, "text": "Yes"}

    with pytest.raises(SimulatorRefusedError, match="not used in the WhatsApp Business app"):
        await line.simulator.post("/numbers/phone-app", **order)


async def test_a_button_is_pressed_as_what_it_is(line: Line) -> None:
    await line.says("hi")
    reply = {"type": "reply", "reply": {"id": "yes", "title": "Yes"}}
    offer = {"type": "button", "body": {"text": "Friday?"}, "action": {"buttons": [reply]}}
    offered = await line.sends(interactive=offer)
    template = await line.sends(template={"name": "we_have_an_answer", "language": {"code": "en_US"}})

    await line.does(Press(message=offered, data="yes", title="Yes"))
    await line.does(Press(message=template, data="STOP", title="Stop"))

    _, pressed, stopped = await line.told("messages", 3)
    assert pressed["interactive"]["button_reply"] == {"id": "yes", "title": "Yes"}
    assert pressed["context"]["id"] == offered
    assert stopped["button"] == {"payload": "STOP", "text": "Stop"}


async def test_a_token_that_was_revoked_opens_nothing(line: Line) -> None:
    await line.simulator.post("/numbers/revoke", token=line.number.access_token, subcode=463)

    with pytest.raises(GraphRefusal) as refusal:
        await line.call("GET", f"{line.number.waba_id}/phone_numbers")

    assert refusal.value.code == 190
