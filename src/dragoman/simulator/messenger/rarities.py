"""The rarer attachments and events, each as Meta documents it. Texts, products and people are invented."""

from dragoman.simulator.messenger.model import Json

LINK = "https://espresso.example/"


def rare_message(kind: str, picture_url: str) -> Json | None:
    """The content of such a message; None for a kind not known here."""
    attachments: dict[str, Json] = {
        "fallback": {"type": "fallback", "payload": {"url": f"{LINK}seals", "title": "Seals, 58 mm"}},
        "fallback_unavailable": {"type": "fallback", "title": "Attachment Unavailable", "payload": None},
        "reel": {"type": "reel", "payload": {"url": f"{LINK}reel/1", "title": "Crema", "reel_video_id": 731}},
        "ig_reel": {
            "type": "ig_reel",
            "payload": {"url": f"{LINK}reel/2", "title": "Descaling", "reel_video_id": 732},
        },
        "post": {"type": "post", "payload": {"url": f"{LINK}post/3", "title": "New colours", "id": "991_3"}},
        "ig_post": {"type": "ig_post", "payload": {"url": f"{LINK}post/4", "title": "Steam", "id": "991_4"}},
        "product": {
            "type": "template",
            "payload": {"product": {"elements": [_product(picture_url)]}},
        },
        "appointment_booking": {
            "type": "appointment_booking",
            "payload": {
                "booking_id": "b_1",
                "status": "requested",
                "start_time": 1_795_600_000,
                "end_time": 1_795_601_800,
                "timezone": "Europe/Oslo",
            },
        },
        "hologram": {"type": "hologram", "payload": {"depth": 3}},
    }
    if kind in attachments:
        return {"attachments": [attachments[kind]]}
    return _with_origin(picture_url).get(kind)


def rare_event(kind: str) -> Json | None:
    """Events that are no messages; None for a kind not known here."""
    events: dict[str, Json] = {
        "lead": {
            "referral": {"source": "ADS", "type": "LEAD_COMPLETE", "ad_id": "120", "ads_context_data": {}},
            "lead": {"data": [{"question": "City?", "answer": "Oslo"}]},
        },
        "optin": {
            "optin": {
                "type": "notification_messages",
                "payload": "NEWS",
                "title": "News of our machines",
                "notification_messages_token": "4242",
                "notification_messages_timezone": "Europe/Oslo",
                "token_expiry_timestamp": "1826000000000",
                "user_token_status": "NOT_REFRESHED",
            }
        },
        "account_linking": {"account_linking": {"status": "linked", "authorization_code": "c0de"}},
        "response_feedback": {"response_feedback": {"feedback": "Good response", "mid": "m_gone"}},
        "order": {"order": {"products": [_ordered()], "note": "as a gift, please"}},
        "customer_information": {
            "messaging_customer_information": {
                "screens": [{"screen_id": "s1", "responses": [{"key": "phone", "value": "+4740012345"}]}]
            }
        },
        "policy_enforcement": {
            "policy_enforcement": {"action": "warning", "reason": "Messages were reported as unwanted."}
        },
        "app_roles": {"app_roles": {"123": ["primary_receiver"]}},
    }
    return events.get(kind)


RARE_MESSAGES = (
    "fallback", "fallback_unavailable", "reel", "ig_reel", "post", "ig_post", "product",
    "appointment_booking", "hologram", "product_question", "from_ad", "command",
)  # fmt: skip
RARE_EVENTS = (
    "lead", "optin", "account_linking", "response_feedback", "order",
    "customer_information", "policy_enforcement", "app_roles",
)  # fmt: skip


def _with_origin(picture_url: str) -> dict[str, Json]:
    return {
        "product_question": {"text": "price?", "referral": {"product": {"id": "P1"}}},
        "from_ad": {
            "text": "hi",
            "referral": {
                "ref": "SPRING",
                "ad_id": "120",
                "source": "ADS",
                "type": "OPEN_THREAD",
                "ads_context_data": {
                    "ad_title": "A lever machine",
                    "photo_url": picture_url,
                    "post_id": "991_3",
                },
            },
        },
        "command": {"text": "seals for a 2019 machine", "commands": [{"name": "seals"}]},
    }


def _product(picture_url: str) -> Json:
    return {
        "id": "P1",
        "retailer_id": "LEVER-220",
        "image_url": picture_url,
        "title": "Lever machine, 220 V",
        "subtitle": "€ 749.00",
    }


def _ordered() -> Json:
    return {
        "id": 1,
        "retailer_id": "SEAL-58",
        "name": "Seal, 58 mm",
        "unit_price": 11,
        "currency": "EUR",
        "quantity": 2,
    }
