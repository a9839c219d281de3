"""Files as Telegram knows them: kept bytes, a `file_id` per bot, and the object that a message carries."""

import base64
from hashlib import sha256

from msgspec.structs import replace

from dragoman.simulator.media.kinds import Media
from dragoman.simulator.media.pictures import LARGEST_SIDE, SMALL_SIDE, shrunk
from dragoman.simulator.telegram.model import Json, StoredFile
from dragoman.simulator.telegram.network import TelegramNetwork

# The first letters of real file ids tell the kind; nobody may rely on it, but it looks right in a log.
PREFIXES = {
    "photo": "AgAC", "video": "BAAC", "animation": "CgAC", "voice": "AwAC", "audio": "CQAC",
    "video_note": "DQAC", "document": "BQAC", "sticker": "CAAC",
}  # fmt: skip
FOLDERS = {"photo": "photos", "video": "videos", "animation": "animations", "voice": "voice", "audio": "music",
           "video_note": "video_notes", "document": "documents", "sticker": "stickers"}  # fmt: skip


def attach(network: TelegramNetwork, bot_id: int, kind: str, media: Media) -> Json:
    """Keep a file and give the content of a message that carries it: {"photo": [...]}, {"voice": {...}} ...

    Raises: OSError for a photo that is no picture.
    """
    if kind == "photo":
        return {"photo": _sizes(network, bot_id, media)}
    stored = _store(network, bot_id, kind, media, _details(kind, media))
    return carried(stored)


def carried(stored: StoredFile) -> Json:
    """The content of a message that carries a file already kept."""
    if stored.kind == "photo":
        return {"photo": stored.details["sizes"]}
    shown = _shown(stored)
    if stored.kind == "animation":
        names = ("file_id", "file_unique_id", "file_name", "mime_type", "file_size")
        return {"animation": shown, "document": {name: shown[name] for name in names}}
    return {stored.kind: shown}


def _sizes(network: TelegramNetwork, bot_id: int, media: Media) -> list[Json]:
    """A photo is always JPEG and comes in several sizes, the largest last; any of them leads to all."""
    original = (bot_id, network.files.put(media.content))
    if original not in network.photo_sizes:
        network.photo_sizes[original] = _shrink(network, bot_id, media)
    return network.photo_sizes[original]


def _shrink(network: TelegramNetwork, bot_id: int, media: Media) -> list[Json]:
    pictures = [shrunk(media.content, side) for side in (SMALL_SIDE, LARGEST_SIDE)]
    stored = [_store(network, bot_id, "photo", picture, _details("photo", picture)) for picture in pictures]
    sizes = [_shown(one) for one in stored]
    for one in stored:
        network.keep_file(replace(one, details={**one.details, "sizes": sizes}))
    return sizes


def _store(network: TelegramNetwork, bot_id: int, kind: str, media: Media, details: Json) -> StoredFile:
    name = network.files.put(media.content)
    unique = sha256(f"{kind}:{name}".encode()).digest()
    own = sha256(f"{bot_id}:{kind}:{media.name}:{name}".encode()).digest()
    stored = StoredFile(
        file_id=PREFIXES[kind] + base64.urlsafe_b64encode(own).decode().rstrip("="),
        file_unique_id="AQAD" + base64.urlsafe_b64encode(unique).decode()[:12],
        bot_id=bot_id,
        name=name,
        path=f"{FOLDERS[kind]}/file_{len(network.stored_files)}{_extension(media.name)}",
        size=len(media.content),
        kind=kind,
        details=details,
    )
    return network.stored_files.get(stored.file_id) or network.keep_file(stored)


def _details(kind: str, media: Media) -> Json:
    named = {"file_name": media.name, "mime_type": media.mime_type}
    size = {"width": media.width, "height": media.height}
    match kind:
        case "photo":
            return size
        case "sticker":
            return {"type": "regular", **size, "is_animated": False, "is_video": False, "emoji": "☕"}
        case "voice":
            return {"duration": media.duration_seconds, "mime_type": media.mime_type}
        case "video_note":
            return {"length": media.width, "duration": media.duration_seconds}
        case "video" | "animation":
            return {**size, "duration": media.duration_seconds, **named}
        case "audio":
            return {"duration": media.duration_seconds, **named}
        case _:
            return named


def _shown(stored: StoredFile) -> Json:
    details = {name: value for name, value in stored.details.items() if name != "sizes"}
    ids = {"file_id": stored.file_id, "file_unique_id": stored.file_unique_id}
    return {**ids, **details, "file_size": stored.size}


def _extension(name: str) -> str:
    _, dot, extension = name.rpartition(".")
    return f".{extension.lower()}" if dot and extension.isalnum() else ""
