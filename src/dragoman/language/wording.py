"""Why a fragment is shelved or not, in one plain sentence. Pure."""

from __future__ import annotations

WHAT = {
    "sticker": "A sticker alone",
    "story_mention": "A mention in a story",
    "reaction": "A reaction",
    "empty": "A text without a visible sign",
    "story_reaction": "A word or an emoji about our story",
    "emoji_only": "Nothing but emoji or laughter",
    "punctuation": "Nothing but punctuation",
    "closer": "Nothing but thanks, an ok or a farewell",
}

WHERE = {
    "none": "opens no conversation",
    "open": "is added to the open conversation and makes nobody wait",
    "closed": "is added to the closed conversation and does not reopen it",
}


def why(class_: str, *, answers: bool, in_turn: bool, conversation: str) -> str:
    """The sentence for this verdict."""
    what = WHAT.get(class_)
    if answers:
        return "We asked, and this may be the answer."
    if what is None:
        return "It says something that a person has to read."
    if in_turn:
        return f"{what} belongs to the turn in which something was said before it."
    return f"{what} asks for nothing: it {WHERE[conversation]}."
