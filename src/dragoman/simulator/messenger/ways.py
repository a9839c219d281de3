"""In what Meta's networks differ, where all else is the same: one value for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.simulator.messenger.fields import FIELD_OF_KEY, KNOWN_FIELDS
from dragoman.simulator.messenger.model import BY_PAGE, Json
from dragoman.simulator.messenger.rarities import rare_event, rare_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    platform: str
    name: str
    object: str  # of its webhooks
    field_of_key: Mapping[str, str]
    known_fields: frozenset[str]
    echoes_field: str
    mid_prefix: str
    tokens_begin: str
    most_text: int
    counts_bytes: bool
    files: str | None  # the one type that a document may have
    window_closed: int  # subcode
    reaction_names: Mapping[str, str]
    pages_choose_fields: bool  # else whoever is subscribed at all hears all that the app has chosen
    tells_deliveries: bool
    tells_deletions: bool
    reads_by_message: bool  # else up to a time
    rare_message: Callable[[str, str], Json | None]
    rare_event: Callable[[str], Json | None]

    def field_of(self, item: Json) -> str:
        """Unheard kinds travel with `messages`, as news do."""
        if "message" in item:
            return self.echoes_field if item["message"].get("is_echo") else "messages"
        return next((field for key, field in self.field_of_key.items() if key in item), "messages")


MESSENGER = Ways(
    platform="messenger",
    name="Messenger",
    object="page",
    field_of_key=FIELD_OF_KEY,
    known_fields=KNOWN_FIELDS,
    echoes_field="message_echoes",
    mid_prefix="m_",
    tokens_begin=BY_PAGE,
    most_text=2000,
    counts_bytes=False,
    files=None,
    window_closed=2018278,
    # Names that the platform gives to the reactions of its own bar; any other emoji is "other".
    reaction_names={
        "😆": "smile",
        "😠": "angry",
        "😢": "sad",
        "😮": "wow",
        "❤️": "love",
        "👍": "like",
        "👎": "dislike",
    },
    pages_choose_fields=True,
    tells_deliveries=True,
    tells_deletions=False,
    reads_by_message=False,
    rare_message=rare_message,
    rare_event=rare_event,
)
