"""Bodies that no platform should send and somebody will: well-formed nonsense, half bodies, and far too much."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

Json = Any

DEEP = "[" * 20_000 + "]" * 20_000
LONG = "x" * 20_000  # far longer than an index bears
VALUES: tuple[str, ...] = (
    '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u202e\\u2066 \\ufeff"', '""', f'"{LONG}"', "null", "true",
    "[]", "{}", "0", "-1", "1.5", "1e400", "-1e400", "9" * 5000, str(2**63), str(-(2**63)), str(2**31), "1e-400",
    DEEP, '{"a":' * 500 + "1" + "}" * 500, '["\\ud83d", 1, null, {}]', '"2026-01-01T00:00:00Z"', '"-1"', "[[[]]]",
)  # fmt: skip
"""Each is JSON, and stands where something else is promised."""

WHOLE: tuple[bytes, ...] = (
    b"", b" ", b"{", b"null", b"[]", b"{}", b"7", b'"text"', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf{}", b"{}{}",
    b'{"update_id": 1, "update_id": 2}', b"NaN", b'{"a": NaN}', DEEP.encode(), b"[" * 100_000, b'{"a": "\xed\xa0\x80"}',
    b'{"object": "page", "entry": ' + DEEP.encode() + b"}", b'{"message": "' + b"\\u0000" * 5000 + b'"}',
)  # fmt: skip


def telegram_bodies() -> list[Json]:
    person = {"id": 77, "is_bot": False, "first_name": "Ana", "language_code": "pl"}
    chat = {"id": 77, "type": "private", "first_name": "Ana"}
    said = {"message_id": 5, "from": person, "chat": chat, "date": 1_790_000_000, "text": "hello"}
    photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "file_size": 9}
    return [
        {"update_id": 1, "message": said},
        {"update_id": 2, "message": {**said, "message_id": 6, "photo": [photo], "caption": "look"}},
        {"update_id": 3, "message": {**said, "message_id": 7, "location": {"latitude": 1.0, "longitude": 2.0}}},
        {"update_id": 4, "edited_message": {**said, "edit_date": 1_790_000_100, "text": "hallo"}},
        {"update_id": 5, "message_reaction": {
            "chat": chat, "message_id": 5, "user": person, "date": 1_790_000_200, "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}]}},
        {"update_id": 6, "callback_query": {"id": "q", "from": person, "message": said, "data": "BUY"}},
        {"update_id": 7, "my_chat_member": {
            "chat": chat, "from": person, "date": 1_790_000_300, "old_chat_member": {"status": "member"},
            "new_chat_member": {"status": "kicked"}}},
    ]  # fmt: skip


def messenger_bodies(page: str) -> list[Json]:
    who = {"sender": {"id": "88"}, "recipient": {"id": page}, "timestamp": 1_790_000_000_000}
    image = {"type": "image", "payload": {"url": "https://cdn.example.com/a.jpg"}}
    items: list[Json] = [
        {**who, "message": {"mid": "m_1", "text": "hello"}},
        {**who, "message": {"mid": "m_2", "attachments": [image], "reply_to": {"mid": "m_1"}}},
        {**who, "message_edit": {"mid": "m_1", "text": "hallo", "num_edit": 1}},
        {**who, "reaction": {"mid": "m_1", "action": "react", "reaction": "love", "emoji": "❤️"}},
        {**who, "read": {"watermark": 1_790_000_000_500}},
        {**who, "delivery": {"watermark": 1_790_000_000_500, "mids": ["m_3"]}},
        {**who, "postback": {"mid": "m_4", "title": "Buy", "payload": "BUY"}},
        {**who, "sender": {"id": page}, "recipient": {"id": "88"},
         "message": {"mid": "m_5", "is_echo": True, "app_id": 1, "metadata": "x", "text": "hi"}},
    ]  # fmt: skip
    return [
        {"object": "page", "entry": [{"id": page, "time": 1_790_000_000_000, "messaging": [item]}]}
        for item in items
    ]


def mutants(bodies: list[Json], chance: Random, at_most: int) -> list[bytes]:
    """Each value of each body replaced by each nasty one; a sample of them."""
    found = [mutant for body in bodies for path in _paths(body) for mutant in _replaced(body, path)]
    return found if len(found) <= at_most else chance.sample(found, at_most)


def _paths(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from _paths(each, (*path, key))


def _replaced(body: Json, path: tuple[Any, ...]) -> Iterator[bytes]:
    copy = json.loads(json.dumps(body))
    target = copy
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = MARK
    written = json.dumps(copy)
    for value in VALUES:
        yield written.replace(json.dumps(MARK), value).encode()


MARK = "the value in question"
