"""What a member does with answers: reply, take back, try again, clear up. One transaction each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.access.model import Membership
from dragoman.channels.capabilities import Capabilities
from dragoman.channels.registry import channel
from dragoman.conversations import arranging
from dragoman.conversations import store as conversations
from dragoman.conversations.access import in_sight, visible
from dragoman.conversations.model import Conversation, Origin, Place, Side
from dragoman.conversations.reply_window import held_until
from dragoman.conversations.timeline import NewMessage
from dragoman.db.database import Database, Transaction
from dragoman.drafts.actions import let_go
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.outbound import store
from dragoman.outbound.acceptance import accept_without_id
from dragoman.outbound.besides import NOTHING, Besides, card_parts, choices_part, text_limit, tidied
from dragoman.outbound.freshness import refuse_stale
from dragoman.outbound.model import MAX_FILES, QUEUED_ORDER, check_reply, check_window
from dragoman.outbound.reach import reachable_by
from dragoman.outbound.splitting import split
from dragoman.outbound.store import RECONCILE, SEND
from dragoman.team import entries
from dragoman.team.entries import How
from dragoman.team.model import Assignment, assigned
from dragoman.team.owning import takes_by_replying
from dragoman.templates import store as templates
from dragoman.templates.model import check_head, filled_in, filled_of, must_be_approved, parts_of, said_by
from dragoman.work import jobs
from dragoman.work.jobs import Job


class TemplateChosen(msgspec.Struct, frozen=True, kw_only=True):
    """A template, and what fills its gaps by their names."""

    name: str
    language: str
    values: dict[str, str]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a member wrote, and the last change they had seen when they pressed send."""

    idempotency_key: str
    text: str | None
    attachment_ids: list[UUID]
    reply_to: UUID | None
    seen_seq: int
    then_close: bool
    expects_answer: bool = False
    draft_id: UUID | None = None  # goes with it
    draft_version: int = 0  # as it was kept when send was pressed; 0: nobody knows whether it ever was
    template: TemplateChosen | None = None  # in place of a text; the only file, if any, is its head
    besides: Besides = NOTHING


class Bubble(msgspec.Struct, frozen=True, kw_only=True):
    """One request, so that each has a fate of its own."""

    text: str | None = None
    file: dict[str, Any] | None = None
    parts: list[dict[str, Any]] = []


async def reply(database: Database, by: Membership, conversation_id: UUID, asked: Reply) -> list[UUID]:
    """Queue a reply: its text, in as many pieces as the channel wants, and each of its files become a bubble.
    Returns their ids.

    The same idempotency key gives the same bubbles. Raises Stale, or Refused with a sentence.
    """
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        if known := await store.by_idempotency_key(tx, conversation_id, asked.idempotency_key):
            return known
        undo_seconds = await refuse_stale(tx, by, conversation_id, asked.seen_seq)
        files = await _files(tx, by, asked.attachment_ids)
        can = await reachable_by(tx, before)
        hold = timedelta(seconds=undo_seconds)
        if asked.template is None:
            bubbles = _bubbles(before, asked.text, files, tidied(asked.besides), can)
            hold_until = held_until(can.reply_window, before, now(), hold)
        else:
            bubbles = [await _template_bubble(tx, before, asked.template, asked, files, can)]
            hold_until = now() + hold
        after, made = before, []
        quoted = await _quoted(tx, conversation_id, asked.reply_to)
        for nth, bubble in enumerate(bubbles):
            last = nth == len(bubbles) - 1
            message = _message(
                after,
                before,
                by,
                asked,
                nth,
                bubble,
                quoted=quoted if nth == 0 else None,
                hold_until=hold_until,
            )
            after = await _queue(tx, after, message, bubble.file, then_close=asked.then_close and last)
            made.append(message.message_id)
        await _take_draft(tx, by, before, asked)
        if after.owner_id is None and await takes_by_replying(tx, by.member_id):
            after = assigned(after, Assignment(owner_id=by.member_id))
            await entries.write(tx, by.member_id, How.REPLIED, [(before, after)], now())
        await conversations.record(tx, before, after)
    return made


async def _take_draft(tx: Transaction, by: Membership, c: Conversation, asked: Reply) -> None:
    """Raises Refused where it was kept and is gone: the same words went out from another tab or device of theirs,
    and what one has written oneself is no news to the guard.
    """
    if asked.draft_id is None:
        return
    was_there = await let_go(tx, by, c.conversation_id, c.channel_id, asked.draft_id)
    if asked.draft_version > 0 and not was_there:
        raise Refused(
            "draft_gone",
            "This draft was sent or discarded already, in another tab or on another device.",
            409,
        )


async def replied(
    database: Database, by: Membership, conversation_id: UUID, idempotency_key: str
) -> list[UUID]:
    """What is left of the bubbles of a reply that was sent before: none where its author took it back."""
    async with database.reading(by.workspace_id) as tx:
        await in_sight(tx, by, conversation_id)
        return await store.by_idempotency_key(tx, conversation_id, idempotency_key)


def _bubbles(
    c: Conversation, text: str | None, files: list[dict[str, Any]], besides: Besides, can: Capabilities
) -> list[Bubble]:
    """The text first, in as many pieces as the channel wants, then each file, location and contact. Choices may be
    gone once anything else is said: what they stand below comes last. Raises Refused."""
    check_window(c, now(), can)
    check_reply(text, files, can, besides)
    words = [Bubble(text=piece) for piece in split(text or "", text_limit(besides, can))]
    others = [
        *(Bubble(file=file) for file in files),
        *(Bubble(parts=[part]) for part in card_parts(besides)),
    ]
    if not besides.choices:
        return [*words, *others]
    *before, question = words
    return [*before, *others, replace(question, parts=[choices_part(besides.choices)])]


async def _template_bubble(
    tx: Transaction,
    c: Conversation,
    chosen: TemplateChosen,
    asked: Reply,
    files: list[dict[str, Any]],
    can: Capabilities,
) -> Bubble:
    """Whatever the reply window says. Raises Refused."""
    if asked.text or not asked.besides.is_empty:
        raise invalid(text="A template has words of its own.")
    template = await templates.one(tx, c.channel_id, chosen.name, chosen.language)
    must_be_approved(template)
    assert template is not None
    assert can.templates is not None
    filled = filled_in(template, chosen.values, can.templates)
    check_head(template, files, can.templates)
    said = said_by(template, filled)
    return Bubble(text=said, file=next(iter(files), None), parts=parts_of(template, filled))


def _message(
    c: Conversation,
    before: Conversation,
    by: Membership,
    asked: Reply,
    nth: int,
    bubble: Bubble,
    *,
    quoted: str | None,
    hold_until: datetime,
) -> NewMessage:
    message_id = new_id(after=c.newest_id)
    at = now()
    file = bubble.file
    attached = [{"type": "attachment", "id": str(file["id"]), "kind": file["kind"]}] if file else []
    return NewMessage(
        message_id=message_id,
        conversation_id=c.conversation_id,
        channel_id=c.channel_id,
        turn_id=message_id,
        side=Side.TEAM,
        origin=Origin.MEMBER,
        author_id=by.member_id,
        sent_at=at,
        arrived_at=at,
        platform_order=QUEUED_ORDER,
        text=bubble.text,
        parts=[*attached, *bubble.parts],
        reply_to=quoted,
        state="queued",
        idempotency_key=f"{asked.idempotency_key}:{nth}",
        answers=before.last,
        seen_seq=asked.seen_seq,
        hold_until=hold_until,
        expects_answer=asked.expects_answer or bool(asked.besides.choices),
    )


async def _queue(
    tx: Transaction, c: Conversation, message: NewMessage, file: dict[str, Any] | None, *, then_close: bool
) -> Conversation:
    c = await arranging.append(tx, c, message, message.sent_at)
    if file is not None:
        await store.give_file(tx, file["id"], message.message_id, c.channel_id)
    if then_close:
        await store.close_when_sent(tx, message.message_id)
    assert message.hold_until is not None
    await jobs.schedule(
        tx, [Job(kind=SEND, subject=message.message_id, lane=c.lane, due_at=message.hold_until)]
    )
    tx.changed(
        "message",
        conversation_id=c.conversation_id,
        message_id=message.message_id,
        channel_id=c.channel_id,
        member_id=message.author_id,
    )
    return c


async def _files(tx: Transaction, by: Membership, ids: list[UUID]) -> list[dict[str, Any]]:
    if len(ids) > MAX_FILES:
        raise invalid(attachment_ids=f"At most {MAX_FILES} files go with one reply.")
    files = await store.uploads(tx, ids, by.member_id) if ids else []
    if len(files) != len(ids):
        raise invalid(attachment_ids="One of these files is not here any more: add it again.")
    return files


async def _quoted(tx: Transaction, conversation_id: UUID, message_id: UUID | None) -> str | None:
    if message_id is None:
        return None
    is_here, external_id = await store.quoted(tx, conversation_id, message_id)
    if not is_here:
        raise invalid(reply_to="The message to be quoted is not in this conversation.")
    return external_id


# ----------------------------------------------------------------------------------------- one's own bubble


async def undo(database: Database, by: Membership, message_id: UUID) -> dict[str, Any]:
    """Its author takes a queued message back while it is held. Returns its text and files, for the composer."""
    async with database.transaction(by.workspace_id) as tx:
        message, before = await _own(tx, by, message_id)
        held = message["state"] == "queued" and message["hold_until"] and message["hold_until"] > now()
        if not held:
            raise Refused("conflict", "It has left already.", 409)
        if message["author_id"] != by.member_id:
            raise Refused("forbidden", "Only who wrote a message can take it back.", 403)
        return await _take_out(tx, by, before, message)


async def discard(database: Database, by: Membership, message_id: UUID) -> dict[str, Any]:
    """A failed message goes away; its words and files are given to who discards it, whoever wrote it."""
    async with database.transaction(by.workspace_id) as tx:
        message, before = await _own(tx, by, message_id)
        if message["state"] != "failed":
            raise Refused("conflict", "Only a message that failed can be discarded.", 409)
        return await _take_out(tx, by, before, message)


async def _take_out(
    tx: Transaction, by: Membership, before: Conversation, message: dict[str, Any]
) -> dict[str, Any]:
    file = await store.file_of(tx, message["message_id"])
    if file is not None:
        await store.give_back(tx, file["attachment_id"], by.member_id)
    await jobs.done(tx, SEND, [message["message_id"]])
    after = await arranging.remove(tx, before, message["message_id"], now())
    await conversations.record(tx, before, after)
    return {"text": message["text"], "attachment_ids": [file["attachment_id"]] if file else []}


async def retry(database: Database, by: Membership, message_id: UUID, seen_seq: int) -> None:
    """Try a failed message again, as if its author pressed send now. Raises Stale."""
    async with database.transaction(by.workspace_id) as tx:
        message, before = await _own(tx, by, message_id)
        if message["state"] != "failed":
            raise Refused("conflict", "Only a message that failed can be tried again.", 409)
        await refuse_stale(tx, by, before.conversation_id, seen_seq)
        await _send_again(tx, before, message, seen_seq)


async def resolve(database: Database, by: Membership, message_id: UUID, how: str) -> None:
    """Clear up a message that may have arrived: ``ask`` the platform, it ``arrived``, or ``send_again``."""
    async with database.transaction(by.workspace_id) as tx:
        message, before = await _own(tx, by, message_id)
        if message["state"] != "unknown":
            raise Refused("conflict", "It is known already what became of this message.", 409)
        if how == "ask":
            await _ask_the_platform(tx, message)
        elif how == "arrived":
            after = await accept_without_id(tx, before, message_id, now())
            await conversations.record(tx, before, after)
        else:
            seq, _, _ = await store.standing(tx)
            await _send_again(tx, before, message, seq)


async def _ask_the_platform(tx: Transaction, message: dict[str, Any]) -> None:
    if not channel(message["platform"]).capabilities.can_be_asked:
        raise Refused("cannot_ask", "This platform cannot be asked: look at the customer's answer.", 422)
    job = Job(kind=RECONCILE, subject=message["message_id"], lane=message["lane"], due_at=now())
    await jobs.schedule(tx, [job])


async def _send_again(tx: Transaction, c: Conversation, message: dict[str, Any], seen_seq: int) -> None:
    message_id = message["message_id"]
    template = filled_of(message["parts"])
    if template is None:
        check_window(c, now(), channel(message["platform"]).capabilities)
    else:
        must_be_approved(await templates.one(tx, c.channel_id, template.name, template.language))
    await jobs.done(tx, RECONCILE, [message_id])
    await store.requeue(tx, message_id, seen_seq=seen_seq, answers=c.last or _nowhere(message_id))
    await jobs.schedule(tx, [Job(kind=SEND, subject=message_id, lane=c.lane, due_at=now())])
    tx.changed(
        "message.state", message_id=message_id, conversation_id=c.conversation_id, channel_id=c.channel_id
    )
    await conversations.record(tx, c, c)


def _nowhere(message_id: UUID) -> Place:
    return Place(now(), 0, message_id)


async def _own(tx: Transaction, by: Membership, message_id: UUID) -> tuple[dict[str, Any], Conversation]:
    """A message of our side that this member may see, its conversation locked."""
    message = await store.details(tx, message_id)
    if message is None:
        raise not_found("There is no such message.")
    c = await visible(tx, by, message["conversation_id"])
    message = await store.details(tx, message_id)  # as it stands now that the conversation is locked
    if message is None:
        raise not_found("There is no such message any more.")
    return message, c
