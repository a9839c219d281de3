"""A webhook body of Meta's ``instagram`` object as events. Total: what is not known becomes Unrecognised."""

from __future__ import annotations

from dragoman.channels.events import InboundEvent
from dragoman.channels.instagram import messages, receipts
from dragoman.channels.meta import control, said, signals
from dragoman.channels.meta.envelope import Envelope, Reader

READERS: dict[str, Reader] = {
    "message": messages.read_message,
    "message_edit": said.read_edit,
    "postback": said.read_postback,
    "reaction": signals.read_reaction,
    "read": receipts.read_read,
    "referral": signals.read_referral,
    "optin": signals.read_optin,
    "policy_enforcement": signals.read_policy_enforcement,
    "pass_thread_control": control.read_pass,
    "take_thread_control": control.read_take,
    "request_thread_control": control.read_request,
}

# What is public: it is no direct message, and waits for a channel of its own.
_LEFT_FIELDS = frozenset({"comments", "live_comments", "mentions", "story_insights"})
_LEFT_ITEMS = frozenset({"response_feedback"})

ENVELOPE = Envelope(object="instagram", readers=READERS, left_fields=_LEFT_FIELDS, left_items=_LEFT_ITEMS)


def parse(body: bytes, account: str) -> list[InboundEvent]:
    """All events of one webhook body, each under the account that its entry names. Raises MalformedPayload."""
    return ENVELOPE.read(body, account)
