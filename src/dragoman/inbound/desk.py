"""What is on the desk while a batch of arrivals is placed: everything they concern, loaded at once, changed in
memory, and written back at once. The handlers of ``placing.py`` work on it; only ``load`` and ``save`` speak SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from dragoman.channels.capabilities import Capabilities, Move
from dragoman.channels.events import Media, Person
from dragoman.conversations.closing_windows import Rules
from dragoman.conversations.model import Conversation, Origin, Side, Status, appended
from dragoman.conversations.people import PROFILE, Identity
from dragoman.conversations.reply_window import moved
from dragoman.conversations.timeline import Known, NewMessage
from dragoman.conversations.turns import Fragment, continues
from dragoman.conversations.verdicts import can_answer, is_answer
from dragoman.inbound.model import Arrival, NewAttachment, Outcome, Watermark
from dragoman.kit.ids import new_id
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

# Then the platform is asked again, when they write: people change their names, and its links to pictures die.
PROFILE_LASTS = timedelta(days=7)

ConversationKey = tuple[UUID, UUID, str]  # channel, identity, thread key


class Desk:
    """The working state of one batch in one workspace."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        # loaded, then changed
        self.identities: dict[tuple[UUID, str], Identity] = {}
        self.by_key: dict[ConversationKey, UUID] = {}
        self.before: dict[UUID, Conversation] = {}
        self.conversations: dict[UUID, Conversation] = {}
        self.known: dict[tuple[UUID, str], Known] = {}
        self.capabilities: Mapping[UUID, Capabilities] = {}  # by channel
        self.wanted: Mapping[UUID, frozenset[str]] = {}  # by channel: classes of noise that are work there
        self.own: dict[UUID, Known] = {}  # our sends, by the correlation that echoes bring back
        # to be written
        self.new_identities: dict[UUID, Identity] = {}
        self.renamed: dict[UUID, Identity] = {}
        self.addresses: dict[tuple[UUID, str], UUID] = {}  # more names of people, and whose they are
        self.left_addresses: set[tuple[UUID, str]] = set()  # nobody's any more
        self.messages: dict[UUID, NewMessage] = {}
        self.by_external: dict[tuple[UUID, str], NewMessage] = {}
        self.attachments: list[NewAttachment] = []
        self.grown: dict[UUID, tuple[UUID, Side, list[Fragment]]] = {}
        self.quiet: dict[UUID, str] = {}  # of the grown turns, those that are noise so far, and their class
        self.disordered: dict[UUID, tuple[datetime, datetime]] = {}
        self.recount: set[UUID] = set()
        self.since: dict[UUID, datetime] = {}  # of those, from when on something is said otherwise
        self.edited: dict[UUID, Known] = {}
        self.taken_back: dict[UUID, UUID] = {}  # messages, and their conversations
        self.reactions: dict[tuple[UUID, Side], tuple[str | None, datetime, UUID | None]] = {}
        self.ranks: dict[UUID, int] = defaultdict(int)
        self.failures: dict[
            UUID, tuple[UUID, str | None]
        ] = {}  # messages given up, their conversations, and why
        self.watermarks: list[Watermark] = []
        self.echoes: list[tuple[Known, str, datetime | None, int]] = []
        self.accounts: dict[UUID, str | None] = {}
        self.held_elsewhere: set[tuple[UUID, UUID]] = set()  # envelopes that say so, of which conversation
        self.jobs: list[Job] = []
        self.asked_for: set[UUID] = set()  # identities, whose profile a job asks for
        self.touched: dict[UUID, UUID] = {}  # messages that changed, and their conversations
        self.outcomes: list[Outcome] = []

    # ------------------------------------------------------------------------------------------- people

    def identity(self, channel_id: UUID, person: Person, *, is_past: bool = False) -> Identity:
        """The identity of this person, made when it is their first arrival, with what the event knows of them."""
        keys = [(channel_id, address) for address in (person.address, *person.also)]
        known = next((self.identities[key] for key in keys if key in self.identities), None)
        if known is None:
            known = Identity(
                identity_id=new_id(),
                channel_id=channel_id,
                contact_id=new_id(),
                address=person.address,
                name=person.name,
                username=person.username,
                locale=person.locale,
            )
            self.new_identities[known.identity_id] = known
        else:
            known = self._renamed(known, person)
        if not is_past:  # of whom nobody waits for now, the platform is asked when they write
            self._ask_for_profile(known)
        for key in keys:
            self._named_too(key, known)
        return known

    def _ask_for_profile(self, identity: Identity) -> None:
        """Where the platform can be asked, and was not lately."""
        is_known = identity.asked_at is not None and identity.asked_at > self.now - PROFILE_LASTS
        if (
            is_known
            or identity.identity_id in self.asked_for
            or not self.capabilities[identity.channel_id].profiles
        ):
            return
        self.asked_for.add(identity.identity_id)
        lane = lane_of(identity.channel_id, identity.address)
        self.jobs.append(Job(kind=PROFILE, subject=identity.identity_id, lane=lane, due_at=self.now))

    @property
    def window_rules(self) -> Rules:
        return {channel_id: can.reply_window for channel_id, can in self.capabilities.items()}

    def _named_too(self, key: tuple[UUID, str], identity: Identity) -> None:
        """Under a name that is somebody else's they stay two: a person puts them together, if they are one."""
        if key in self.identities:
            return
        self.identities[key] = identity
        if key[1] != identity.address or identity.identity_id not in self.new_identities:
            self.addresses[key] = identity.identity_id

    def moved(self, channel_id: UUID, person: Person, moved_from: str) -> None:
        """One of somebody's addresses gives way to a new one, unless that is somebody else's already."""
        before = channel_id, moved_from
        known = self.identities.get(before)
        now_theirs = self.identities.get((channel_id, person.address))
        if known is None or (now_theirs is not None and now_theirs.identity_id != known.identity_id):
            return
        if known.address == moved_from:
            self.keep_identity(replace(known, address=person.address))
        del self.identities[before]
        self.addresses.pop(before, None)
        self.left_addresses.add(before)
        self._named_too((channel_id, person.address), self._current(known))

    def _current(self, identity: Identity) -> Identity:
        found = self.new_identities.get(identity.identity_id) or self.renamed.get(identity.identity_id)
        return found or identity

    def _renamed(self, known: Identity, person: Person) -> Identity:
        fresh = replace(
            known,
            name=person.name or known.name,
            username=person.username or known.username,
            locale=person.locale or known.locale,
        )
        if fresh != known:
            self.keep_identity(fresh)
        return fresh

    def keep_identity(self, identity: Identity) -> None:
        for key, known in self.identities.items():
            if known.identity_id == identity.identity_id:
                self.identities[key] = identity
        if identity.identity_id in self.new_identities:
            self.new_identities[identity.identity_id] = identity
        else:
            self.renamed[identity.identity_id] = identity

    # ------------------------------------------------------------------------------------- conversations

    def conversation(
        self, channel_id: UUID, person: Person, thread_key: str, *, is_past: bool = False
    ) -> Conversation:
        """The conversation of this person and thread; it exists from the first arrival."""
        identity = self.identity(channel_id, person, is_past=is_past)
        key = channel_id, identity.identity_id, thread_key
        if key not in self.by_key:
            made = Conversation(
                conversation_id=new_id(),
                channel_id=channel_id,
                identity_id=identity.identity_id,
                thread_key=thread_key,
                lane=lane_of(channel_id, person.address),
                created_at=self.now,
            )
            self.by_key[key] = made.conversation_id
            self.conversations[made.conversation_id] = made
        return self.conversations[self.by_key[key]]

    def keep(self, conversation: Conversation) -> None:
        self.conversations[conversation.conversation_id] = conversation

    def moves_window(self, c: Conversation, move: Move, at: datetime) -> Conversation:
        """The customer did this: their conversation as it is then."""
        after = moved(c, self.capabilities[c.channel_id].reply_window, move, at)
        self.keep(after)
        return after

    # ------------------------------------------------------------------------------------------ messages

    def add(self, message: NewMessage) -> None:
        """Put a new message into the timeline: at its end into the right turn, else to be grouped again."""
        c = self.conversations[message.conversation_id]
        fragment = Fragment(message.place, message.side, message.arrived_at)
        if c.last is not None and message.place < c.last:
            self.disorder(c.conversation_id, message.sent_at)
        else:
            if c.last_turn_id and self._joins_last_turn(c, message):
                message.turn_id = c.last_turn_id
            self._grow(message, fragment)
        self.keep(
            appended(
                c,
                message.place,
                message.side,
                message.turn_id,
                message.arrived_at,
                is_quiet=message.is_quiet or message.origin is Origin.AUTOMATIC,
            )
        )
        self.messages[message.message_id] = message
        if message.external_id is not None:
            self.by_external[message.channel_id, message.external_id] = message

    def _grow(self, message: NewMessage, fragment: Fragment) -> None:
        turn = self.grown.setdefault(message.turn_id, (message.conversation_id, message.side, []))
        turn[2].append(fragment)
        if not message.is_quiet:
            self.quiet.pop(message.turn_id, None)
        elif len(turn[2]) == 1 and message.noise is not None:
            self.quiet[message.turn_id] = message.noise

    def is_quiet(self, message: NewMessage) -> bool:
        """Noise that waits for nobody, as far as can be told at the end of the timeline. Elsewhere, and where it
        depends on what its turn holds already, everything is judged again."""
        c = self.conversations[message.conversation_id]
        says_nothing = message.noise is not None and message.noise not in self.wanted.get(
            c.channel_id, frozenset()
        )
        if not self._joins_last_turn(c, message):
            answers = can_answer(message.noise) and is_answer(c.asked, message.place)
            return says_nothing and not answers
        waits_already = c.unanswered is not None and c.unanswered.last == c.last
        if waits_already and c.status is not Status.CLOSED:
            return False
        self.recount.add(c.conversation_id)
        return says_nothing

    def _joins_last_turn(self, c: Conversation, message: NewMessage) -> bool:
        fragment = Fragment(message.place, message.side, message.arrived_at)
        return c.last is not None and message.place >= c.last and continues(c.last_side, c.last.at, fragment)

    def disorder(self, conversation_id: UUID, *times: datetime) -> None:
        """Something came or moved into the middle of the timeline: its turns are grouped again between these."""
        stretch = (*self.disordered.get(conversation_id, ()), *times)
        self.disordered[conversation_id] = min(stretch), max(stretch)
        self.judge_from(conversation_id, min(times))

    def attach(self, message: NewMessage | Known, media: Media) -> dict[str, Any]:
        attachment = NewAttachment(new_id(), message.message_id, message.channel_id, media)
        self.attachments.append(attachment)
        lane = self.conversations[message.conversation_id].lane
        self.jobs.append(
            Job(kind="fetch_media", subject=attachment.attachment_id, lane=lane, due_at=self.now)
        )
        return {"type": "attachment", "id": str(attachment.attachment_id), "kind": media.kind.value}

    def edit(self, known: Known) -> None:
        """Keep a known message that changed."""
        self.known[known.channel_id, known.external_id or ""] = known
        self.edited[known.message_id] = known
        self.touch(known.message_id, known.conversation_id)

    def take_back(self, message_id: UUID, conversation_id: UUID, sent_at: datetime) -> None:
        """What this message said is forgotten, its files too, and nobody waits for an answer to it."""
        self.taken_back[message_id] = conversation_id
        self.judge_from(conversation_id, sent_at)

    def judge_from(self, conversation_id: UUID, sent_at: datetime) -> None:
        """What was said then says something else now: so may what follows it."""
        self.recount.add(conversation_id)
        self.since[conversation_id] = min(sent_at, self.since.get(conversation_id, sent_at))

    def touch(self, message_id: UUID, conversation_id: UUID) -> None:
        self.touched[message_id] = conversation_id

    # ------------------------------------------------------------------------------------------ outcomes

    def conclude(self, arrival: Arrival, outcome: str, **what: Any) -> None:
        self.outcomes.append(Outcome(arrival.arrival_id, outcome, **what))

    def try_again(self, arrival: Arrival, at: datetime) -> None:
        self.outcomes.append(Outcome(arrival.arrival_id, None, again_at=at))
