"""May this message go, to this person, now? Every refusal of the Send API that needs no file."""

from typing import Any

from dragoman.simulator.limits import Bucket
from dragoman.simulator.messenger import errors
from dragoman.simulator.messenger.errors import invalid_parameter
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import Json, Page, Thread, Token
from dragoman.simulator.messenger.ways import Ways

STANDARD_WINDOW_MS = 24 * 3_600_000
HUMAN_AGENT_WINDOW_MS = 7 * 86_400_000
MOST_METADATA = 1000
MOST_QUICK_REPLIES, MOST_TITLE, MOST_PAYLOAD = 13, 20, 1000
CONTENT_TYPES = ("text", "user_phone_number", "user_email")
SENDS_PER_SECOND, HISTORY_CALLS_PER_SECOND = 300.0, 2.0
TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY")


def recipient_thread(call: GraphCall, page: Page, token: Token) -> Thread:
    """Raises: no such person, blocked, or another app has the thread."""
    recipient = call.structure("recipient")
    if not isinstance(recipient, dict) or not recipient:
        raise invalid_parameter("The parameter recipient is required")
    thread = call.network.thread(page.id, str(recipient.get("id", "")))
    if thread is None:
        raise errors.no_such_recipient()
    if thread.has_blocked_page:
        raise errors.person_unavailable()
    if thread.owner_app_id not in (None, token.app_id):
        raise errors.thread_of_another_app()
    return thread


def check_window(call: GraphCall, thread: Thread) -> None:
    kind = call.text("messaging_type") or "RESPONSE"
    if kind not in TYPES:
        raise invalid_parameter(f"Param messaging_type must be one of {{{', '.join(TYPES)}}}")
    now = call.network.clock.milliseconds()
    if kind == "MESSAGE_TAG":
        _check_tag(call.text("tag"))
        opened, window = thread.customer_wrote_at, HUMAN_AGENT_WINDOW_MS
    else:
        opened, window = thread.window_opened_at, STANDARD_WINDOW_MS
    if opened is None or now - opened > window:
        raise errors.window_closed(call.network.ways.window_closed)


def check_words(message: Json, ways: Ways) -> None:
    text, metadata = message.get("text"), message.get("metadata")
    if text is not None and (not isinstance(text, str) or not text.strip()):
        raise invalid_parameter("Param message[text] must be a non-empty UTF-8 encoded string")
    if isinstance(text, str) and _length(text, ways) > ways.most_text:
        raise invalid_parameter(
            f"Length of param message[text] must be less than or equal to {ways.most_text}"
        )
    if metadata is not None and len(str(metadata)) >= MOST_METADATA:
        raise invalid_parameter("Length of param message[metadata] must be less than or equal to 1000")
    chosen = [name for name in ("text", "attachment", "sticker_id") if message.get(name)]
    if len(chosen) != 1:
        raise invalid_parameter("Must specify exactly one of text, attachment or sticker_id")
    _check_quick_replies(message.get("quick_replies") or [])


def _length(text: str, ways: Ways) -> int:
    return len(text.encode()) if ways.counts_bytes else len(text)


def check_template(payload: Json) -> None:
    """The two shapes that are used most are looked at closely, the others are taken as they are."""
    match payload.get("template_type"):
        case "button":
            _at_most(str(payload.get("text", "")), 640, "text")
            _check_buttons(payload.get("buttons") or [], least=1)
        case "generic":
            elements = payload.get("elements") or []
            if not 1 <= len(elements) <= 10:
                raise invalid_parameter("Generic template needs 1 to 10 elements")
            for element in elements:
                _at_most(str(element.get("title", "")), 80, "title")
                _check_buttons(element.get("buttons") or [], least=0)
        case None:
            raise invalid_parameter("Param attachment[payload][template_type] is required")


def check_call_limit(call: GraphCall, page: Page, kind: str, per_second: float) -> None:
    """Raises: GraphError 613 for more than `per_second` calls of one kind for a page."""
    if not call.office.limits_enabled:
        return
    now = call.network.clock.seconds()
    full = Bucket.full(per_second, per_second, now)
    bucket = call.office.buckets.setdefault((page.id, kind), full)
    if bucket.wait_seconds(now) > 0:
        raise errors.rate_limited()
    bucket.take()


def _check_tag(tag: str | None) -> None:
    """The three tags of old have been dead since April 2026."""
    if tag != "HUMAN_AGENT":
        raise invalid_parameter("Param tag must be one of {HUMAN_AGENT, CUSTOMER_FEEDBACK}")


def _check_quick_replies(replies: list[Any]) -> None:
    if len(replies) > MOST_QUICK_REPLIES:
        raise invalid_parameter(f"Too many quick replies: at most {MOST_QUICK_REPLIES}")
    for reply in replies:
        if reply.get("content_type") not in CONTENT_TYPES:
            raise invalid_parameter(
                "Param quick_replies[content_type] must be one of text, user_phone_number"
            )
        if reply["content_type"] == "text" and not (reply.get("title") and reply.get("payload")):
            raise invalid_parameter("A quick reply of the type text needs title and payload")
        _at_most(str(reply.get("title", "")), MOST_TITLE, "title")
        _at_most(str(reply.get("payload", "")), MOST_PAYLOAD, "payload")


def _check_buttons(buttons: list[Any], least: int) -> None:
    if not least <= len(buttons) <= 3:
        raise invalid_parameter(f"A template has {least} to 3 buttons")
    for button in buttons:
        _at_most(str(button.get("title", "")), MOST_TITLE, "title")
        _at_most(str(button.get("payload", "")), MOST_PAYLOAD, "payload")


def _at_most(text: str, most: int, name: str) -> None:
    if len(text) > most:
        raise invalid_parameter(f"Length of param {name} must be less than or equal to {most}")
