"""What the customer has got and read: all of ours up to a time."""

from __future__ import annotations

from dragoman.channels.events import InboundEvent, ReceiptEvent, ReceiptRank
from dragoman.channels.meta.item import Item
from dragoman.channels.meta.reading import identifier, identifiers, joined, moment
from dragoman.kit.json_reading import Record


def read_delivery(item: Item, delivery: Record) -> InboundEvent | None:
    return _receipt(item, delivery, ReceiptRank.DELIVERED, identifiers(delivery, "mids"))


def read_read(item: Item, read: Record) -> InboundEvent | None:
    named = identifier(read, "mid")
    return _receipt(item, read, ReceiptRank.READ, () if named is None else (named,))


def _receipt(item: Item, receipt: Record, rank: ReceiptRank, mids: tuple[str, ...]) -> InboundEvent | None:
    """The watermark speaks of all our messages up to it; the named ones are a selection."""
    watermark = moment(receipt, "watermark")
    if item.customer is None or (watermark is None and not mids):
        return None
    mark = identifier(receipt, "watermark")
    return ReceiptEvent(
        account=item.account,
        natural_key=joined(rank.value, item.customer.address, mark, *mids),
        at=item.at,
        rank=rank,
        customer=item.customer,
        external_ids=mids,
        watermark=watermark,
    )
