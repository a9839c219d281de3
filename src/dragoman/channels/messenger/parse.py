"""A webhook body of Meta's ``page`` object as events. Total: what is not known becomes Unrecognised."""

from __future__ import annotations

from dragoman.channels.events import InboundEvent
from dragoman.channels.messenger import messages, receipts
from dragoman.channels.meta import control, said, signals
from dragoman.channels.meta.envelope import Envelope, Reader

READERS: dict[str, Reader] = {
    "message": messages.read_message,
    "message_edit": said.read_edit,
    "postback": said.read_postback,
    "order": messages.read_order,
    "messaging_customer_information": messages.read_customer_information,
    "reaction": signals.read_reaction,
    "delivery": receipts.read_delivery,
    "read": receipts.read_read,
    "referral": signals.read_referral,
    "optin": signals.read_optin,
    "policy_enforcement": signals.read_policy_enforcement,
    "pass_thread_control": control.read_pass,
    "take_thread_control": control.read_take,
    "request_thread_control": control.read_request,
    "app_roles": control.read_app_roles,
}

# What a Page can be told of that no customer says to it:
# https://developers.facebook.com/docs/graph-api/webhooks/reference/page
_LEFT_FIELDS = frozenset({
    "feed", "mention", "ratings", "live_videos", "videos", "leadgen", "conversations", "inbox_labels", "name",
    "picture", "category", "description", "page_upcoming_change", "page_change_proposal",
})  # fmt: skip
_LEFT_ITEMS = frozenset({"account_linking", "response_feedback"})

ENVELOPE = Envelope(object="page", readers=READERS, left_fields=_LEFT_FIELDS, left_items=_LEFT_ITEMS)


def parse(body: bytes, account: str) -> list[InboundEvent]:
    """All events of one webhook body, each under the Page that its entry names. Raises MalformedPayload."""
    return ENVELOPE.read(body, account)
