"""What the handlers left on the desk, written in about fifteen statements whatever its size."""

from __future__ import annotations

from uuid import UUID

from dragoman.access.sealing import Sealer
from dragoman.alarms import raising
from dragoman.channels.contract import Accepted
from dragoman.connecting import store as connecting
from dragoman.connecting.trouble import is_well
from dragoman.conversations import closing_windows, people, settling, shelving, store, timeline, turn_store
from dragoman.conversations.forgetting import forget_content
from dragoman.conversations.judging import judge_again
from dragoman.conversations.model import Conversation
from dragoman.conversations.shelving import Item
from dragoman.conversations.turns import Turn
from dragoman.db.database import Transaction
from dragoman.inbound import store as inbound
from dragoman.inbound.desk import Desk
from dragoman.outbound.acceptance import accept, gave_up
from dragoman.service import clocks
from dragoman.work import jobs


async def save(tx: Transaction, sealer: Sealer, desk: Desk) -> None:
    await people.add(tx, list(desk.new_identities.values()), desk.now)
    await people.update(tx, list(desk.renamed.values()))
    await people.leave_addresses(tx, desk.left_addresses)
    await people.add_addresses(tx, desk.addresses)
    written, has_levels = await _save_new_conversations(tx, desk)
    await _save_messages(tx, sealer, desk)
    await _save_turns(tx, desk)
    await _save_receipts(tx, desk)
    await _save_echoes(tx, desk)
    await _save_failures(tx, desk)
    await _recount(tx, desk)
    await _save_conversations(tx, desk, written, has_levels=has_levels)
    await _save_accounts(tx, desk)
    await jobs.schedule(tx, desk.jobs)
    await _forget(tx, desk)
    await inbound.conclude(tx, desk.outcomes)


async def _save_new_conversations(tx: Transaction, desk: Desk) -> tuple[dict[UUID, Conversation], bool]:
    """Before their messages, which refer to them. Most are written as they stay."""
    new = {i: c for i, c in desk.conversations.items() if i not in desk.before}
    return new, await store.save(tx, new.values())


async def _save_messages(tx: Transaction, sealer: Sealer, desk: Desk) -> None:
    await timeline.add(tx, list(desk.messages.values()))
    await timeline.overwrite(tx, list(desk.edited.values()))
    desk.recount |= await shelving.forget_rules(tx, desk.edited)
    await _save_reactions(tx, desk)
    await inbound.add_attachments(tx, sealer, desk.attachments, desk.now)
    for message in desk.messages.values():
        _changed(tx, desk, "message", message.message_id, message.conversation_id)
    for message_id in desk.edited:
        _changed(tx, desk, "message", message_id, desk.touched[message_id])
    for message_id, conversation_id in desk.touched.items():
        if message_id not in desk.messages and message_id not in desk.edited:
            _changed(tx, desk, "message.state", message_id, conversation_id)


async def _save_reactions(tx: Transaction, desk: Desk) -> None:
    """A customer's is noise, unless judging finds that it answers us."""
    stand = [each for each in await timeline.react(tx, desk.reactions) if each.reaction_id is not None]
    conversations = {each.message_id: desk.conversations[desk.touched[each.message_id]] for each in stand}
    items = [
        Item(each.reaction_id, c.conversation_id, c.channel_id, "reaction", "reaction", each.at)
        for each in stand
        if each.reaction_id and each.emoji is not None and (c := conversations[each.message_id])
    ]
    await shelving.put(tx, items, desk.now)
    await shelving.take_off(tx, [each.reaction_id for each in stand if each.reaction_id and not each.emoji])


def _changed(tx: Transaction, desk: Desk, kind: str, message_id: UUID, conversation_id: UUID) -> None:
    """``message`` is news to whoever is answering; ``message.state`` (receipts, reactions) is not."""
    c = desk.conversations[conversation_id]
    tx.changed(kind, conversation_id=conversation_id, message_id=message_id, channel_id=c.channel_id)


async def _save_turns(tx: Transaction, desk: Desk) -> None:
    """Turns at the end of a timeline grow; where something came into the middle, the stretch is grouped again."""
    grown = [
        (conversation_id, Turn(turn_id, side, tuple(fragments)), desk.quiet.get(turn_id))
        for turn_id, (conversation_id, side, fragments) in desk.grown.items()
    ]
    await _shelve(tx, desk)
    timings = {t.turn_id: t for t in await turn_store.grow_turns(tx, grown)}
    for conversation_id, (start, end) in desk.disordered.items():
        c = desk.conversations[conversation_id]
        for timing in await turn_store.regroup(tx, c, start, end):
            timings[timing.turn_id] = timing
        desk.keep(await turn_store.newest(tx, c))
    await settling.wait_for(tx, list(timings.values()), desk.conversations, desk.now)


async def _shelve(tx: Transaction, desk: Desk) -> None:
    """What is noise for certain; the rest is judged again, and put there by that."""
    items = [
        Item(turn_id, c.conversation_id, c.channel_id, "turn", desk.quiet[turn_id], fragments[-1].place.at)
        for turn_id, (conversation_id, _, fragments) in desk.grown.items()
        if turn_id in desk.quiet
        and conversation_id not in desk.recount
        and (c := desk.conversations[conversation_id])
    ]
    await shelving.put(tx, items, desk.now)


async def _save_receipts(tx: Transaction, desk: Desk) -> None:
    risen = await timeline.raise_ranks(tx, desk.ranks)
    marks = [(w.conversation_id, w.rank, w.up_to) for w in desk.watermarks]
    risen += await timeline.raise_up_to(tx, marks)
    for message_id, conversation_id in risen:
        _changed(tx, desk, "message.state", message_id, conversation_id)


async def _save_echoes(tx: Transaction, desk: Desk) -> None:
    """Our own messages, come back: the platform has accepted them, whatever became of our request."""
    for own, external_id, at, order in desk.echoes:
        c = desk.conversations[own.conversation_id]
        accepted = Accepted(external_id=external_id, at=at, platform_order=order)
        desk.keep(await accept(tx, c, own.message_id, accepted, desk.now))


async def _save_failures(tx: Transaction, desk: Desk) -> None:
    for message_id, (conversation_id, reason) in desk.failures.items():
        c = desk.conversations[conversation_id]
        desk.keep(await gave_up(tx, c, message_id, reason))


async def _recount(tx: Transaction, desk: Desk) -> None:
    """Where an answer, a deletion, an edit or a late message came, what is unanswered is judged afresh."""
    asked = [desk.conversations[i] for i in desk.recount]
    for c in (await judge_again(tx, asked, desk.now, desk.since)).values():
        desk.keep(c)
    turns = await timeline.turns_of(tx, desk.taken_back)
    for conversation_id in await shelving.take_off_empty(tx, turns):
        desk.keep(await turn_store.newest(tx, desk.conversations[conversation_id]))


async def _save_conversations(
    tx: Transaction, desk: Desk, written: dict[UUID, Conversation], *, has_levels: bool
) -> None:
    spoken_of = {m.conversation_id for m in desk.messages.values()} | set(desk.touched.values())
    spoken_of |= {own.conversation_id for own, *_ in desk.echoes}
    spoken_of |= {conversation_id for conversation_id, _ in desk.failures.values()}
    renamed = {i.identity_id for i in desk.renamed.values()}
    changed = [
        c
        for i, c in desk.conversations.items()
        if desk.before.get(i) != c or i in spoken_of or c.identity_id in renamed
    ]
    stored = desk.before | written
    has_levels |= await store.save(tx, [c for c in changed if stored.get(c.conversation_id) != c])
    for c in changed:
        before = desk.before.get(c.conversation_id)
        store.moved_counts(tx, before, c)
        tx.changed("conversation", conversation_id=c.conversation_id, channel_id=c.channel_id)
    pairs = [(desk.before.get(c.conversation_id), c) for c in changed]
    await store.save_episodes(tx, pairs)
    await raising.follow_windows(tx, pairs, desk.now)
    await closing_windows.set_timers(tx, pairs, desk.window_rules, desk.now)
    if has_levels:
        await clocks.follow(tx, pairs, desk.now)


async def _save_accounts(tx: Transaction, desk: Desk) -> None:
    for channel_id, trouble in desk.accounts.items():
        if trouble:
            await connecting.set_state(tx, channel_id, "attention", trouble)
        else:
            await is_well(tx, channel_id, desk.now)


async def _forget(tx: Transaction, desk: Desk) -> None:
    """Last: what was taken back in the batch that brought it has its files and their jobs written by now."""
    conversations = desk.conversations
    await forget_content(tx, {m: conversations[c] for m, c in desk.taken_back.items()}, desk.now)
