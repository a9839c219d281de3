"""What the journal says of an item on its way to an app."""

from dragoman.simulator.journal import Event as Noted
from dragoman.simulator.messenger.model import Event, Json


def noted(event: Event, platform: str) -> Noted:
    """What the journal says of an item."""
    kind, key, text = _named(event.item)
    return Noted(
        platform=platform,
        account=event.page_id,
        chat=event.psid,
        event=kind,
        key=key,
        text=text,
        platform_time=event.item["timestamp"] / 1000 if "timestamp" in event.item else None,
        correlation=event.item.get("message", {}).get("metadata"),
        details={"app": event.app_id, "standby": event.is_standby},
    )


def _named(item: Json) -> tuple[str, str, str | None]:
    """Kind, natural key and words of an item."""
    match item:
        case {"message": message}:
            return ("echo" if message.get("is_echo") else "message"), message["mid"], message.get("text")
        case {"message_edit": edit}:
            return "edit", f"{edit['mid']}/{edit['num_edit']}", edit["text"]
        case {"reaction": reaction}:
            key = f"{reaction['mid']}/{reaction['action']}/{item['timestamp']}"
            return "reaction", key, reaction.get("emoji")
        case {"delivery": delivery}:
            return "delivery", str(delivery["watermark"]), None
        case {"read": read}:
            return "read", str(read.get("watermark") or read["mid"]), None
        case {"postback": postback}:
            return "postback", postback.get("mid", str(item["timestamp"])), postback.get("title")
        case _:
            kinds = [key for key in item if key not in ("sender", "recipient", "timestamp")]
            return (kinds[0] if kinds else "nothing"), str(item.get("timestamp", "")), None
