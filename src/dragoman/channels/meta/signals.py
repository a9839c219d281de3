"""What happens around the messages: reactions, clicks on links, opt-ins, Meta's policy."""

from __future__ import annotations

from dragoman.channels.events import AccountEvent, InboundEvent, ProfileEvent, ReactionEvent
from dragoman.channels.meta.item import Item
from dragoman.channels.meta.origin import lead_answers, origin
from dragoman.channels.meta.reading import fingerprint, identifier, joined
from dragoman.kit.json_reading import Record, record_in, text

# Meta also names the reaction; its emoji is the truth, and missing only in old payloads.
_NAMED_REACTIONS = {
    "smile": "😆",
    "angry": "😠",
    "sad": "😢",
    "wow": "😮",
    "laugh": "😆",
    "love": "❤",
    "like": "👍",
    "dislike": "👎",
    "other": "❔",
}


def read_reaction(item: Item, reaction: Record) -> InboundEvent | None:
    mid, action = identifier(reaction, "mid"), text(reaction, "action") or "react"
    emoji = text(reaction, "emoji") or _NAMED_REACTIONS.get(text(reaction, "reaction") or "")
    if mid is None or item.customer is None or (emoji is None and action != "unreact"):
        return None
    return ReactionEvent(
        account=item.account,
        natural_key=joined("reaction", mid, item.sender, item.stamp, action, emoji),
        at=item.at,
        external_id=mid,
        customer=item.customer,
        by=item.direction,
        emoji=None if action == "unreact" else emoji,
    )


def read_referral(item: Item, referral: Record) -> InboundEvent | None:
    """A click on a link, code or advertisement that leads into a conversation that exists already."""
    answers = lead_answers(record_in(item.record, "lead") or {})
    words = [context.text for context in origin(referral) if context.text] + ([answers] if answers else [])
    # Meta says so of opening the thread; a lead form reports answers that are messages anyway.
    return _profile(item, "referral", "\n".join(words) or None, moves=referral.get("type") == "OPEN_THREAD")


def read_optin(item: Item, optin: Record) -> InboundEvent | None:
    """Agreed to notifications, or stopped or resumed them; or came by a plug-in with a reference."""
    topic = text(optin, "title") or text(optin, "payload")
    status = text(optin, "notification_messages_status")
    said = status.capitalize() if status else "Opt-in to notifications"
    words = text(optin, "ref") or (f"{said}: {topic}" if topic else said)
    return _profile(item, "optin", words, moves=False)


def _profile(item: Item, what: str, words: str | None, *, moves: bool) -> InboundEvent | None:
    if item.customer is None:
        return None
    return ProfileEvent(
        account=item.account,
        natural_key=joined(what, item.customer.address, item.stamp, fingerprint(item.record)),
        at=item.at,
        customer=item.customer,
        referral=words,
        moves_window=moves,
    )


def read_policy_enforcement(item: Item, enforcement: Record) -> InboundEvent | None:
    action, reason = text(enforcement, "action") or "", text(enforcement, "reason")
    if action not in _POLICY:
        return None
    sentence = _POLICY[action]
    trouble = f"{sentence} Reason given: {reason}" if sentence and reason else sentence
    key = joined("policy", action, item.stamp, fingerprint(enforcement))
    return AccountEvent(account=item.account, natural_key=key, at=item.at, trouble=trouble)


_POLICY = {
    "warning": "Meta warns this account that its messages break the platform's policy.",
    "block": "Meta has stopped this account from sending messages because of its policy.",
    "unblock": None,
}
