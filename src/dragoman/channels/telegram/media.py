"""Pictures, sound, films and files in a message. They still lie at Telegram, under the id of a file."""

from __future__ import annotations

from dragoman.channels.events import Media, MediaKind, Part, Unsupported
from dragoman.kit.json_reading import Record, flag, number, record_in, records_in, size, text


def photo(message: Record) -> list[Part]:
    """Telegram offers several sizes of one picture, as JPEG: the largest is the picture."""
    sizes = [each for each in records_in(message, "photo") if text(each, "file_id")]
    if not sizes:
        return []
    largest = max(sizes, key=lambda each: (size(each, "width") or 0) * (size(each, "height") or 0))
    return _media(largest, MediaKind.IMAGE, mime_type="image/jpeg")


def live_photo(message: Record) -> list[Part]:
    """A picture and the few seconds of film around it."""
    live = record_in(message, "live_photo") or {}
    still = photo(live) or photo(message)
    return still + _media(live, MediaKind.VIDEO)


def animation(message: Record) -> list[Part]:
    return _media(record_in(message, "animation"), MediaKind.ANIMATION)


def video(message: Record) -> list[Part]:
    return _media(record_in(message, "video"), MediaKind.VIDEO)


def video_note(message: Record) -> list[Part]:
    """A round film: its one measure is its diameter."""
    note = record_in(message, "video_note") or {}
    diameter = note.get("length")
    return _media({**note, "width": diameter, "height": diameter}, MediaKind.VIDEO)


def voice(message: Record) -> list[Part]:
    return _media(record_in(message, "voice"), MediaKind.VOICE)


def audio(message: Record) -> list[Part]:
    found = record_in(message, "audio") or {}
    heard = (text(found, "performer"), text(found, "title"))
    title = " – ".join(words for words in heard if words)
    return _media(found, MediaKind.AUDIO, name=text(found, "file_name") or title or None)


def document(message: Record) -> list[Part]:
    return _media(record_in(message, "document"), MediaKind.FILE)


def sticker(message: Record) -> list[Part]:
    found = record_in(message, "sticker") or {}
    return _media(found, MediaKind.STICKER, mime_type=_type_of_sticker(found))


def _type_of_sticker(found: Record) -> str:
    """A sticker's format is known by its flags only."""
    if flag(found, "is_video"):
        return "video/webm"
    return "application/x-tgsticker" if flag(found, "is_animated") else "image/webp"


def paid_media(message: Record) -> list[Part]:
    """What must be bought first is a mere preview; what a bot has bought or sent can be fetched."""
    parts: list[Part] = []
    for each in records_in(record_in(message, "paid_media") or {}, "paid_media"):
        match each.get("type"):
            case "photo":
                parts += photo(each)
            case "video":
                parts += video(each)
            case "live_photo":
                parts += live_photo(each)
            case _:
                parts.append(Unsupported(kind="paid_media"))
    return parts


def _media(
    found: Record | None, kind: MediaKind, *, name: str | None = None, mime_type: str | None = None
) -> list[Part]:
    file_id = text(found, "file_id") if found else None
    if found is None or file_id is None:
        return []
    return [
        Media(
            kind=kind,
            source={"file_id": file_id},
            name=name or text(found, "file_name"),
            mime_type=mime_type or text(found, "mime_type"),
            size_bytes=size(found, "file_size"),
            duration_seconds=_seconds(found),
            width=size(found, "width"),
            height=size(found, "height"),
            emoji=text(found, "emoji"),
        )
    ]


def _seconds(found: Record) -> float | None:
    seconds = number(found, "duration")
    return seconds if seconds is not None and seconds >= 0 else None
