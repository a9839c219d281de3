"""What the journal says of an item on its way to an app."""

from typing import Any

from dragoman.simulator.journal import Event as Noted
from dragoman.simulator.whatsapp.model import Event


def noted(event: Event) -> Noted:
    item = event.item
    kind, key, text = _named(event)
    stamp = item.get("timestamp")
    return Noted(
        platform="whatsapp",
        account=event.number_id,
        chat=event.person_id,
        event=kind,
        key=key,
        text=text,
        platform_time=float(stamp) if stamp is not None else None,
        correlation=item.get("biz_opaque_callback_data"),
        details={"app": event.app_id, "type": str(item.get("type") or kind)},
    )


def _named(event: Event) -> tuple[str, str, str | None]:
    """Kind, natural key and words of an item. What is done to a message begins with the id of that one."""
    own = str(event.item.get("id", event.id))
    match event.item:
        case {"type": "reaction", "reaction": reaction}:
            return "reaction", f"{reaction['message_id']}/{own}", reaction.get("emoji")
        case {"type": "edit", "edit": {"original_message_id": message, "message": now}}:
            return "edit", f"{message}/{own}", _words(now)
        case {"type": "revoke", "revoke": {"original_message_id": message}}:
            return "deletion", f"{message}/{own}", None
    kind = str(event.item.get("status") or event.item.get("type") or event.key or event.field)
    said = {"messages": "message", "message_echoes": "echo"}.get(event.key, kind)
    return said, f"{own}/{kind}", _words(event.item)


def _words(item: dict[str, Any]) -> str | None:
    text = item.get("text")
    return text.get("body") if isinstance(text, dict) else None
