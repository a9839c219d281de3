"""A page's own side of the Graph API and of its webhook, for tests."""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

import httpx2

from dragoman.simulator.acts import Act
from dragoman.simulator.journal import Event, Kind
from dragoman.simulator.phone import Phone
from dragoman.simulator.running import NewPage, Simulator
from tests.simulator.receiver import Received, Receiver

VERIFY_TOKEN = "let me in"
FIELDS = (
    "messages,message_echoes,message_edits,message_reactions,message_deliveries,message_reads,"
    "messaging_postbacks,messaging_referrals,messaging_optins,messaging_handovers,standby,"
    "messaging_account_linking,response_feedback,send_cart,messaging_customer_information,"
    "messaging_policy_enforcement"
)


class GraphRefusal(Exception):
    def __init__(self, answer: httpx2.Response) -> None:
        error = answer.json()["error"]
        super().__init__(error["message"])
        self.status = answer.status_code
        self.code = error["code"]
        self.subcode = error.get("error_subcode")


@dataclass(slots=True)
class PageInbox:
    """A page that is connected to a receiver, and a customer of it."""

    simulator: Simulator
    receiver: Receiver
    page: NewPage
    customer: str
    psid: str = ""
    seen: int = 0
    fields: str = field(default=FIELDS)

    @classmethod
    async def begin(cls, simulator: Simulator, receiver: Receiver) -> "PageInbox":
        receiver.answer = _answer
        customer = await simulator.new_customer(
            "messenger", "Jürgen", last_name="Groß", language="de_DE", with_picture=True
        )
        inbox = cls(simulator, receiver, await simulator.new_page(), customer)
        await simulator.post("/patience", platform="messenger", first_seconds=0.05, cap_seconds=0.2)
        await inbox.subscribe()
        inbox.psid = await simulator.psid(inbox.page.page_id, customer)
        inbox.seen = len(receiver.received)
        return inbox

    async def subscribe(self) -> None:
        await self.call(
            "POST",
            f"{self.page.app_id}/subscriptions",
            token=f"{self.page.app_id}|{self.page.app_secret}",
            object="page",
            callback_url=f"{self.receiver.url}/hook",
            verify_token=VERIFY_TOKEN,
            fields=self.fields,
        )
        await self.call("POST", f"{self.page.page_id}/subscribed_apps", subscribed_fields=self.fields)

    async def call(self, method: str, path: str, *, token: str | None = None, **parameters: Any) -> Any:
        headers = {"Authorization": f"Bearer {token or self.page.page_token}"}
        how: dict[str, Any] = {"params": parameters} if method == "GET" else {"json": parameters}
        url = f"{self.simulator.graph_api}/{path}"
        return self.result(await self.simulator.http.request(method, url, headers=headers, **how))

    async def send(self, message: dict[str, Any], **more: Any) -> Any:
        parameters = {
            "recipient": {"id": self.psid},
            "messaging_type": "RESPONSE",
            "message": message,
            **more,
        }
        return await self.call("POST", f"{self.page.page_id}/messages", **parameters)

    def result(self, answer: httpx2.Response) -> Any:
        if answer.is_error:
            raise GraphRefusal(answer)
        return answer.json()

    async def says(self, *texts: str, **more: Any) -> list[str]:
        return await self.simulator.says("messenger", self.page.page_id, self.customer, *texts, **more)

    async def does(self, act: Act) -> list[str]:
        return await self.simulator.does("messenger", self.page.page_id, self.customer, act)

    async def phone(self) -> Phone:
        return await self.simulator.phone("messenger", self.page.page_id, self.customer)

    async def posts(self, count: int) -> list[Received]:
        """The next so many posts to the webhook, each with a good signature."""
        arrived = await self.receiver.until_count(self.seen + count)
        posts = arrived[self.seen : self.seen + count]
        self.seen += count
        assert all(is_signed(post, self.page.app_secret) for post in posts)
        return posts

    async def items(self, count: int, box: str = "messaging") -> list[dict[str, Any]]:
        """The items of the next so many posts."""
        posts = await self.posts(count)
        return [item for post in posts for entry in post.json["entry"] for item in entry[box]]

    async def item(self) -> dict[str, Any]:
        [item] = await self.items(1)
        return item

    async def received(self) -> list[Event]:
        """What the notebook says arrived on the customer's phone."""
        notes = await self.simulator.notes(Kind.RECEIVED)
        return [note.about for note in notes if note.about.account == self.page.page_id]


def is_signed(post: Received, secret: str) -> bool:
    expected = hmac.new(secret.encode(), post.body, hashlib.sha256).hexdigest()
    return post.headers.get("x-hub-signature-256") == f"sha256={expected}"


def _answer(request: Received) -> tuple[int, bytes]:
    if request.method != "GET":
        return 200, b""
    good = request.query.get("hub.verify_token") == VERIFY_TOKEN
    return (200, request.query["hub.challenge"].encode()) if good else (403, b"")
