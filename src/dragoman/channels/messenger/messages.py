"""What is said: messages and echoes, edits, pressed buttons, carts and filled-in forms."""

from __future__ import annotations

from dragoman.channels.events import InboundEvent, Link, MessageEvent, Part, Unsupported
from dragoman.channels.meta.attachments import attachment_parts
from dragoman.channels.meta.echo import NO_ECHO, echo_facts
from dragoman.channels.meta.item import Item
from dragoman.channels.meta.origin import lead_form_origin, origin
from dragoman.channels.meta.reading import composed_id, fingerprint, identifier, joined
from dragoman.channels.meta.said import choices, said_in_a_form, taken_back
from dragoman.kit.json_reading import Record, flag, number, record_in, records_in, text


def read_message(item: Item, message: Record) -> InboundEvent | None:
    """A customer's message, or the echo of what the Page said, by whomever."""
    customer = item.customer
    if customer is None:
        return None
    mid = identifier(message, "mid") or composed_id("message", fingerprint(item.record))
    if flag(message, "is_deleted"):
        return taken_back(item, customer, mid)
    echo = echo_facts(message) if item.is_from_account else NO_ECHO
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
        *choices(message),
        *origin(record_in(message, "referral") or {}),
        *lead_form_origin(record_in(item.record, "hop_context") or record_in(message, "hop_context") or {}),
    )
    if text(message, "text") is None and not parts:
        return (Unsupported(kind="empty message"),)
    return parts


def read_order(item: Item, order: Record) -> InboundEvent | None:
    """A shopping cart that the customer sent."""
    products = tuple(Link(kind="product", title=_product(each)) for each in records_in(order, "products"))
    return said_in_a_form(item, "order", text(order, "note"), products)


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
    return said_in_a_form(item, "form", "\n".join(answers) or None, ())
