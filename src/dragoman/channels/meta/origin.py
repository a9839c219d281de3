"""Where a message or a click comes from: an advertisement, a product, a link to us."""

from __future__ import annotations

from dragoman.channels.events import Context
from dragoman.channels.meta.reading import identifier, web_address
from dragoman.kit.json_reading import Record, record_in, records_in, text

_SOURCES = {
    "ADS": "an advertisement",
    "SHORTLINK": "a link to our conversation",
    "SHORTLINKS": "a link to our conversation",
    "MESSENGER_CODE": "a scanned code",
    "DISCOVER_TAB": "Messenger's own directory",
    "CUSTOMER_CHAT_PLUGIN": "the chat on our web site",
}


def origin(referral: Record) -> tuple[Context, ...]:
    """Empty for an empty referral only: Meta leaves parts of it out in some countries."""
    found = (*_advertisement(referral), *_product(referral), *_reference(referral))
    source = text(referral, "source") or text(referral, "type")
    if not found and source is not None:
        return (Context(kind="referral", text=_SOURCES.get(source, source)),)
    return found


def _advertisement(referral: Record) -> tuple[Context, ...]:
    ad, about = identifier(referral, "ad_id"), record_in(referral, "ads_context_data")
    if ad is None and about is None:
        return ()
    about = about or {}
    title = text(about, "ad_title") or (f"advertisement {ad}" if ad else "an advertisement")
    picture = web_address(about, "photo_url") or web_address(about, "video_url")
    return (Context(kind="advertisement", text=title, url=picture),)


def _product(referral: Record) -> tuple[Context, ...]:
    product = identifier(record_in(referral, "product") or {}, "id")
    return () if product is None else (Context(kind="product", text=f"product {product}"),)


def _reference(referral: Record) -> tuple[Context, ...]:
    reference = text(referral, "ref")
    return () if reference is None else (Context(kind="referral", text=reference),)


def lead_form_origin(hop_context: Record) -> tuple[Context, ...]:
    """Meta writes a form's answers as a message that the customer does not see in the thread."""
    if not (text(hop_context, "metadata") or "").startswith("messenger_lead_gen"):
        return ()
    return (Context(kind="advertisement", text="answers to an advertisement's form"),)


def lead_answers(lead: Record) -> str | None:
    """The filled-in form of an advertisement, a line per question."""
    answers = [
        f"{text(answer, 'question') or 'Question'} {text(answer, 'answer') or ''}".rstrip()
        for answer in records_in(lead, "data")
    ]
    return "\n".join(answers) or None
