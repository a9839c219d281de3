"""What is Instagram's own: its fields, its limits, and what only its customers can send."""

from dragoman.simulator.messenger.model import Json
from dragoman.simulator.messenger.ways import Ways

LINK = "https://www.instagram.com/"

FIELD_OF_KEY = {
    "message_edit": "message_edit",
    "reaction": "message_reactions",
    "read": "messaging_seen",
    "postback": "messaging_postbacks",
    "referral": "messaging_referral",
    "optin": "messaging_optins",
    "pass_thread_control": "messaging_handover",
    "take_thread_control": "messaging_handover",
    "request_thread_control": "messaging_handover",
    "policy_enforcement": "messaging_policy_enforcement",
    "response_feedback": "response_feedback",
}
KNOWN_FIELDS = frozenset({
    "messages", "message_echoes", *FIELD_OF_KEY.values(), "standby", "comments", "live_comments", "mentions",
    "story_insights",
})  # fmt: skip


def rare_message(kind: str, url: str) -> Json | None:
    """The content of such a message, with this address where something is shown; None for a kind not known here."""
    story = {"story": {"id": "17950001", "url": url}}
    contents: dict[str, Json] = {
        "story_reply": {"text": "how much is the one on the left?", "reply_to": story},
        "story_emoji": {"text": "🔥", "reply_to": story},
        "story_mention": {"attachments": [{"type": "story_mention", "payload": {"url": url}}]},
        "ephemeral": {"attachments": [{"type": "ephemeral"}]},
        "unsupported": {"is_unsupported": True},
        "ig_post": _shared("ig_post", ig_post_media_id="17901", title="New colours this week", url=url),
        "share": _shared("share", url=url),
        "ig_reel": _shared("ig_reel", reel_video_id="17902", title="Descaling", url=f"{LINK}reel/C0EXAMPLE/"),
        "ig_story": _shared("ig_story", url=url),
        "product_question": {"text": "price?", "referral": {"product": {"id": "P1"}}},
        "from_ad": {
            "text": "hi",
            "referral": {
                "ref": "SPRING",
                "ad_id": "120",
                "source": "ADS",
                "type": "OPEN_THREAD",
                "ads_context_data": {"ad_title": "A lever machine", "photo_url": url},
            },
        },
        "hologram": _shared("hologram", depth="3"),
    }
    return contents.get(kind)


def _shared(kind: str, **payload: str) -> Json:
    return {"attachments": [{"type": kind, "payload": payload}]}


def rare_event(kind: str) -> Json | None:
    """Events that are no messages; None for a kind not known here."""
    events: dict[str, Json] = {
        "policy_enforcement": {
            "policy_enforcement": {"action": "warning", "reason": "Messages were reported as unwanted."}
        },
        "response_feedback": {"response_feedback": {"feedback": "Good response", "mid": "aWdfgone"}},
    }
    return events.get(kind)


INSTAGRAM = Ways(
    platform="instagram",
    name="Instagram",
    object="instagram",
    field_of_key=FIELD_OF_KEY,
    known_fields=KNOWN_FIELDS,
    echoes_field="messages",
    mid_prefix="aWdf",
    tokens_begin="IGAA",
    most_text=1000,
    counts_bytes=True,
    files="application/pdf",
    window_closed=2534022,
    reaction_names={
        "❤️": "love",
        "❤": "love",
        "😠": "angry",
        "😢": "sad",
        "😮": "wow",
        "👍": "like",
        "😆": "laugh",
    },
    pages_choose_fields=False,
    tells_deliveries=False,
    tells_deletions=True,
    reads_by_message=True,
    rare_message=rare_message,
    rare_event=rare_event,
)
