"""What customers may write, be called and send along that would break a page which trusts them."""

from __future__ import annotations

import json
import time
from typing import Any

Json = Any

RAN = "window.scriptOfACustomerRan = true"  # what a page that lets customers' words run would do

TEXTS: dict[str, str] = {
    "NUL and controls": "a\x00b \x01\x02\x1b[31m red? \x7f\x85\r\n\t\x0b\x0c end",
    "lone surrogates": "half \ud83d an emoji \udc00\ud800",
    "bidi overrides": "\u202e\u2066\u2067 gpj.exe \u202d over \u2068 never closed",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff" * 400,
    "one long word": "x" * 60_000,
    "one long word of Thai": "ก" * 3000,
    "a tower of accents": "Z" + "\u0301\u0300\u0323\u033f" * 120 + " " + "o\u0489\u20dd" * 40,
    "markup": f'<script>{RAN}</script><img src=x onerror="{RAN}"><svg/onload="{RAN}"><b>bold?</b>',
    "markup that closes": f"</textarea></script></style>--><iframe srcdoc='<script>{RAN}</script>'>",
    "a template": "{{constructor.constructor('" + RAN + "')()}} ${" + RAN + "} {count, plural, one {#}} {name",
    "odd addresses": f"javascript:{RAN} data:text/html,<script>{RAN}</script> https://[::1 http://a@b:99999/"
    " https://xn--/%ff%00 HTTPS://EXAMPLE.COM/\u202egpj //example.com https://" + "a" * 3000,
    "nothing but space": " \n\u3000\u00a0\n ",
    "a thousand lines": "\n" * 1000,
    "one family, many joints": "👩\u200d" * 300 + "🏽" * 40 + "🇩" * 31,
    "ideographs without a break": "漢" * 4000,
    "both directions at once": "مرحبا abc שלום 123 " * 200,
    "largest characters": "𒐫﷽ꙮ" * 200,
    "keys of every object": "__proto__ constructor toString hasOwnProperty",
}  # fmt: skip

NAMES = (
    "x" * 3000, "\u202eevitcele\u2066", f"<img src=x onerror='{RAN}'>", "\u200b\u200b", "\x00", "\ud800", " ",
    "Z" + "\u0301" * 200, "漢" * 500, "__proto__", "{name}", "🏳️\u200d🌈" * 100, "ﷺ" * 50, "\n\n\n",
)  # fmt: skip

ADDRESSES = (
    f"javascript:{RAN}", f"data:text/html,<script>{RAN}</script>", "https://[::1", "http://" + "a" * 5000,
    "\u0000", "//example.com", "https://example.com/\u202egpj.exe", f"  java\nscript:{RAN}", "blob:x", "%%%",
)  # fmt: skip


def telegram_updates() -> list[bytes]:
    """Every text under every kind of name, and parts that hold nonsense where they are shown."""
    said = [_update(n, {"text": text}) for n, text in enumerate(TEXTS.values())]
    parts: list[Json] = [
        {"location": {"latitude": 1e308, "longitude": -1e308}},
        {"venue": {"location": {"latitude": 91.5, "longitude": 1e-300}, "title": "x" * 4000, "address": "\u202e"}},
        {"contact": {"phone_number": "☎" * 500, "first_name": TEXTS["markup"]}},
        {"document": _file("\u202egpj.exe" + "x" * 500), "caption": TEXTS["one long word"]},
        {"document": _file("../../" + TEXTS["markup"])},
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 10**12}},
        {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 10**9, "height": 1}]},
        {"sticker": {**_file("s"), "emoji": "🏳️" * 300, "width": 1, "height": 1}},
        {"text": "about that", "quote": {"text": TEXTS["one long word"], "position": 0}},
        {"poll": {"id": "1", "question": TEXTS["markup"], "options": [{"text": "x" * 900}]}},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "x" * 2000, "date": 1}, "text": "hm"},
    ]  # fmt: skip
    return said + [_update(100 + n, part) for n, part in enumerate(parts)]


def messenger_posts(page: str) -> list[bytes]:
    said = [_post(page, n, {"text": text}) for n, text in enumerate(TEXTS.values())]
    shared: list[Json] = [
        {"attachments": [{"type": kind, "payload": {"url": address, "title": TEXTS["markup"]}}]}
        for address in ADDRESSES
        for kind in ("fallback", "image", "template")
    ]
    return said + [_post(page, 100 + n, message) for n, message in enumerate(shared)]


def _update(number: int, content: Json) -> bytes:
    name = NAMES[number % len(NAMES)]
    chat = 50_000 + number
    person = {"id": chat, "is_bot": False, "first_name": name, "last_name": name, "username": name[:40]}
    message = {
        "message_id": number + 1,
        "date": int(time.time()) - 60,
        "chat": {"id": chat, "type": "private", "first_name": name, "last_name": name},
        "from": person,
    }
    return json.dumps({"update_id": 10_000 + number, "message": message | content}).encode()


def _post(page: str, number: int, message: Json) -> bytes:
    item = {
        "sender": {"id": str(60_000 + number % 25)},
        "recipient": {"id": page},
        "timestamp": int(time.time() * 1000) - 60_000 + number,
        "message": {"mid": f"m_{number}", **message},
    }
    return json.dumps({"object": "page", "entry": [{"id": page, "time": 1, "messaging": [item]}]}).encode()


def _file(name: str) -> Json:
    return {"file_id": "f", "file_unique_id": "f", "file_name": name, "file_size": 2**53}
