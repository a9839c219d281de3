"""A stretch of the change log as frames: read in one snapshot, joined with the rows as they stand at its end.

A frame carries each row once, whole, as it stands at ``to``: whoever applies it stands exactly there. What one may
not see is left out, the numbers go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from dragoman.alarms import store as alarms
from dragoman.db.database import Transaction
from dragoman.labels import store as labels
from dragoman.live import lists, notes, rows
from dragoman.live.drafts import drafts_of_all
from dragoman.live.rows import Row
from dragoman.service import store as service
from dragoman.setups import store as setups
from dragoman.team import store as teams
from dragoman.views import store as views

MAX_CHANGES = 2000  # in one frame; who is further behind starts over

Rights = frozenset[UUID] | None  # the channels that may be seen; None: all

encode = msgspec.json.Encoder().encode


class Logged(msgspec.Struct, frozen=True):
    """One entry of the change log."""

    seq: int
    kind: str
    channel_id: UUID | None
    conversation_id: UUID | None
    message_id: UUID | None
    turn_id: UUID | None
    member_id: UUID | None
    only_for: UUID | None
    fields: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The changes after ``start`` up to ``end``, with everything that they speak of."""

    start: int
    end: int
    changes: list[Logged]
    conversations: dict[UUID, Row]
    messages: dict[UUID, Row]
    quoting: dict[UUID, list[UUID]]  # of changed messages: those that show their words
    channels: dict[UUID, Row]
    members: dict[UUID, Row]
    setups: dict[UUID, Row]
    alarms: dict[UUID, Row]  # of those that changed, what stands
    pressing: dict[UUID, list[Row]]  # by conversation: the alarms about it
    service_levels: list[Row]  # all of them, where they changed
    labels: dict[UUID, Row]
    teams: dict[UUID, Row]
    marks: dict[UUID, dict[UUID, Any]]  # by member: how far they have read the conversations spoken of
    drafts: dict[UUID, dict[UUID, list[Row]]]  # by member and conversation: those that changed
    mentions: dict[
        UUID, dict[UUID, Row]
    ]  # by member: of the conversations spoken of, those that mention them
    unseen_mentions: dict[UUID, dict[UUID, int]]  # by member and channel, where something new is about it
    saved_views: dict[UUID, Row]
    counts: dict[Rights, Row]

    def frame(self, rights: Rights, member_id: UUID) -> bytes:
        """The whole frame for one member with these rights, as JSON."""
        return self.with_marks(self.shared(rights), rights, member_id)

    def shared(self, rights: Rights) -> list[bytes]:
        """The entries that all members with these rights see, encoded once."""
        seen: dict[tuple[str, Any], Row] = {}
        for change in self.changes:
            if is_seen(change.channel_id, rights):
                seen.update(ENTRIES.get(change.kind, _nothing)(self, change))
        entries = list(seen.values())
        if any(entry["kind"].startswith("conversation") for entry in entries):
            entries.append({"kind": "counts", "counts": self.counts[rights]})
        return [encode(entry) for entry in entries]

    def with_marks(self, shared: list[bytes], rights: Rights, member_id: UUID) -> bytes:
        """A frame of the shared entries and this member's own marks and drafts.

        Marks and mentions come before the rows: a row finds its place in *mentions* and in what is unread by them.
        """
        channels = {c.conversation_id: c.channel_id for c in self.changes}
        mentioned = [encode(entry) for entry in self._of_mentions(rights, member_id, channels)]
        own_views = [encode({"kind": "saved_view", "saved_view": row}) for row in self._own_views(member_id)]
        read = [
            encode({"kind": "read", "conversation_id": conversation_id, "read_up_to": mark})
            for conversation_id, mark in self.marks.get(member_id, {}).items()
            if is_seen(channels.get(conversation_id), rights)
        ]
        own_drafts = [
            encode({"kind": "drafts", "conversation_id": conversation_id, "drafts": drafts})
            for conversation_id, drafts in self.drafts.get(member_id, {}).items()
            if is_seen(channels.get(conversation_id), rights)
        ]
        return b'{"from":%d,"to":%d,"changes":[%b]}' % (
            self.start,
            self.end,
            b",".join([*mentioned, *read, *shared, *own_views, *own_drafts]),
        )

    def has_own(self, member_id: UUID) -> bool:
        """Whether this member's frame differs from that of others with the same rights."""
        return (
            member_id in self.marks
            or member_id in self.drafts
            or member_id in self.mentions
            or member_id in self.unseen_mentions
            or bool(self._own_views(member_id))
        )

    def _of_mentions(
        self, rights: Rights, member_id: UUID, channels: dict[UUID | None, UUID | None]
    ) -> list[Row]:
        told = {c.conversation_id for c in self.changes if (c.kind, c.only_for) == ("mention", member_id)}
        standing = self.mentions.get(member_id, {})
        entries: list[Row] = [
            {"kind": "mention", "conversation_id": each, "mention": standing.get(each) if each else None}
            for each in [*standing, *(told - standing.keys())]
            if is_seen(channels.get(each), rights)
        ]
        if member_id in self.unseen_mentions:
            unseen = self.unseen_mentions[member_id].items()
            entries.append({"kind": "mentions", "unseen": sum(n for i, n in unseen if is_seen(i, rights))})
        return entries

    def _own_views(self, member_id: UUID) -> list[Row]:
        return [row for row in self.saved_views.values() if row["owner_id"] == member_id]


def is_seen(channel_id: UUID | None, rights: Rights) -> bool:
    return channel_id is None or rights is None or channel_id in rights


Entries = list[tuple[tuple[str, Any], Row]]
Entry = Callable[[Stretch, Logged], Entries]


def _nothing(_stretch: Stretch, _change: Logged) -> Entries:
    return []


def _conversation(stretch: Stretch, change: Logged) -> Entries:
    row = stretch.conversations.get(change.conversation_id) if change.conversation_id else None
    if row is None:
        return []  # nothing was said in it: it is shown nowhere
    entries: Entries = [(("conversation", change.conversation_id), {"kind": "conversation", "row": row})]
    for alarm in stretch.pressing.get(row["id"], ()):  # they say whose conversation it is
        entries.append((("alarm", alarm["id"]), {"kind": "alarm", "alarm": alarm}))
    return entries


def _message(stretch: Stretch, change: Logged) -> Entries:
    """The message, and those that quote it: they show its words."""
    if change.message_id is None:
        return []
    ids = [change.message_id, *stretch.quoting.get(change.message_id, ())]
    return [
        (("message", each), {"kind": "message", "message": stretch.messages[each]})
        for each in ids
        if each in stretch.messages
    ]


def _note(stretch: Stretch, change: Logged) -> Entries:
    message = stretch.messages.get(change.message_id) if change.message_id else None
    return [(("message", change.message_id), {"kind": "message", "message": message})] if message else []


def _message_gone(_stretch: Stretch, change: Logged) -> Entries:
    entry = {"kind": "message.gone", "id": change.message_id, "conversation_id": change.conversation_id}
    return [(("message", change.message_id), entry)]


def _turn_settled(_stretch: Stretch, change: Logged) -> Entries:
    entry = {
        "kind": "turn.settled",
        "conversation_id": change.conversation_id,
        "turn_id": change.turn_id,
        "fragments": (change.fields or {}).get("fragments", 1),
        "language": (change.fields or {}).get("language"),
    }
    return [(("turn", change.turn_id), entry)]


def _snooze_over(_stretch: Stretch, change: Logged) -> Entries:
    entry = {"kind": "snooze.over", "conversation_id": change.conversation_id, "snoozed_by": change.member_id}
    return [(("snooze", change.conversation_id), entry)]


def _given(stretch: Stretch, change: Logged) -> Entries:
    """Told once, and only where it is still theirs."""
    row = stretch.conversations.get(change.conversation_id) if change.conversation_id else None
    to = (change.fields or {})["to"]
    if row is None or str(row["owner_id"]) != to:
        return []
    entry = {"kind": "given", "conversation_id": row["id"], "to": to, "by": change.member_id}
    return [(("given", row["id"]), entry)]


def _channel(stretch: Stretch, change: Logged) -> Entries:
    row = stretch.channels.get(change.channel_id) if change.channel_id else None
    if row is None:
        return [(("channel", change.channel_id), {"kind": "channel.gone", "id": change.channel_id})]
    return [(("channel", change.channel_id), {"kind": "channel", "channel": row})]


def _member(stretch: Stretch, change: Logged) -> Entries:
    row = stretch.members.get(change.member_id) if change.member_id else None
    return [(("member", change.member_id), {"kind": "member", "member": row})] if row else []


def _setup(stretch: Stretch, change: Logged) -> Entries:
    setup_id = _named(change, "setup_id")
    row = stretch.setups.get(setup_id)
    if row is None:
        return [(("setup", setup_id), {"kind": "setup.gone", "id": setup_id})]
    return [(("setup", setup_id), {"kind": "setup", "setup": row})]


def _alarm(stretch: Stretch, change: Logged) -> Entries:
    alarm_id = _named(change, "alarm_id")
    row = stretch.alarms.get(alarm_id)
    if row is None:
        return [(("alarm", alarm_id), {"kind": "alarm.gone", "id": alarm_id})]
    return [(("alarm", alarm_id), {"kind": "alarm", "alarm": row})]


def _label(stretch: Stretch, change: Logged) -> Entries:
    label_id = _named(change, "label_id")
    row = stretch.labels.get(label_id)
    if row is None:
        return [(("label", label_id), {"kind": "label.gone", "id": label_id})]
    return [(("label", label_id), {"kind": "label", "label": row})]


def _team(stretch: Stretch, change: Logged) -> Entries:
    team_id = _named(change, "team_id")
    row = stretch.teams.get(team_id)
    if row is None:
        return [(("team", team_id), {"kind": "team.gone", "id": team_id})]
    return [(("team", team_id), {"kind": "team", "team": row})]


def _saved_view(stretch: Stretch, change: Logged) -> Entries:
    """To everybody; what is one member's own is gone for all, and then put in again for that member."""
    view_id = _named(change, "view_id")
    row = stretch.saved_views.get(view_id)
    if row is None or row["owner_id"] is not None:
        return [(("saved_view", view_id), {"kind": "saved_view.gone", "id": view_id})]
    return [(("saved_view", view_id), {"kind": "saved_view", "saved_view": row})]


def _rules(_stretch: Stretch, change: Logged) -> Entries:
    """There is another set of them: who shows them asks for it."""
    return [(("rules", None), {"kind": "rules", "version": (change.fields or {})["version"]})]


def _service_levels(stretch: Stretch, _change: Logged) -> Entries:
    """There are few: whoever shows them gets all."""
    return [(("service_levels", None), {"kind": "service_levels", "items": stretch.service_levels})]


def _named(change: Logged, what: str) -> UUID:
    return UUID((change.fields or {})[what])


ENTRIES: dict[str, Entry] = {
    "conversation": _conversation,
    "message": _message,
    "message.state": _message,
    "message.gone": _message_gone,
    "turn.settled": _turn_settled,
    "snooze.over": _snooze_over,
    "given": _given,
    "channel": _channel,
    "channel.gone": _channel,
    "member": _member,
    "presence": _member,
    "setup": _setup,
    "alarm": _alarm,
    "label": _label,
    "team": _team,
    "note": _note,
    "saved_view": _saved_view,
    "rules": _rules,
    "service_levels": _service_levels,
}


async def head(tx: Transaction) -> tuple[int, int]:
    """The last number given out, and the number after which the log is kept."""
    row = await tx.row(
        "select seq, log_from from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    return (row[0], row[1]) if row else (0, 0)


async def stretch(tx: Transaction, start: int, end: int, rights: set[Rights]) -> Stretch:
    """Read the changes after ``start`` up to ``end`` for everybody at once. ``tx`` is a snapshot at ``end``."""
    changes = await _logged(tx, start, end)
    conversation_ids = _of(changes, "conversation", "conversation_id")
    message_ids = _of(changes, "message", "message_id") | _of(changes, "message.state", "message_id")
    quoting = await _quoting(tx, message_ids)
    messages = await rows.messages(tx, message_ids.union(*quoting.values()))
    channel_ids = _of(changes, "channel", "channel_id")
    member_ids = _of(changes, "member", "member_id") | _of(changes, "presence", "member_id")
    alarm_ids = {_named(c, "alarm_id") for c in changes if c.kind == "alarm"}
    setup_ids = {_named(c, "setup_id") for c in changes if c.kind == "setup"}
    team_ids = {_named(c, "team_id") for c in changes if c.kind == "team"}
    label_ids = {_named(c, "label_id") for c in changes if c.kind == "label"}
    messages |= await notes.notes(tx, _of(changes, "note", "message_id"))
    mentioned = _of(changes, "mention", "conversation_id")
    view_ids = {_named(c, "view_id") for c in changes if c.kind == "saved_view"}
    standing = await alarms.rows(tx, alarm_ids, conversation_ids)
    return Stretch(
        start=start,
        end=end,
        changes=changes,
        conversations=await rows.conversations(tx, conversation_ids),
        messages=messages,
        quoting=quoting,
        channels={row["id"]: row for row in await lists.channels(tx, None, channel_ids)},
        members={row["id"]: row for row in await lists.members(tx, member_ids)},
        setups={row["id"]: row for row in await setups.rows(tx, setup_ids)} if setup_ids else {},
        alarms=standing,
        pressing=_by_conversation(standing.values()),
        service_levels=await service.shown(tx) if any(c.kind == "service_levels" for c in changes) else [],
        labels={row["id"]: row for row in await labels.labels(tx, label_ids)},
        teams={row["id"]: row for row in await teams.teams(tx, team_ids)} if team_ids else {},
        mentions=await notes.mentions(tx, conversation_ids | mentioned),
        unseen_mentions=await _unseen_mentions(tx, _of(changes, "mention", "only_for")),
        saved_views={row["id"]: row for row in await views.views(tx, None, view_ids)},
        marks=await _marks(tx, conversation_ids | _of(changes, "read", "conversation_id")),
        drafts=await drafts_of_all(tx, _drafted(changes)),
        counts={each: await lists.counts(tx, each) for each in rights},
    )


def _by_conversation(standing: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for alarm in standing:
        if alarm["conversation_id"]:
            found.setdefault(alarm["conversation_id"], []).append(alarm)
    return found


async def _quoting(tx: Transaction, message_ids: set[UUID]) -> dict[UUID, list[UUID]]:
    """Of each of these messages, those that quote it."""
    if not message_ids:
        return {}
    found = await tx.rows(
        """
        select m.message_id, array_agg(q.message_id) from messages m
        join messages q on q.workspace_id = m.workspace_id and q.channel_id = m.channel_id
             and q.reply_to = m.external_id
        where m.workspace_id = %(workspace)s and m.message_id = any(%(messages)s) group by m.message_id""",
        {"workspace": tx.workspace_id, "messages": list(message_ids)},
    )
    return {row[0]: row[1] for row in found}


def _of(changes: list[Logged], kind: str, what: str) -> set[UUID]:
    return {getattr(c, what) for c in changes if c.kind == kind and getattr(c, what) is not None}


def _drafted(changes: list[Logged]) -> set[tuple[UUID, UUID]]:
    """Whose drafts changed, and where."""
    return {
        (c.only_for, c.conversation_id)
        for c in changes
        if c.kind == "draft" and c.only_for is not None and c.conversation_id is not None
    }


async def _logged(tx: Transaction, start: int, end: int) -> list[Logged]:
    found = await tx.rows(
        """
        select seq, kind, channel_id, conversation_id, message_id, turn_id, member_id, only_for, fields from changes
        where workspace_id = %(workspace)s and seq > %(start)s and seq <= %(end)s order by seq""",
        {"workspace": tx.workspace_id, "start": start, "end": end},
    )
    return [Logged(*row) for row in found]


async def _unseen_mentions(tx: Transaction, members: set[UUID]) -> dict[UUID, dict[UUID, int]]:
    """Of each of these, by channel, in how many conversations they have not looked at what mentions them."""
    counted: dict[UUID, dict[UUID, int]] = {member: {} for member in members}
    if members:
        found = await tx.rows(
            """
            select member_id, channel_id, count(*) from mentions
            where workspace_id = %(workspace)s and member_id = any(%(members)s) and seen_at is null
            group by member_id, channel_id""",
            {"workspace": tx.workspace_id, "members": list(members)},
        )
        for member_id, channel_id, count in found:
            counted[member_id][channel_id] = count
    return counted


async def _marks(tx: Transaction, conversations: set[UUID]) -> dict[UUID, dict[UUID, Any]]:
    """How far each member has read these conversations: their rows may come into a list for the first time."""
    if not conversations:
        return {}
    found = await tx.rows(
        """
        select member_id, conversation_id, read_up_to from reads
        where workspace_id = %(workspace)s and conversation_id = any(%(conversations)s)""",
        {"workspace": tx.workspace_id, "conversations": list(conversations)},
    )
    marks: dict[UUID, dict[UUID, Any]] = {}
    for member_id, conversation_id, mark in found:
        marks.setdefault(member_id, {})[conversation_id] = mark
    return marks
