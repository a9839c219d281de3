"""Instagram's stand-in, by Meta's documents: its two doors, its events, its limits, its refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from dragoman.simulator.acts import Delete, Edit, React, Read, SendLocation, SendMedia, SendOther
from dragoman.simulator.journal import Kind
from dragoman.simulator.running import NewInstagram, Simulator, SimulatorRefusedError
from tests.simulator.messenger.page import GraphRefusal, is_signed
from tests.simulator.receiver import Received, Receiver

FIELDS = "messages,message_echoes,message_edit,message_reactions,messaging_postbacks,messaging_referral,messaging_seen"


@dataclass(slots=True)
class Shop:
    simulator: Simulator
    receiver: Receiver
    made: NewInstagram
    customer: str
    igsid: str = ""
    seen: int = 0

    async def call(self, method: str, path: str, *, token: str, door: str, **said: Any) -> Any:
        how: dict[str, Any] = {"params": said} if method == "GET" else {"json": said}
        headers = {"Authorization": f"Bearer {token}"}
        answer = await self.simulator.http.request(method, f"{door}/{path}", headers=headers, **how)
        if answer.is_error:
            raise GraphRefusal(answer)
        return answer.json()

    async def own(self, method: str, path: str, **said: Any) -> Any:
        token, door = self.made.instagram_token, self.simulator.instagram_api
        return await self.call(method, path, token=token, door=door, **said)

    async def by_page(self, method: str, path: str, **said: Any) -> Any:
        token, door = self.made.page_token, self.simulator.graph_api
        return await self.call(method, path, token=token, door=door, **said)

    async def send(self, message: dict[str, Any], **more: Any) -> Any:
        said = {"recipient": {"id": self.igsid}, "messaging_type": "RESPONSE", "message": message, **more}
        return await self.own("POST", "me/messages", **said)

    async def says(self, *texts: str) -> list[str]:
        return await self.simulator.says("instagram", self.made.account, self.customer, *texts)

    async def does(self, act: Any) -> list[str]:
        return await self.simulator.does("instagram", self.made.account, self.customer, act)

    async def posts(self, count: int) -> list[Received]:
        arrived = await self.receiver.until_count(self.seen + count)
        posts = arrived[self.seen : self.seen + count]
        self.seen += count
        return posts

    async def items(self, count: int) -> list[dict[str, Any]]:
        posts = await self.posts(count)
        assert {post.json["object"] for post in posts} == {"instagram"}
        return [item for post in posts for entry in post.json["entry"] for item in entry["messaging"]]


@pytest.fixture
async def shop(simulator: Simulator, receiver: Receiver) -> Shop:
    made = await simulator.new_instagram()
    customer = await simulator.new_customer("instagram", "Jun", username="jun.kim", with_picture=True)
    shop = Shop(simulator, receiver, made, customer)
    await simulator.post(
        "/app-webhook",
        app=made.app_id,
        url=f"{receiver.url}/hook",
        verify_token="let me in",
        fields=FIELDS.split(","),
    )
    await shop.own("POST", "me/subscribed_apps", subscribed_fields=FIELDS)
    shop.igsid = await simulator.psid(made.account, customer)
    shop.seen = len(receiver.received)
    return shop


async def test_each_token_is_good_at_its_own_door_only(shop: Shop) -> None:
    made, simulator = shop.made, shop.simulator

    me = await shop.own("GET", "me", fields="user_id,username")
    page = await shop.by_page("GET", "me", fields="id,instagram_business_account{id,username}")

    assert (me["user_id"], me["id"] != made.account) == (made.account, True)
    assert page["instagram_business_account"]["id"] == made.account
    for token, door in (
        (made.page_token, simulator.instagram_api),
        (made.instagram_token, simulator.graph_api),
    ):
        with pytest.raises(GraphRefusal) as refusal:
            await shop.call("GET", "me", token=token, door=door)
        assert refusal.value.code == 190


async def test_what_comes_by_the_own_login_is_signed_by_instagrams_secret(shop: Shop) -> None:
    await shop.says("hi")

    [post] = await shop.posts(1)

    assert is_signed(post, shop.made.instagram_app_secret)
    assert post.json["entry"][0]["id"] == shop.made.account


async def test_what_comes_by_a_linked_page_is_signed_by_the_apps_secret(shop: Shop) -> None:
    await shop.by_page("POST", "me/subscribed_apps", subscribed_fields="messages")
    await shop.says("hi")

    [post] = await shop.posts(1)

    assert is_signed(post, shop.made.app_secret)


async def test_a_page_knows_none_of_instagrams_fields(shop: Shop) -> None:
    with pytest.raises(GraphRefusal, match="messaging_seen"):
        await shop.by_page("POST", "me/subscribed_apps", subscribed_fields="messages,messaging_seen")


async def test_a_customer_edits_reacts_reads_and_takes_back(shop: Shop) -> None:
    [mid] = await shop.says("in blak?")
    sent = (await shop.send({"text": "Black?"}))["message_id"]
    await shop.does(Edit(message=mid, text="in black?"))
    await shop.does(React(message=sent, emoji="❤️"))
    await shop.does(Read())
    await shop.does(Delete(message=mid))

    said, echo, edit, reaction, read, deletion = await shop.items(6)

    assert said["message"] == {"mid": mid, "text": "in blak?"}
    assert (echo["message"]["is_echo"], echo["sender"]["id"]) == (True, shop.made.account)
    assert edit["message_edit"] == {"mid": mid, "text": "in black?", "num_edit": 1}
    assert reaction["reaction"] == {"mid": sent, "action": "react", "reaction": "love", "emoji": "❤️"}
    assert read["read"] == {"mid": sent}
    assert deletion["message"] == {"mid": mid, "is_deleted": True}


async def test_stories_and_what_is_shared_come_as_meta_words_them(shop: Shop) -> None:
    for kind in ("story_reply", "story_mention", "ephemeral", "unsupported", "ig_post", "ig_reel"):
        await shop.does(SendOther(kind=kind))

    reply, mention, ephemeral, unsupported, post, reel = [item["message"] for item in await shop.items(6)]

    assert reply["reply_to"]["story"]["url"].startswith("http")
    assert mention["attachments"][0]["type"] == "story_mention"
    assert ephemeral["attachments"] == [{"type": "ephemeral"}]
    assert unsupported["is_unsupported"] is True
    assert post["attachments"][0]["payload"]["ig_post_media_id"]
    assert reel["attachments"][0]["payload"]["url"].startswith("https://www.instagram.com/reel/")


async def test_a_picture_can_be_fetched_without_a_token(shop: Shop) -> None:
    await shop.does(SendMedia(kind="photo"))

    [item] = await shop.items(1)
    picture = await shop.simulator.http.get(item["message"]["attachments"][0]["payload"]["url"])

    assert picture.headers["content-type"].startswith("image/")


async def test_there_are_no_places_and_no_delivery_receipts(shop: Shop) -> None:
    await shop.says("hi")
    await shop.send({"text": "Good morning"})
    with pytest.raises(SimulatorRefusedError):
        await shop.does(SendLocation())
    await shop.says("bye")

    kinds = [
        [key for key in item if key not in ("sender", "recipient", "timestamp")]
        for item in await shop.items(3)
    ]

    assert kinds == [["message"]] * 3


@pytest.mark.parametrize(
    ("message", "code", "subcode"),
    [
        ({"text": "é" * 500 + "a"}, 100, None),
        ({"text": " "}, 100, None),
        ({"text": "a", "attachment": {"type": "image", "payload": {}}}, 100, None),
        ({"attachment": {"type": "file", "payload": {"url": "http://127.0.0.1:1/a.pdf"}}}, 100, 2018008),
    ],
)
async def test_what_instagram_does_not_take_is_refused(
    shop: Shop, message: dict[str, Any], code: int, subcode: int | None
) -> None:
    await shop.says("hi")

    with pytest.raises(GraphRefusal) as refusal:
        await shop.send(message)

    assert (refusal.value.code, refusal.value.subcode) == (code, subcode)


async def test_the_reply_window_shuts_after_a_day_and_for_a_person_after_a_week(shop: Shop) -> None:
    await shop.says("hi")
    assert await shop.send({"text": "é" * 500})
    try:
        await shop.simulator.post("/clock", offset_seconds=25 * 3600)
        with pytest.raises(GraphRefusal) as shut:
            await shop.send({"text": "late"})
        assert await shop.send({"text": "late"}, messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")
        await shop.simulator.post("/clock", offset_seconds=8 * 86_400)
        with pytest.raises(GraphRefusal):
            await shop.send({"text": "too late"}, messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")
    finally:
        await shop.simulator.post("/clock", offset_seconds=0)

    assert (shut.value.code, shut.value.subcode) == (10, 2534022)


async def test_a_profile_is_shown_only_of_who_has_written(shop: Shop) -> None:
    with pytest.raises(GraphRefusal) as refusal:
        await shop.own("GET", shop.igsid, fields="name,username,profile_pic")
    await shop.says("hi")
    person = await shop.own("GET", shop.igsid, fields="name,username,profile_pic")

    assert refusal.value.code == 230
    assert (person["name"], person["username"]) == ("Jun", "jun.kim")
    assert person["profile_pic"].startswith("http")


async def test_the_history_names_who_spoke_to_whom(shop: Shop) -> None:
    await shop.says("hi")
    await shop.send({"text": "Good morning"})

    found = await shop.own(
        "GET",
        "me/conversations",
        platform="instagram",
        user_id=shop.igsid,
        fields="messages{from,to,message}",
    )

    [conversation] = found["data"]
    newest, oldest = conversation["messages"]["data"]
    assert (newest["message"], oldest["message"]) == ("Good morning", "hi")
    assert newest["to"]["data"][0]["id"] == oldest["from"]["id"] == shop.igsid


async def test_what_is_received_is_noted_under_instagrams_name(shop: Shop) -> None:
    await shop.says("hi")
    await shop.send({"text": "Good morning"})

    [note] = await shop.simulator.settled_notes(Kind.RECEIVED, shop.made.account)

    assert (note.about.platform, note.about.text) == ("instagram", "Good morning")
