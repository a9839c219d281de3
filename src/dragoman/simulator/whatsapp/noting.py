"""What the journal says of an item on its way to an app."""

from dragoman.simulator.journal import Event as Noted
from dragoman.simulator.whatsapp.model import Event


def noted(event: Event) -> Noted:
    item = event.item
    kind = item.get("status") or item.get("type") or event.key
    held = item.get("text")
    stamp = item.get("timestamp")
    return Noted(
        platform="whatsapp",
        account=event.number_id,
        chat=event.person_id,
        event="echo"
        if event.key == "message_echoes"
        else "message"
        if event.key == "messages"
        else str(kind),
        key=f"{item.get('id', event.id)}/{kind}",
        text=held.get("body") if isinstance(held, dict) else None,
        platform_time=float(stamp) if stamp is not None else None,
        correlation=item.get("biz_opaque_callback_data"),
        details={"app": event.app_id, "type": str(kind)},
    )
