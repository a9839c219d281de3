"""What the customer has read: a message of ours, and with it all before it."""

from __future__ import annotations

from dragoman.channels.events import InboundEvent, ReceiptEvent, ReceiptRank
from dragoman.channels.meta.item import Item
from dragoman.channels.meta.reading import identifier, joined
from dragoman.kit.json_reading import Record


def read_read(item: Item, read: Record) -> InboundEvent | None:
    """Where we do not know the message (it was sent from the phone), its time says how far they have read."""
    mid = identifier(read, "mid")
    if item.customer is None or mid is None:
        return None
    return ReceiptEvent(
        account=item.account,
        natural_key=joined("read", item.customer.address, mid),
        at=item.at,
        rank=ReceiptRank.READ,
        customer=item.customer,
        external_ids=(mid,),
        all_before=True,
    )
