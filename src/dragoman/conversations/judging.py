"""Verdicts are made again where an answer, a deletion, an edit or something late came: the stretch is read and judged,
and what changed by it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import LiteralString
from uuid import UUID

from dragoman.conversations import shelving, turn_store
from dragoman.conversations.model import Conversation, Place, Side
from dragoman.conversations.settling import SETTLE
from dragoman.conversations.shelving import Item
from dragoman.conversations.verdicts import BY_RULE, Judged, Reaction, Said, judge
from dragoman.db.database import Transaction
from dragoman.kit.ids import new_id
from dragoman.language.questions import is_question
from dragoman.work import jobs
from dragoman.work.jobs import Job

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


async def judge_again(
    tx: Transaction,
    conversations: Collection[Conversation],
    now: datetime,
    since: Mapping[UUID, datetime] | None = None,
) -> dict[UUID, Conversation]:
    """These conversations as they are by what was said since our last answer, and since ``since`` where something
    came into the middle. The caller holds them and saves what is returned; turns and the shelf are written here."""
    if not conversations:
        return {}
    begins = {c.conversation_id: _begins(c, (since or {}).get(c.conversation_id)) for c in conversations}
    said = await _said(tx, begins)
    reactions = await _reactions(tx, begins)
    wanted = await shelving.wanted(tx, {c.channel_id for c in conversations})
    judged = [
        judge(
            c,
            said.get(c.conversation_id, ()),
            reactions.get(c.conversation_id, ()),
            wanted.get(c.channel_id, frozenset()),
            new_episode=new_id(),
            now=now,
        )
        for c in conversations
    ]
    found: dict[UUID, Conversation] = {}
    for before, each in zip(conversations, judged, strict=True):
        c = each.conversation
        said_otherwise = await _write(
            tx, each, said.get(c.conversation_id, ()), reactions.get(c.conversation_id, ()), now
        )
        is_stale = said_otherwise or _waited_last(before, c)
        found[c.conversation_id] = await turn_store.newest(tx, c) if is_stale else c
    return found


def _waited_last(before: Conversation, after: Conversation) -> bool:
    """Whether what was said last waited for us and does so no more: a reaction that was taken back, or that was no
    answer, has no verdict of a turn to say so."""
    if before.unanswered is None or before.said_at != before.unanswered.last.at:
        return False
    return after.unanswered is None or after.unanswered.last < before.unanswered.last


def _begins(c: Conversation, since: datetime | None) -> datetime:
    if c.answered is None:
        return BEFORE_ALL
    return min(c.answered.at, since) if since else c.answered.at


# The stretch begins with what persons of ours said last before that time, all of it: it asks together. It is the
# time of the first of them after the customer's newest message before it; a turn of that very second is read whole.
# Each step is materialized: written into the next one, it would be planned and run over and over.
STRETCH: LiteralString = """
    with asked as materialized (
        select b.id, (select m.sent_at from messages m
                      where m.workspace_id = %(workspace)s and m.conversation_id = b.id and m.sent_at <= b.at
                        and m.side = 'team' and m.state = 'sent' and m.origin in ('member', 'elsewhere')
                        and m.deleted_at is null
                      order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1) as at
        from unnest(%(ids)s::uuid[], %(ats)s::timestamptz[]) as b(id, at)
    ), theirs as materialized (
        select a.id, a.at, (select m.sent_at from messages m
                            where m.workspace_id = %(workspace)s and m.conversation_id = a.id and m.sent_at < a.at
                              and m.side = 'customer' and m.deleted_at is null
                            order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1) as before
        from asked a
    ), ours as materialized (
        select t.id, case when t.at is null or t.before is null then '-infinity'::timestamptz else (
                   select min(m.sent_at) from messages m
                   where m.workspace_id = %(workspace)s and m.conversation_id = t.id and m.sent_at > t.before
                     and m.sent_at <= t.at and m.side = 'team' and m.state = 'sent'
                     and m.origin in ('member', 'elsewhere') and m.deleted_at is null) end as at
        from theirs t
    ), begun as materialized (
        select o.id, coalesce((select min(t.first_at) from turns t
                               where t.workspace_id = %(workspace)s and t.conversation_id = o.id
                                 and t.side = 'customer' and t.first_at < o.at and t.last_at >= o.at), o.at) as at
        from ours o
    )"""


async def _said(tx: Transaction, begins: Mapping[UUID, datetime]) -> dict[UUID, list[Said]]:
    rows = await tx.rows(
        STRETCH
        + """
        select b.id, m.sent_at, m.platform_order, m.message_id, m.turn_id, m.side, m.arrived_at, m.expects_answer,
               case when m.side = 'team' then m.text end, m.noise, m.waits, t.opened_by is not null,
               t.shelved_by is not null, t.noise
        from begun b
        join messages m on m.workspace_id = %(workspace)s and m.conversation_id = b.id and m.sent_at >= b.at
        join turns t on t.workspace_id = m.workspace_id and t.turn_id = m.turn_id
        where m.deleted_at is null
          and (m.side = 'customer' or (m.state = 'sent' and m.origin in ('member', 'elsewhere')))
        order by b.id, m.sent_at, m.platform_order, m.message_id""",
        _bounds(tx, begins),
    )
    found: dict[UUID, list[Said]] = defaultdict(list)
    for row in rows:
        cid, at, order, mid, turn_id, side, arrived, expects, text, noise, waits, kept, ruled, was = row
        found[cid].append(
            Said(
                place=Place(at, order, mid),
                turn_id=turn_id,
                side=Side(side),
                arrived_at=arrived,
                asks=expects or is_question(text or ""),
                noise=noise,
                waits=waits,
                kept=kept,
                ruled=ruled,
                was=was,
            )
        )
    return found


async def _reactions(tx: Transaction, begins: Mapping[UUID, datetime]) -> dict[UUID, list[Reaction]]:
    """Each stands after what it reacts to, however coarse the platform's clock is."""
    rows = await tx.rows(
        STRETCH
        + """
        select b.id, greatest(r.at, m.sent_at), m.platform_order, r.reaction_id, r.message_id, r.opened_by is not null
        from begun b
        join messages m on m.workspace_id = %(workspace)s and m.conversation_id = b.id and m.sent_at >= b.at
             and m.side = 'team'
        join reactions r on r.workspace_id = m.workspace_id and r.message_id = m.message_id and r.side = 'customer'
        where r.emoji is not null and r.reaction_id is not null
        order by b.id, r.at, r.reaction_id""",
        _bounds(tx, begins),
    )
    found: dict[UUID, list[Reaction]] = defaultdict(list)
    for conversation_id, at, order, reaction_id, message_id, kept in rows:
        found[conversation_id].append(Reaction(place=Place(at, order, reaction_id), to=message_id, kept=kept))
    return found


def _bounds(tx: Transaction, begins: Mapping[UUID, datetime]) -> dict[str, object]:
    return {"workspace": tx.workspace_id, "ids": list(begins), "ats": list(begins.values())}


async def _write(
    tx: Transaction, judged: Judged, said: Sequence[Said], reactions: Sequence[Reaction], now: datetime
) -> bool:
    """The verdicts that changed, and the shelf by all of them. Returns whether any changed."""
    c = judged.conversation
    was = {s.turn_id: s.was for s in said}
    ends = {s.turn_id: s.place.at for s in said}
    changed = [(turn, noise) for turn, noise in judged.verdicts.items() if was[turn] != noise]
    await _write_verdicts(tx, changed)
    for s in said:
        if s.turn_id in dict(changed):
            tx.changed(
                "message.state",
                conversation_id=c.conversation_id,
                message_id=s.place.id,
                channel_id=c.channel_id,
            )
    quiet = [
        Item(turn, c.conversation_id, c.channel_id, "turn", noise, ends[turn])
        for turn, noise in judged.verdicts.items()
        if noise is not None and noise != BY_RULE
    ]
    quiet += [
        Item(r.place.id, c.conversation_id, c.channel_id, "reaction", "reaction", r.place.at)
        for r in reactions
        if judged.reactions[r.place.id] is not None
    ]
    loud = [each for each, noise in [*judged.verdicts.items(), *judged.reactions.items()] if noise is None]
    await shelving.put(tx, quiet, now)
    await shelving.take_off(tx, loud)
    await _settle_again(tx, c, [turn for turn, noise in changed if noise is None], now)
    return bool(changed)


async def _settle_again(tx: Transaction, c: Conversation, turns: Collection[UUID], now: datetime) -> None:
    """Noise that is work after all is told of, routed and seen by rules like any other."""
    if not turns:
        return
    rows = await tx.rows(
        """
        update turns set settled_at = null
        where workspace_id = %(workspace)s and turn_id = any(%(turns)s) and settled_at is not null
        returning turn_id""",
        {"workspace": tx.workspace_id, "turns": list(turns)},
    )
    await jobs.schedule(tx, [Job(kind=SETTLE, subject=row[0], lane=c.lane, due_at=now) for row in rows])


async def _write_verdicts(tx: Transaction, verdicts: Sequence[tuple[UUID, str | None]]) -> None:
    if verdicts:
        await tx.execute(
            """
            update turns t set noise = v.noise from unnest(%(turns)s::uuid[], %(noise)s::text[]) as v(turn_id, noise)
            where t.workspace_id = %(workspace)s and t.turn_id = v.turn_id""",
            {
                "workspace": tx.workspace_id,
                "turns": [turn for turn, _ in verdicts],
                "noise": [noise for _, noise in verdicts],
            },
        )
