"""send* methods that carry files: one, or an album."""

from typing import Any

from dragoman.simulator.telegram.call import Call, Method
from dragoman.simulator.telegram.entities import parse_markup, utf16_length
from dragoman.simulator.telegram.errors import bad_request
from dragoman.simulator.telegram.model import Json
from dragoman.simulator.telegram.sending import (
    MOST_CAPTION,
    caption_of,
    chat_to_write_to,
    deliver,
    put_on_phone,
    refuse_above_limit,
    reply_of,
)
from dragoman.simulator.telegram.shapes import message_json
from dragoman.simulator.telegram.uploading import resolve

ALBUM_LEAST, ALBUM_MOST = 2, 10
ALONE_IN_ALBUM = ("audio", "document")  # these mix with nothing else


def sender_of(kind: str, *, captioned: bool = True) -> Method:
    """The method that sends one file of that kind: sendPhoto for "photo" ..."""

    async def send_file(call: Call) -> Json:
        chat_to_write_to(call)
        content = await resolve(call, kind, call.parameters.text(kind), kind)
        return deliver(call, content | (caption_of(call) if captioned else {}))

    return send_file


async def send_media_group(call: Call) -> list[Json]:
    chat = chat_to_write_to(call)
    items = _album_items(call)
    contents = [await _album_content(call, item) for item in items]
    reply = reply_of(call, chat)
    refuse_above_limit(call, chat, len(contents))
    group = str(call.network.chance.randrange(10**16, 10**17))
    messages = [
        put_on_phone(call, chat, {**content, **reply, "media_group_id": group}) for content in contents
    ]
    return [message_json(call.network, message) for message in messages]


def _album_items(call: Call) -> list[dict[str, Any]]:
    items = call.parameters.structure("media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse media: expected an array")
    if not ALBUM_LEAST <= len(items) <= ALBUM_MOST:
        raise bad_request("wrong number of messages in the media group: must be 2 to 10")
    kinds = {item.get("type") for item in items}
    if len(kinds) > 1 and kinds & set(ALONE_IN_ALBUM):
        raise bad_request("can't mix this type of media with others in one media group")
    if not kinds <= {"photo", "video", *ALONE_IN_ALBUM}:
        raise bad_request("wrong type of media in the media group")
    return items


async def _album_content(call: Call, item: dict[str, Any]) -> Json:
    content = await resolve(call, str(item["type"]), str(item.get("media", "")), "")
    words, entities = parse_markup(str(item.get("caption", "")), item.get("parse_mode"))
    if utf16_length(words) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    if words:
        content |= {"caption": words, **({"caption_entities": entities} if entities else {})}
    return content
