"""The rarer messages, each as Meta documents it. Texts, products and people are invented."""

from dragoman.simulator.whatsapp.model import Json

LINK = "https://espresso.example/"

RARE_MESSAGES = ("order", "list_reply", "form", "from_ad", "forwarded", "product_question", "poll", "withheld",
                 "too_big")  # fmt: skip


def rare_message(kind: str) -> Json | None:
    """The content of such a message; None for a kind not known here."""
    item = {"product_retailer_id": "SEAL-58", "quantity": 2, "item_price": 11, "currency": "EUR"}
    messages: dict[str, Json] = {
        "order": {
            "type": "order",
            "order": {"catalog_id": "7301", "text": "as a gift, please", "product_items": [item]},
        },
        "list_reply": _interactive(
            "list_reply", {"id": "size-60", "title": "60 cm", "description": "fits two"}
        ),
        "form": _interactive(
            "nfm_reply", {"name": "flow", "body": "Sent", "response_json": '{"city":"Oslo","flow_token":"t"}'}
        ),
        "from_ad": {
            "type": "text",
            "text": {"body": "hi"},
            "referral": {
                "source_type": "ad",
                "source_id": "120",
                "source_url": f"{LINK}ad",
                "headline": "A lever machine",
                "body": "Two weeks to try it",
                "media_type": "image",
                "image_url": f"{LINK}lever.jpg",
                "ctwa_clid": "clid",
            },
        },
        "forwarded": {"type": "text", "text": {"body": "look at this"}, "context": {"forwarded": True}},
        "product_question": {
            "type": "text",
            "text": {"body": "price?"},
            "context": {
                "from": "15550000000",
                "id": "wamid.catalogue",
                "referred_product": {"catalog_id": "7301", "product_retailer_id": "LEVER-220"},
            },
        },
        "poll": _unsupported(131051, "Message type unknown", "poll_creation"),
        "withheld": _unsupported(131060, "This message is currently unavailable.", "media_placeholder"),
        "too_big": _unsupported(131052, "Media download error", "image"),
    }
    return messages.get(kind)


def _interactive(kind: str, reply: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, kind: reply}}


def _unsupported(code: int, title: str, kind: str) -> Json:
    error = {"code": code, "title": title, "message": title, "error_data": {"details": title}}
    return {"type": "unsupported", "errors": [error], "unsupported": {"type": kind}}
