"""What became of what we sent. A status names one message, and in whatever order they come, ranks only rise."""

from __future__ import annotations

from dragoman.channels.events import InboundEvent, ReceiptEvent, ReceiptRank
from dragoman.channels.meta.reading import identifier, joined, moment
from dragoman.channels.whatsapp.errors import failure_of
from dragoman.channels.whatsapp.item import Frame, address, unrecognised
from dragoman.kit.json_reading import Record, records_in, text

# What we send carries this before our correlation, so that other apps' statuses are not taken for ours.
CORRELATION_PREFIX = "dragoman:"

_RANKS = {
    "sent": ReceiptRank.SENT,
    "delivered": ReceiptRank.DELIVERED,
    "read": ReceiptRank.READ,
    "played": ReceiptRank.READ,  # a voice message was heard
    "failed": ReceiptRank.FAILED,
}


def read_status(frame: Frame, status: Record) -> InboundEvent:
    """WhatsApp echoes nothing of ours: the statuses bring our correlation back, and with it the message's id."""
    word, wamid = text(status, "status") or "", identifier(status, "id")
    if status.get("recipient_type") == "group":
        return unrecognised(frame.account, "status in a group", status, known=True)
    rank = _RANKS.get(word)
    customer = frame.person(address(status, "recipient_id"), address(status, "recipient_user_id"))
    if rank is None or wamid is None or customer is None:
        return unrecognised(frame.account, f"status {word or 'without a word'}", status)
    return ReceiptEvent(
        account=frame.account,
        natural_key=joined("status", wamid, word),
        at=moment(status, "timestamp"),
        rank=rank,
        customer=customer,
        external_ids=(wamid,),
        correlation=_correlation(status),
        reason=failure_of(records_in(status, "errors")) if rank is ReceiptRank.FAILED else None,
    )


def _correlation(status: Record) -> str | None:
    given = text(status, "biz_opaque_callback_data") or ""
    return given.removeprefix(CORRELATION_PREFIX) if given.startswith(CORRELATION_PREFIX) else None
