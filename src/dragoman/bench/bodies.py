"""Webhook bodies as the two platforms write them. Pure: who, what and when are given; times in milliseconds."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import msgspec

from dragoman.bench.inbox import PAGE

Json = dict[str, Any]
PAGE_INBOX_APP = 263902037430900  # Meta's own: what a person of ours typed in the page's inbox


def signed(body: bytes, app_secret: str) -> str:
    """What Meta would write into X-Hub-Signature-256."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def page_message(customer: int, mid: str, at: int, text: str) -> bytes:
    return _page(customer, at, {"message": {"mid": mid, "text": text}})


def page_picture(customer: int, mid: str, at: int) -> bytes:
    picture = {"type": "image", "payload": {"url": f"https://127.0.0.1/{mid}.jpg"}}
    return _page(customer, at, {"message": {"mid": mid, "attachments": [picture]}})


def page_edit(customer: int, mid: str, at: int, text: str) -> bytes:
    return _page(customer, at, {"message_edit": {"mid": mid, "text": text, "num_edit": 1}})


def page_reaction(customer: int, mid: str, at: int) -> bytes:
    return _page(
        customer, at, {"reaction": {"reaction": "love", "emoji": "❤️", "action": "react", "mid": mid}}
    )


def page_delivery(customer: int, at: int) -> bytes:
    return _page(customer, at, {"delivery": {"watermark": at}})


def page_read(customer: int, at: int) -> bytes:
    return _page(customer, at, {"read": {"watermark": at}})


def page_answer(customer: int, mid: str, at: int, text: str) -> bytes:
    """A colleague answered in the page's own inbox, and Meta tells us."""
    message = {"is_echo": True, "mid": mid, "app_id": PAGE_INBOX_APP, "text": text}
    item = {"sender": {"id": PAGE}, "recipient": {"id": str(customer)}, "timestamp": at, "message": message}
    return _entry(at, item)


def _page(customer: int, at: int, content: Json) -> bytes:
    return _entry(
        at, {"sender": {"id": str(customer)}, "recipient": {"id": PAGE}, "timestamp": at, **content}
    )


def _entry(at: int, item: Json) -> bytes:
    return msgspec.json.encode(
        {"object": "page", "entry": [{"id": PAGE, "time": at + 100, "messaging": [item]}]}
    )


def bot_message(update: int, customer: int, number: int, at: int, text: str) -> bytes:
    return _update(update, "message", customer, number, at, {"text": text})


def bot_picture(update: int, customer: int, number: int, at: int) -> bytes:
    sizes = [
        {"file_id": f"F{number}s", "file_unique_id": f"U{number}s", "width": 90, "height": 67, "file_size": 1200},
        {"file_id": f"F{number}l", "file_unique_id": f"U{number}l", "width": 1280, "height": 960, "file_size": 140022},
    ]  # fmt: skip
    return _update(update, "message", customer, number, at, {"photo": sizes, "caption": "this one"})


def bot_edit(update: int, customer: int, number: int, at: int, text: str) -> bytes:
    return _update(
        update, "edited_message", customer, number, at, {"edit_date": at // 1000 + 4, "text": text}
    )


def bot_reaction(update: int, customer: int, number: int, at: int) -> bytes:
    person = _person(customer)
    reaction = {
        "chat": {"id": customer, "type": "private", "first_name": person["first_name"]},
        "message_id": number,
        "user": person,
        "date": at // 1000,
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "👍"}],
    }
    return msgspec.json.encode({"update_id": update, "message_reaction": reaction})


def _update(update: int, kind: str, customer: int, number: int, at: int, content: Json) -> bytes:
    person = _person(customer)
    chat = {"id": customer, "type": "private", "first_name": person["first_name"]}
    message = {"message_id": number, "from": person, "chat": chat, "date": at // 1000, **content}
    return msgspec.json.encode({"update_id": update, kind: message})


def _person(customer: int) -> Json:
    name = f"Customer {customer % 100_000}"
    return {
        "id": customer,
        "is_bot": False,
        "first_name": name,
        "username": f"customer{customer}",
        "language_code": "es",
    }
