"""Rows and messages as a browser gets them: the same in snapshots, lists, answers and frames.

Text is joined here, when it is read, and lies nowhere else. See docs/browser-contract.md.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from dragoman.channels.capabilities import WindowRule
from dragoman.channels.registry import channel
from dragoman.db.database import Transaction
from dragoman.sentences import wording_of

PREVIEW_CHARACTERS = 200  # of each end of an unanswered turn
QUOTE_CHARACTERS = 300

Row = dict[str, Any]

# No coalesce in a join: PostgreSQL takes it for leaky, so under row-level security it is no condition of an index, and
# the join walks through all messages of the workspace. A case is known to be harmless.
CONVERSATION: LiteralString = """
    select c.conversation_id, c.channel_id, h.platform, i.contact_id, i.identity_id, p.name, i.username,
           i.blocked_us_at is not null, i.picture_id, c.status, c.waiting_for, c.waiting_since,
           exists (select from messages o where o.workspace_id = c.workspace_id
                   and o.conversation_id = c.conversation_id and o.state in ('queued', 'sending')
                   and o.origin = 'member'),
           c.unanswered_count,
           case when f.message_id is null and c.first_unanswered_id is not null then (
               select jsonb_build_object('emoji', r.emoji, 'at', r.at, 'to', left(q.text, 200)) from reactions r
               join messages q on q.workspace_id = r.workspace_id and q.message_id = r.message_id
               where r.workspace_id = c.workspace_id and r.reaction_id = c.first_unanswered_id) end,
           case when l.message_id is null and c.last_unanswered_id is not null then (
               select jsonb_build_object('emoji', r.emoji, 'at', r.at, 'to', left(q.text, 200)) from reactions r
               join messages q on q.workspace_id = r.workspace_id and q.message_id = r.message_id
               where r.workspace_id = c.workspace_id and r.reaction_id = c.last_unanswered_id) end,
           f.side, left(f.text, 200), f.parts -> 0, f.deleted_at is not null, f.sent_at,
           l.side, left(l.text, 200), l.parts -> 0, l.deleted_at is not null, l.sent_at,
           case when c.said_at is null then c.last_message_at else c.said_at end,
           c.last_arrived_at, c.owner_id, c.team_id, c.priority, c.last_customer_at, c.customer_wrote_at,
           c.window_closing_until, c.held_elsewhere, c.opened_at, c.closed_at, c.closed_by, c.snoozed_until,
           c.snoozed_by,
           c.status = 'closed' and c.last_side = 'customer' and c.last_message_id > c.closed_up_to,
           p.language, p.language_confidence, p.language_said_by,
           c.service_level_id, c.service_reply, c.service_at_risk_at, c.service_due_at, c.service_state,
           array(select t.label_id from conversation_labels t where t.workspace_id = c.workspace_id
                 and t.conversation_id = c.conversation_id order by t.label_id),
           array(select distinct d.member_id from drafts d where d.workspace_id = c.workspace_id
                 and d.conversation_id = c.conversation_id order by d.member_id)
    from conversations c
    join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
    join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
    left join messages f on f.workspace_id = c.workspace_id
         and f.message_id = case when c.first_unanswered_id is null then c.last_message_id
                                 else c.first_unanswered_id end
    left join messages l on l.workspace_id = c.workspace_id
         and l.message_id = case when c.last_unanswered_id is null then c.last_message_id
                                 else c.last_unanswered_id end"""


async def conversations(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Row]:
    """Conversations in which something was said, by id, without any member's own marks."""
    rows = await tx.rows(
        CONVERSATION
        + """
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s)
          and (c.status <> 'unopened' or c.last_message_id is not null)""",
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    return {row[0]: _conversation(row) for row in rows}


def _conversation(row: tuple[Any, ...]) -> Row:
    (cid, channel_id, platform, contact, identity, name, username, blocked, picture, status, waiting_for, waiting_since,
     answering, unanswered, f_reaction, l_reaction, f_side, f_text, f_part, f_deleted, _, l_side,
     l_text, l_part, l_deleted, l_at, last_at, arrived_at, owner, team, priority, moved_at, wrote_at, closing_until,
     held, opened_at, closed_at, closed_by, snoozed_until, snoozed_by, wrote_after, language, confidence, said_by,
     level, reply, at_risk_at, due_at, service_state, labels, drafted_by) = row  # fmt: skip
    first = _reaction(f_reaction) if f_reaction else _excerpt(f_text, f_part, f_deleted)
    last = _reaction(l_reaction) if l_reaction else _excerpt(l_text, l_part, l_deleted)
    preview = None
    if f_side is not None or f_reaction is not None:
        preview = {
            "side": "customer" if l_reaction else l_side,
            "count": max(unanswered, 1),
            "at": datetime.fromisoformat(l_reaction["at"]) if l_reaction else l_at,
            "first": first,
            "last": last if unanswered > 1 else None,
        }
    return {
        "id": cid,
        "channel_id": channel_id,
        "contact": contact_row(contact, identity, name, username, blocked, picture),
        "status": status,
        "waiting_for": waiting_for,
        "waiting_since": waiting_since,
        "answering": answering,
        "preview": preview,
        "last_message_at": last_at,
        "last_arrived_at": arrived_at,
        "read_up_to": None,
        "mention": None,
        "owner_id": owner,
        "team_id": team,
        "priority": priority,
        "window": _window(channel(platform).capabilities.reply_window, moved_at, wrote_at, closing_until),
        "held_elsewhere": held,
        "opened_at": opened_at,
        "closed_at": closed_at,
        "closed_by": closed_by,
        "snoozed_until": snoozed_until,
        "snoozed_by": snoozed_by,
        "wrote_after_closing": bool(wrote_after),
        "language": {"code": language, "confidence": confidence, "said_by": said_by} if language else None,
        "service": _service(level, reply, at_risk_at, due_at, service_state),
        "label_ids": labels,
        "drafted_by": drafted_by,
    }


def _service(
    level_id: UUID | None,
    reply: str | None,
    at_risk_at: datetime | None,
    due_at: datetime | None,
    state: str | None,
) -> Row | None:
    if level_id is None:
        return None
    return {
        "level_id": level_id,
        "reply": reply,
        "at_risk_at": at_risk_at,
        "due_at": due_at,
        "state": state,
    }


def _excerpt(text: str | None, part: Row | None, deleted: bool) -> Row:
    return {"text": text, "kind": kind_of(part), "deleted": deleted, "to": None}


def _reaction(reaction: Row) -> Row:
    return {"text": reaction["emoji"], "kind": "reaction", "deleted": False, "to": reaction["to"]}


def kind_of(part: Row | None) -> str | None:
    """What a part is, in one word: the kind of a file, what a message came from, else the type of the part."""
    if part is None:
        return None
    word: str = part["kind"] if part["type"] == "attachment" else part["type"]
    return f"context_{part['kind']}" if word == "context" else word


def _window(
    rule: WindowRule | None,
    moved_at: datetime | None,
    wrote_at: datetime | None,
    closing_until: datetime | None,
) -> Row | None:
    if rule is None:
        return None
    return {
        "free_until": rule.free_until(moved_at),
        "extended_until": rule.extended_until(wrote_at),
        "extended_as": rule.extended_as,
        "afterwards": rule.afterwards.value,
        "closing_until": closing_until,
    }


FILE: LiteralString = """jsonb_build_object(
                'state', a.state, 'reason', a.reason, 'name', a.name,
                'mime_type', coalesce(a.sniffed_type, a.mime_type), 'size_bytes', a.size_bytes, 'width', a.width,
                'height', a.height, 'duration_seconds', a.duration_seconds, 'emoji', a.emoji, 'blur', a.blur)"""


def contact_row(
    contact: UUID, identity: UUID, name: str | None, username: str | None, blocked: bool, picture: UUID | None
) -> Row:
    return {
        "id": contact,
        "identity_id": identity,
        "name": name,
        "username": username,
        "blocked_us": blocked,
        "picture_id": picture,
    }


MESSAGE: LiteralString = (
    """
    select m.message_id, m.conversation_id, m.turn_id, m.side, m.origin, m.author_id, m.sent_at, m.platform_order,
           m.arrived_at, m.text, m.parts, m.reply_to, q.message_id, q.side, left(q.text, 300), q.parts -> 0,
           m.edited_at is not null, m.deleted_at is not null, m.late, m.state, m.receipt, m.hold_until,
           m.leaves_at, m.reason,
           m.idempotency_key, m.expects_answer, m.said_by, m.rule_id,
           case when m.rule_id is not null then (
               select r.content ->> 'name' from rules r
               where r.workspace_id = m.workspace_id and r.rule_id = m.rule_id) end,
           t.language, t.noise,
           (select jsonb_agg(jsonb_build_object('side', r.side, 'emoji', r.emoji, 'refused', r.refused,
                                             'stands', r.emoji = r.standing) order by r.side)
            from reactions r where r.workspace_id = m.workspace_id and r.message_id = m.message_id
                 and r.emoji is not null),
           (select jsonb_object_agg(a.attachment_id, """
    + FILE
    + """)
            from attachments a where a.workspace_id = m.workspace_id and a.message_id = m.message_id)
    from messages m
    left join turns t on t.workspace_id = m.workspace_id and t.turn_id = m.turn_id
    left join messages q on q.workspace_id = m.workspace_id and q.channel_id = m.channel_id
         and q.external_id = m.reply_to"""
)


async def messages(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Row]:
    rows = await tx.rows(
        MESSAGE + " where m.workspace_id = %(workspace)s and m.message_id = any(%(ids)s)",
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    return {row[0]: message(row) for row in rows}


def message(row: tuple[Any, ...]) -> Row:
    (mid, conversation, turn, side, origin, author, sent_at, order, arrived_at, text, parts, reply_to, q_id, q_side,
     q_text, q_part, edited, deleted, late, state, receipt, hold, leaves, reason, key, expects, said_by,
     rule, rule_name, language, noise, reactions, files) = row  # fmt: skip
    return {
        "id": mid,
        "conversation_id": conversation,
        "turn_id": turn,
        "side": side,
        "origin": origin,
        "author_id": author,
        "said_by": {"source": said_by, "rule_id": rule, "rule_name": rule_name} if said_by else None,
        "sent_at": sent_at,
        "order": order,
        "arrived_at": arrived_at,
        "text": text,
        "parts": [_part(part, files or {}) for part in parts],
        "reply_to": {"id": q_id, "side": q_side, "text": q_text, "kind": kind_of(q_part)}
        if reply_to
        else None,
        "edited": edited,
        "deleted": deleted,
        "late": late,
        "reactions": [_shown(each) for each in reactions or []],
        "expects_answer": expects,
        "language": language,
        "noise": noise,
        "delivery": _delivery(state, receipt, hold, leaves, reason, key),
    }


def _shown(reaction: Row) -> Row:
    refused, stands = reaction.pop("refused"), reaction.pop("stands")
    if refused is None:
        return reaction
    return reaction | {"refused": refused, "refused_wording": wording_of(refused), "stands": bool(stands)}


def _part(part: Row, files: dict[str, Row]) -> Row:
    if part["type"] != "attachment":
        shown = {name: value for name, value in part.items() if name not in ("payload", "vcard")}
        return shown | {"wording": wording_of(part.get("text"))} if _is_ours(part) else shown
    file = files.get(part["id"], GONE)
    return {**part, **file, "reason_wording": wording_of(file["reason"])}


def _is_ours(part: Row) -> bool:
    """Who answers a conversation is said by us; in every other part are words of others."""
    return (part["type"], part.get("kind")) == ("context", "control")


GONE: Row = {
    "state": "failed", "reason": "it is not here any more", "name": None, "mime_type": None, "size_bytes": None,
    "width": None, "height": None, "duration_seconds": None, "emoji": None, "blur": None,
}  # fmt: skip

RECEIPTS = {0: "sent", 1: "sent", 2: "delivered", 3: "read"}


def _delivery(
    state: str | None,
    receipt: int,
    hold_until: datetime | None,
    leaves_at: datetime | None,
    reason: str | None,
    key: str | None,
) -> Row | None:
    if state is None:
        return None
    return {
        "state": RECEIPTS[receipt] if state == "sent" else state,
        "hold_until": hold_until if state == "queued" else None,
        "leaves_at": leaves_at if state == "queued" else None,
        "reason": reason,
        "reason_wording": wording_of(reason),
        "idempotency_key": key,
    }
