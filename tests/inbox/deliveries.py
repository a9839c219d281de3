"""Webhooks that a test writes itself, word by word and with times of its own choosing, signed as the platform does."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2
import msgspec

from dragoman.connecting import store
from dragoman.connecting.actions import hook_address
from dragoman.connecting.clients import credentials_of
from tests.inbox.house import House

Body = dict[str, Any]
ANA = 7_001_001  # a Telegram customer whom only the tests know
_numbers = itertools.count(1000)


def ago(seconds: float) -> int:
    """Unix seconds."""
    return int(time.time() - seconds)


def unix(written: str) -> float:
    """A time of ours as Unix seconds."""
    return datetime.fromisoformat(written).timestamp()


# ---------------------------------------------------------------------------------------------- Telegram


def text(words: str, number: int, *, at: int | None = None, chat: int = ANA, **more: Any) -> Body:
    """A customer's message; ``number`` is Telegram's own of it, unique in the chat."""
    return _update("message", _message(words, number, at, chat) | more)


def edit(words: str, number: int, *, at: int | None = None, edited_at: int | None = None) -> Body:
    changed = {"edit_date": edited_at or ago(0)}
    return _update("edited_message", _message(words, number, at, ANA) | changed)


def reaction(emoji: str | None, number: int, *, at: int | None = None) -> Body:
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    content = {"message_id": number, "date": at or ago(0), "old_reaction": [], "new_reaction": new}
    return _update("message_reaction", content | {"chat": _chat(ANA), "user": _person(ANA)})


def membership(status: str, *, at: int | None = None) -> Body:
    """``kicked``: the customer blocked the bot; ``member``: took that back."""
    bot = {"id": 1, "is_bot": True, "first_name": "Espresso & Co."}
    was = "member" if status == "kicked" else "kicked"
    return _update(
        "my_chat_member",
        {
            "chat": _chat(ANA),
            "from": _person(ANA),
            "date": at or ago(0),
            "old_chat_member": {"user": bot, "status": was, "until_date": 0},
            "new_chat_member": {"user": bot, "status": status, "until_date": 0},
        },
    )


def business(words: str, number: int, *, at: int | None = None) -> Body:
    """A message to the company's ordinary account, which a bot of ours may read."""
    return _update("business_message", _message(words, number, at, ANA) | {"business_connection_id": "B1"})


def taken_back(*numbers: int) -> Body:
    content = {"business_connection_id": "B1", "chat": _chat(ANA), "message_ids": list(numbers)}
    return _update("deleted_business_messages", content)


def _update(kind: str, content: Body) -> Body:
    return {"update_id": next(_numbers), kind: content}


def _message(words: str, number: int, at: int | None, chat: int) -> Body:
    return {
        "message_id": number,
        "date": ago(0) if at is None else at,
        "chat": _chat(chat),
        "from": _person(chat),
        "text": words,
    }


def _chat(chat: int) -> Body:
    return {"id": chat, "type": "private", "first_name": "Ana"}


def _person(chat: int) -> Body:
    return {"id": chat, "is_bot": False, "first_name": "Ana", "language_code": "pt"}


@dataclass(slots=True)
class BotLine:
    """The webhook address of a connected bot, with its secret."""

    http: httpx2.AsyncClient
    account: str
    address: str
    secret: str

    @classmethod
    async def of(cls, house: House, account: str) -> BotLine:
        address, secrets = await _address_of(house, account)
        return cls(house.http, account, address, secrets["webhook_secret"])

    async def delivers(self, *updates: Body) -> None:
        for update in updates:
            answer = await self.posts(json.dumps(update).encode())
            assert answer.status_code == 200, answer.text

    async def posts(self, body: bytes, secret: str | None = None) -> httpx2.Response:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret if secret is None else secret}
        return await self.http.post(self.address, content=body, headers=headers)


# --------------------------------------------------------------------------------------------- Messenger

JUN = "6001002003"  # a Messenger customer whom only the tests know
PAGE_INBOX = 263902037430900  # the app in which people of ours answer at Facebook
OF_A_BOT = 1234567890  # any other app


def millis(at: float) -> int:
    return int(at * 1000)


@dataclass(slots=True)
class PageLine:
    """The webhook address of a connected page, with its app's secret."""

    http: httpx2.AsyncClient
    account: str
    address: str
    secret: str
    verify_token: str

    @classmethod
    async def of(cls, house: House, account: str) -> PageLine:
        address, secrets = await _address_of(house, account)
        return cls(house.http, account, address, secrets["app_secret"], secrets["verify_token"])

    def message(self, words: str, mid: str, *, at: float | None = None, **more: Any) -> Body:
        return self.item({"message": {"mid": mid, "text": words} | more}, at=at)

    def echo(self, words: str, mid: str, *, at: float | None = None, **more: Any) -> Body:
        content = {"mid": mid, "text": words, "is_echo": True} | more
        return self.item({"message": content}, at=at, sender=self.account, recipient=JUN)

    def item(
        self, content: Body, *, at: float | None = None, sender: str = JUN, recipient: str | None = None
    ) -> Body:
        stamp = millis(time.time() if at is None else at)
        ends = {"sender": {"id": sender}, "recipient": {"id": recipient or self.account}}
        return {**ends, "timestamp": stamp, **content}

    def body(self, *items: Body, page: str | None = None, place: str = "messaging") -> bytes:
        entry = {"id": page or self.account, "time": millis(time.time()), place: list(items)}
        return json.dumps({"object": "page", "entry": [entry]}).encode()

    async def delivers(self, *items: Body, place: str = "messaging") -> None:
        for item in items:
            await self.accepted(self.body(item, place=place))

    def signature_of(self, body: bytes) -> str:
        return "sha256=" + hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()

    async def accepted(self, body: bytes) -> None:
        answer = await self.posts(body)
        assert answer.status_code == 200, answer.text

    async def posts(self, body: bytes, signature: str | None = None) -> httpx2.Response:
        headers = {b"X-Hub-Signature-256": (signature or self.signature_of(body)).encode()}
        return await self.http.post(self.address, content=body, headers=headers)


async def _address_of(house: House, account: str) -> tuple[str, dict[str, str]]:
    """Where the platform delivers for this account of ours, and the connection's opened secrets."""
    services = house.services
    async with services.database.transaction(house.workspace_id) as tx:
        connection_id = await tx.value(
            """
            select connection_id from channels
            where workspace_id = %(w)s and account = %(a)s and state <> 'removed'""",
            {"w": house.workspace_id, "a": account},
        )
        made = await store.connection(tx, connection_id)
    assert made is not None
    credentials = credentials_of(house.workspace_id, made, services.sealer, services.settings)
    return hook_address(services, house.workspace_id, made), msgspec.to_builtins(credentials.secrets)


# ---------------------------------------------------------------------------------------------- WhatsApp

KARI = "4740055512"  # a WhatsApp customer whom only the tests know: their number, and their id for us
KARI_ID = "NO.11223344556677889900"


@dataclass(slots=True)
class NumberLine:
    """The webhook address of a connected number, with its app's secret."""

    http: httpx2.AsyncClient
    account: str
    address: str
    secret: str

    @classmethod
    async def of(cls, house: House, account: str) -> NumberLine:
        address, secrets = await _address_of(house, account)
        return cls(house.http, account, address, secrets["app_secret"])

    def said(self, words: str, wamid: str, by: Body | None = None) -> Body:
        """By somebody known by number and id, unless ``by`` says otherwise."""
        who = by or {"from": KARI, "from_user_id": KARI_ID}
        return {**who, "id": wamid, "timestamp": str(ago(0)), "type": "text", "text": {"body": words}}

    def status(self, word: str, wamid: str, **more: Any) -> Body:
        ends = {"recipient_id": KARI, "recipient_user_id": KARI_ID}
        return {"id": wamid, "status": word, "timestamp": str(ago(0)), **ends, **more}

    def value(self, key: str, *items: Body, **more: Any) -> Body:
        metadata = {"display_phone_number": "15550001111", "phone_number_id": self.account}
        return {"messaging_product": "whatsapp", "metadata": metadata, key: list(items), **more}

    async def delivers(self, key: str, *items: Body, field: str = "messages", **more: Any) -> None:
        """All of them in one list of one body."""
        changes = [{"field": field, "value": self.value(key, *items, **more)}]
        await self.accepted(
            {"object": "whatsapp_business_account", "entry": [{"id": "77", "changes": changes}]}
        )

    async def accepted(self, content: Body) -> None:
        body = json.dumps(content).encode()
        signature = "sha256=" + hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": signature}
        answer = await self.http.post(self.address, content=body, headers=headers)
        assert answer.status_code == 200, answer.text
