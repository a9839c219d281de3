"""The rarer kinds of message, each as the Bot API documents it. Texts and people are invented."""

from random import Random

from dragoman.simulator.telegram.model import Json


def rare_content(kind: str, person_id: int, now: int, chance: Random) -> Json | None:
    """The distinguishing content of one such message; None for a kind not known here."""
    person = {"id": person_id + 1, "is_bot": False, "first_name": "Ida"}
    rare: dict[str, Json] = {
        "dice": {"dice": {"emoji": "🎲", "value": chance.randrange(1, 7)}},
        "poll": {"poll": _poll(str(chance.randrange(10**15, 10**16)))},
        "forward": {
            "forward_origin": {"type": "user", "date": now - 86_400, "sender_user": person},
            "text": "The seal is the 8.5 mm one, order two.",
        },
        "external_reply": {
            "external_reply": {
                "origin": {"type": "hidden_user", "date": now - 3_600, "sender_user_name": "Ida"}
            },
            "text": "about this one",
        },
        "reply_to_story": {
            "reply_to_story": {"chat": {"id": person_id, "type": "private"}, "id": 12},
            "text": "is this the new grinder?",
        },
        "users_shared": {"users_shared": {"request_id": 1, "users": [{"user_id": person_id + 1}]}},
        "web_app_data": {"web_app_data": {"data": '{"size":"58 mm"}', "button_text": "Choose a size"}},
        "paid_media": {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview"}]}},
        "rich_message": {"rich_message": {"blocks": [{"type": "paragraph", "text": "With a table inside."}]}},
    }
    return rare.get(kind)


RARE_KINDS = (
    "dice", "poll", "forward", "external_reply", "reply_to_story",
    "users_shared", "web_app_data", "paid_media", "rich_message",
)  # fmt: skip


def _poll(identity: str) -> Json:
    return {
        "id": identity,
        "question": "Which colour?",
        "options": [
            {"persistent_id": "0", "text": "Red", "voter_count": 0},
            {"persistent_id": "1", "text": "Steel", "voter_count": 0},
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
