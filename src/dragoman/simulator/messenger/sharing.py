"""Words and files that a customer sends, as contents of messages."""

from dragoman.simulator import acts
from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.media.kinds import Media
from dragoman.simulator.messenger.cdn import link_to
from dragoman.simulator.messenger.model import Json, Thread
from dragoman.simulator.messenger.office import Office

ATTACHMENT_TYPES = {
    "photo": "image", "screenshot": "image", "animation": "image", "video": "video", "video_note": "video",
    "voice": "audio", "audio": "audio", "document": "file", "sticker": "sticker",
}  # fmt: skip
THUMBS_UP_STICKER = 369239263222822
ALBUM_MOST = 10


def message_contents(office: Office, thread: Thread, act: acts.Act) -> list[Json]:
    """What an act sends, a message each; nothing for acts that send nothing."""
    match act:
        case acts.Write(text, reply_to, _):
            return [{"text": text, **_reply(office, thread, reply_to)}]
        case acts.QuickReply(title, payload):
            return [{"text": title, "quick_reply": {"payload": payload}}]
        case acts.SendMedia():
            caption: list[Json] = [{"text": act.caption}] if act.caption else []
            return [{**_media(office, act), **_reply(office, thread, act.reply_to)}, *caption]
        case acts.SendLocation(latitude, longitude):
            coordinates = {"lat": latitude, "long": longitude}
            return [{"attachments": [{"type": "location", "payload": {"coordinates": coordinates}}]}]
        case acts.SendOther(kind):
            picture = office.drawer.take("photo")
            content = office.network.ways.rare_message(kind, _link(office, picture))
            return [content] if content else []
        case _:
            return []


def _media(office: Office, act: acts.SendMedia) -> Json:
    """Several files of one send arrive in one array; words about them are a message of their own."""
    if not 1 <= act.count <= ALBUM_MOST:
        raise NotPossibleError("One to ten files can be sent together.")
    return {"attachments": [_attachment(office, act) for _ in range(act.count)]}


def _attachment(office: Office, act: acts.SendMedia) -> Json:
    kind = ATTACHMENT_TYPES[act.kind]
    payload: Json = {"url": _link(office, _chosen(office, act))}
    if kind == "sticker":
        payload["sticker_id"] = THUMBS_UP_STICKER
    return {"type": kind, "payload": payload}


def _chosen(office: Office, act: acts.SendMedia) -> Media:
    if act.content is None:
        return office.drawer.take("video" if act.kind == "video_note" else act.kind)
    return Media(act.file_name or "file", act.mime_type or "application/octet-stream", act.content)


def _link(office: Office, media: Media) -> str:
    return link_to(office, office.network.files.put(media.content), media.name)


def _reply(office: Office, thread: Thread, mid: str | None) -> Json:
    if mid is None:
        return {}
    replied = office.network.messages.get((thread.page_id, thread.psid), {}).get(mid)
    if replied is None:
        raise NotPossibleError(f"There is no message {mid} in this chat.")
    return {"reply_to": {"mid": mid, "is_self_reply": not replied.is_from_page}}
