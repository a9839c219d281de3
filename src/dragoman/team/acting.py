"""Settled turns find who speaks their language: routing, carried out and written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from msgspec.structs import replace

from dragoman.alarms import raising
from dragoman.alarms.model import Cause as AlarmCause
from dragoman.alarms.model import What
from dragoman.conversations import store as conversations
from dragoman.conversations.model import Conversation, WaitingFor
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.kit.text import folded
from dragoman.notifications.giving import give, give_anew
from dragoman.rules.timers import ask_on_assignment
from dragoman.settling.facts import SettledTurn
from dragoman.team import routing_store
from dragoman.team.model import Assignment, assigned
from dragoman.team.routing import (
    SPEAKER,
    Candidate,
    Reason,
    Routed,
    Sought,
    Wanted,
    is_better,
    is_to_be_routed,
    route,
    sought_by,
)
from dragoman.team.routing_store import Office, Person
from dragoman.team.timers import EVERY, keep_routing
from dragoman.team.work import has_day_off, has_skills, is_on_shift, level_in
from dragoman.trail import store as trail
from dragoman.trail.store import Cause, Entry

ROUTED = "routed"


async def route_turns(
    tx: Transaction, turns: Sequence[SettledTurn], *, asked: Wanted | None = None, is_again: bool = False
) -> list[SettledTurn]:
    """Those that wait and are nobody's, or of somebody who is not there, get an owner or a queue. Returns them with
    what they have now, in their order. ``asked``: for whom a rule asks; also where routing by itself is switched off.
    ``is_again``: they were before, and why nobody had them is written down.

    It locks the conversations and writes them: who holds one in memory must not write it back afterwards.
    """
    office = await routing_store.office(tx) if turns else None
    wanted = asked or SPEAKER
    if office is None or not (office.is_routing or asked) or (wanted.speaks and not _speaks_anybody(office)):
        return list(turns)
    desk = _Desk(tx.workspace_id, office, now(), wanted, is_asked=asked is not None, is_again=is_again)
    desk.before = await conversations.lock(tx, {turn.conversation_id for turn in turns})
    owned = [c.conversation_id for c in desk.before.values() if c.owner_id is not None]
    desk.answered = await routing_store.answered_by_owner(tx, owned)
    if asked is not None:
        desk.asked_before = await routing_store.asked_for(tx, desk.before)
    for turn in sorted(turns, key=lambda each: (each.first_at, each.turn_id)):
        desk.take(turn)
    await _save(tx, desk)
    return [desk.as_it_is(turn) for turn in turns]


async def is_routed(tx: Transaction) -> bool:
    """Whether routing by itself does anything in this workspace."""
    office = await routing_store.office(tx)
    return office.is_routing and _speaks_anybody(office)


def _speaks_anybody(office: Office) -> bool:
    """Where nobody has said what they speak, there is nothing to go by, and nothing to be alarmed about."""
    return any(person.work.languages for person in office.people)


class _Desk:
    """One batch: what each turn came to changes what the next one finds."""

    def __init__(
        self,
        workspace_id: UUID | None,
        office: Office,
        at: datetime,
        wanted: Wanted,
        *,
        is_asked: bool,
        is_again: bool,
    ) -> None:
        self.workspace_id = workspace_id
        self.office = office
        self.at = at
        self.wanted = wanted
        self.is_asked = is_asked
        self.is_again = is_again
        self.before: dict[UUID, Conversation] = {}
        self.answered: frozenset[UUID] = frozenset()
        self.after: dict[UUID, Conversation] = {}
        self.people = {person.member_id: person for person in office.people}
        self.entries: list[Entry] = []
        self.given: set[UUID] = set()
        self.asked_before: dict[UUID, Wanted] = {}
        self.alarms: dict[Sought, Reason] = {}  # why nobody is found for who has waited longest

    def take(self, turn: SettledTurn) -> None:
        c = self._current(turn)
        if c is None or c.waiting_for is not WaitingFor.US:
            return
        turn = replace(turn, owner_id=c.owner_id, team_id=c.team_id)
        owner = self._owner(turn)
        if not is_to_be_routed(turn, owner, has_answered=c.conversation_id in self.answered):
            return
        is_queued = turn.team_id not in (None, self.office.fallback)
        queue = turn.team_id if is_queued else self.office.fallback
        found = route(turn, self._candidates(turn, is_queued), queue, self.wanted)
        if is_better(found, owner):
            self._give(turn, c, found, is_queued)

    def _current(self, turn: SettledTurn) -> Conversation | None:
        return self.after.get(turn.conversation_id) or self.before.get(turn.conversation_id)

    def _owner(self, turn: SettledTurn) -> Candidate | None:
        """None: nobody has it, or who has it is not here any more, or does not see the channel."""
        person = self.people.get(turn.owner_id) if turn.owner_id else None
        return self._candidate(person, turn.language) if person and person.sees(turn.channel_id) else None

    def _candidates(self, turn: SettledTurn, is_queued: bool) -> list[Candidate]:
        team = self.office.teams.get(turn.team_id, frozenset()) if is_queued and turn.team_id else None
        return [
            self._candidate(person, turn.language)
            for person in self.people.values()
            if person.sees(turn.channel_id) and (team is None or person.member_id in team)
        ]

    def _candidate(self, person: Person, language: str | None) -> Candidate:
        work, hours = person.work, self.office.hours
        return Candidate(
            member_id=person.member_id,
            level=level_in(work, language) if language else None,
            is_on_shift=is_on_shift(work, hours, self.at),
            is_online=person.is_online(self.at) and not work.is_away,
            is_away=work.is_away or has_day_off(work, hours, self.at),
            open=person.open,
            capacity=work.capacity,
            has_skills=has_skills(work, self.wanted.skills),
            given_at=person.given_at,
        )

    def _give(self, turn: SettledTurn, c: Conversation, found: Routed, is_queued: bool) -> None:
        owner_id = found.owner.member_id if found.owner else None
        team_id = turn.team_id if is_queued else found.team_id
        after = assigned(c, Assignment(owner_id=owner_id, team_id=team_id))
        if found.is_nobodys and (sought := sought_by(turn.language, self.wanted)) is not None:
            self.alarms.setdefault(sought, found.reason)
        if after == c and not (found.is_nobodys and self._is_news(turn)):
            return
        self.after[c.conversation_id] = after
        asked = self.wanted if self.is_asked else None
        self.entries.append(_entry(turn, c, after, found, asked, self.at))
        if owner_id is not None:
            self._has_one_more(owner_id)

    def _is_news(self, turn: SettledTurn) -> bool:
        """That nobody is found is written down when it is opened, and for each whom a rule asks for."""
        if self.is_asked:
            return self.asked_before.get(turn.conversation_id) != self.wanted
        return turn.opened and not self.is_again

    def _has_one_more(self, member_id: UUID) -> None:
        person = self.people[member_id]
        self.people[member_id] = replace(person, open=person.open + 1, given_at=self.at)
        self.given.add(member_id)

    def as_it_is(self, turn: SettledTurn) -> SettledTurn:
        c = self._current(turn)
        return turn if c is None else replace(turn, owner_id=c.owner_id, team_id=c.team_id)


def _entry(
    turn: SettledTurn,
    before: Conversation,
    after: Conversation,
    found: Routed,
    asked: Wanted | None,
    at: datetime,
) -> Entry:
    what: dict[str, Any] = {
        "reason": found.reason.value,
        "language": turn.language,
        "confidence": round(turn.confidence, 2),
        "owner": after.owner_id,
        "team": after.team_id,
        "was": before.owner_id,
        "team_was": before.team_id,
    }
    if asked is not None:
        what["asked"] = {"speaks": asked.speaks, "skills": list(asked.skills)}
    if asked is not None and asked.skills:
        what["skills"] = list(asked.skills)
    if found.owner is not None:
        what |= {
            "level": found.owner.level,
            "on_shift": found.owner.is_on_shift,
            "online": found.owner.is_online,
            "open": found.owner.open,
        }
    return Entry(
        conversation_id=turn.conversation_id,
        turn_id=turn.turn_id,
        at=at,
        kind=ROUTED,
        cause=Cause.ROUTING,
        what=what,
    )


async def _save(tx: Transaction, desk: _Desk) -> None:
    # First: it may have to wait, and shall hold nothing that is waited for.
    if desk.alarms and not desk.is_again:
        await keep_routing(tx, desk.at + EVERY)
    pairs = [(desk.before[i], c) for i, c in desk.after.items() if c != desk.before[i]]
    await conversations.record_all(tx, pairs)
    await trail.add(tx, desk.entries)
    if desk.is_again:  # the customer wrote long ago: who had read that could do nothing about it
        await give_anew(tx, pairs, None, desk.at)
    else:
        await give(tx, pairs, desk.at)
    if not desk.is_asked:  # by a rule, which sets off no other
        await ask_on_assignment(tx, [(c.conversation_id, c.lane) for _, c in pairs], desk.at)
    if desk.given:
        await routing_store.note_given(tx, desk.given, desk.at)
    if desk.alarms:
        await raising.begin(tx, [_alarm(tx.workspace_id, *each) for each in desk.alarms.items()], desk.at)


def subject(workspace_id: UUID | None, sought: Sought) -> UUID:
    """What an alarm about those who wait for somebody such is named by."""
    assert workspace_id is not None
    return uuid5(workspace_id, " ".join(["unrouted", sought.language, *map(folded, sought.skills)]))


def _alarm(workspace_id: UUID | None, sought: Sought, reason: Reason) -> AlarmCause:
    said = _of_skills(sought, reason) if sought.skills else _of_language(sought.language, reason)
    return AlarmCause(
        what=What.UNROUTED,
        subject=subject(workspace_id, sought),
        subject_kind="workspace",
        channel_id=None,
        reason=said,
    )


def _of_skills(sought: Sought, reason: Reason) -> str:
    skills = ", ".join(sought.skills)
    if reason is Reason.ALL_AWAY:
        return f"Everybody with the skills that a rule asks for is away: {skills}."
    if reason is Reason.ALL_FULL:
        return f"Everybody with the skills that a rule asks for has as many open conversations as they take: {skills}."
    if reason is Reason.NOBODY_SPEAKS:
        return f"Nobody with the skills that a rule asks for speaks {sought.language}: {skills}."
    return f"Nobody here has the skills that a rule asks for: {skills}."


def _of_language(language: str, reason: Reason) -> str:
    if reason is Reason.ALL_AWAY:
        return f"Everybody who speaks {language} is away."
    if reason is Reason.ALL_FULL:
        return f"Everybody who speaks {language} has as many open conversations as they take."
    return f"Nobody here speaks {language}."
