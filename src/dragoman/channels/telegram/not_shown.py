"""Kinds of messages that we cannot show as they are: named, and told in words as far as they have any.

The three sets here and the readers in ``content`` name every field of Message in Bot API 10.1.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.channels.telegram.places import name_of
from dragoman.kit.json_reading import Record, record_in, records_in, text

# Fields that stand beside the content of a message and are no content.
_ABOUT_A_MESSAGE = """
message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot
sender_tag date guest_query_id business_connection_id chat forward_origin is_topic_message
is_automatic_forward reply_to_message external_reply quote reply_to_story reply_to_checklist_task_id
reply_to_poll_option_id via_bot guest_bot_caller_user guest_bot_caller_chat edit_date
has_protected_content is_from_offline is_paid_post media_group_id author_signature paid_star_count
entities link_preview_options suggested_post_info effect_id caption_entities show_caption_above_media
has_media_spoiler reply_markup
"""
ABOUT_A_MESSAGE = frozenset(_ABOUT_A_MESSAGE.split())

# Messages that tell of something and say nothing: nobody waits for an answer to them.
_SERVICE = """
new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title new_chat_photo
delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created
message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message
connected_website write_access_allowed proximity_alert_triggered boost_added chat_background_set
checklist_tasks_done checklist_tasks_added direct_message_price_changed forum_topic_created
forum_topic_edited forum_topic_closed forum_topic_reopened general_forum_topic_hidden
general_forum_topic_unhidden giveaway_created giveaway_completed managed_bot_created
paid_message_price_changed poll_option_added poll_option_deleted suggested_post_approved
suggested_post_approval_failed suggested_post_declined suggested_post_paid suggested_post_refunded
video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited
"""
SERVICE = frozenset(_SERVICE.split())


def words_of(message: Record, kind: str) -> str | None:
    """What a message of this kind says, as far as it can be told in plain text."""
    thing = record_in(message, kind) or {}
    tell = WORDS.get(kind)
    return "\n".join(line for line in tell(thing) if line) or None if tell else None


def _poll(poll: Record) -> list[str | None]:
    options = [text(option, "text") for option in records_in(poll, "options")]
    return [text(poll, "question"), text(poll, "description"), *(f"○ {each}" for each in options if each)]


def _checklist(checklist: Record) -> list[str | None]:
    return [text(checklist, "title"), *map(_task, records_in(checklist, "tasks"))]


def _task(task: Record) -> str | None:
    words = text(task, "text")
    done = "completed_by_user" in task or "completed_by_chat" in task
    return f"{'☑' if done else '☐'} {words}" if words else None


def _title_and_description(thing: Record) -> list[str | None]:
    return [text(thing, "title"), text(thing, "description")]


def _chat(chat: Record) -> list[str | None]:
    return [name_of(chat) or text(chat, "username")]


def _gift(gift: Record) -> list[str | None]:
    return [text(gift, "text")]


def _unique_gift(gift: Record) -> list[str | None]:
    return [text(record_in(gift, "gift") or {}, "base_name")]


def _giveaway(giveaway: Record) -> list[str | None]:
    return [text(giveaway, "prize_description")]


def _nothing(_: Record) -> list[str | None]:
    return []


WORDS: dict[str, Callable[[Record], list[str | None]]] = {
    "poll": _poll,
    "checklist": _checklist,
    "game": _title_and_description,
    "invoice": _title_and_description,
    "successful_payment": _nothing,
    "refunded_payment": _nothing,
    "chat_shared": _chat,
    "gift": _gift,
    "unique_gift": _unique_gift,
    "gift_upgrade_sent": _gift,
    "giveaway": _giveaway,
    "giveaway_winners": _giveaway,
    "passport_data": _nothing,
}
