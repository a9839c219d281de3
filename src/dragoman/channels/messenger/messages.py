"""What is said: messages and echoes, edits, pressed buttons, carts and filled-in forms."""

from __future__ import annotations

from dragoman.channels.events import (
    Choice,
    DeletionEvent,
    EditEvent,
    InboundEvent,
    Link,
    MessageEvent,
    Part,
    PostbackEvent,
    Unsupported,
)
from dragoman.channels.messenger.attachments import attachment_parts
from dragoman.channels.messenger.echo import NO_ECHO, echo_facts
from dragoman.channels.messenger.item import Item
from dragoman.channels.messenger.origin import lead_form_origin, origin
from dragoman.channels.messenger.reading import composed_id, fingerprint, identifier, joined
from dragoman.kit.json_reading import Record, flag, number, record_in, records_in, text


def read_message(item: Item, message: Record) -> InboundEvent | None:
    """A customer's message, or the echo of what the Page said, by whomever."""
    customer = item.customer
    if customer is None:
        return None
    mid = identifier(message, "mid") or composed_id("message", fingerprint(item.record))
    if flag(message, "is_deleted"):
        key = joined("deletion", mid)
        return DeletionEvent(
            account=item.account, natural_key=key, at=item.at, external_id=mid, customer=customer
        )
    echo = echo_facts(message) if item.is_from_page else NO_ECHO
    return MessageEvent(
        account=item.account,
        natural_key=joined("message", mid),
        at=item.at,
        external_id=mid,
        customer=customer,
        direction=item.direction,
        text=text(message, "text"),
        parts=_parts(item, message),
        reply_to=identifier(record_in(message, "reply_to") or {}, "mid"),
        correlation=echo.correlation,
        automatic=echo.automatic,
        ours=echo.ours,
    )


def _parts(item: Item, message: Record) -> tuple[Part, ...]:
    parts = (
        *attachment_parts(message),
        *_choices(message),
        *origin(record_in(message, "referral") or {}),
        *lead_form_origin(record_in(item.record, "hop_context") or record_in(message, "hop_context") or {}),
    )
    if text(message, "text") is None and not parts:
        return (Unsupported(kind="empty message"),)
    return parts


def _choices(message: Record) -> tuple[Choice, ...]:
    """A tapped quick reply, whose title is the message's text too, and commands picked from the menu."""
    quick_reply = record_in(message, "quick_reply")
    payload = text(quick_reply or {}, "payload")
    title = text(message, "text") or payload
    tapped = () if quick_reply is None or title is None else (Choice(title=title, payload=payload),)
    commands = (text(command, "name") for command in records_in(message, "commands"))
    return (*tapped, *(Choice(title=name) for name in commands if name is not None))


def read_edit(item: Item, edit: Record) -> InboundEvent | None:
    mid = identifier(edit, "mid")
    if mid is None or item.customer is None:
        return None
    which = identifier(edit, "num_edit") or fingerprint(item.record)
    return EditEvent(
        account=item.account,
        natural_key=joined("edit", mid, which),
        at=item.at,
        external_id=mid,
        customer=item.customer,
        direction=item.direction,
        text=text(edit, "text"),
    )


def read_postback(item: Item, postback: Record) -> InboundEvent | None:
    """A pressed button: Get started, the menu, an ice breaker, a template's. Standby leaves the payload out."""
    title, payload = text(postback, "title"), text(postback, "payload")
    words = title or payload
    if words is None or item.customer is None:
        return None
    # The mid may be that of the message whose button was pressed, and a button can be pressed twice.
    where = identifier(postback, "mid") or item.customer.address
    own_id = composed_id("postback", where, item.stamp, words)
    return PostbackEvent(
        account=item.account,
        natural_key=joined("postback", own_id),
        at=item.at,
        external_id=own_id,
        customer=item.customer,
        text=words,
        parts=(Choice(title=words, payload=payload), *origin(record_in(postback, "referral") or {})),
    )


def read_order(item: Item, order: Record) -> InboundEvent | None:
    """A shopping cart that the customer sent."""
    products = tuple(Link(kind="product", title=_product(each)) for each in records_in(order, "products"))
    return _said(item, "order", text(order, "note"), products)


def _product(product: Record) -> str:
    name = text(product, "name") or text(product, "retailer_id") or "a product"
    quantity, price = number(product, "quantity"), number(product, "unit_price")
    count = "" if quantity is None else f"{quantity:g} × "
    each = "" if price is None else f", {price:g} {text(product, 'currency') or ''} each".replace("  ", " ")
    return f"{count}{name}{each}"


def read_customer_information(item: Item, form: Record) -> InboundEvent | None:
    """What the customer filled into a form inside the conversation: said in their name, a line per field."""
    answers = [
        f"{text(response, 'key') or 'answer'}: {text(response, 'value') or ''}".rstrip()
        for screen in records_in(form, "screens")
        for response in records_in(screen, "responses")
    ]
    return _said(item, "form", "\n".join(answers) or None, ())


def _said(item: Item, what: str, words: str | None, parts: tuple[Part, ...]) -> MessageEvent | None:
    if item.customer is None or (words is None and not parts):
        return None
    own_id = composed_id(what, item.customer.address, item.stamp, fingerprint(item.record))
    return MessageEvent(
        account=item.account,
        natural_key=joined("message", own_id),
        at=item.at,
        external_id=own_id,
        customer=item.customer,
        text=words,
        parts=parts,
    )
