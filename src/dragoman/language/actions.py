"""A member says which language a customer writes: that holds for this person, whatever is found later."""

from __future__ import annotations

from uuid import UUID

from dragoman.access.model import Membership
from dragoman.conversations import store as conversations
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.kit.errors import invalid, not_found
from dragoman.language import store
from dragoman.language.codes import is_code
from dragoman.service import clocks
from dragoman.trail import store as trail
from dragoman.trail.store import Cause, Entry


async def correct(database: Database, by: Membership, contact_id: UUID, language: str | None) -> None:
    """``language``: BCP 47; None takes the correction back. Raises Refused for what is no such code, and for a person
    of whom this member sees no conversation."""
    if language is not None and not is_code(language):
        raise invalid(language="This is no code of a language, such as ko or zh-Hant.")
    at = now()
    async with database.transaction(by.workspace_id) as tx:
        await conversations.lock(tx, await store.conversations_of(tx, contact_id))  # before their contact
        contact = await store.lock_contact(tx, contact_id)
        if contact is None or not any(by.sees(channel_id) for _, channel_id in contact.conversations):
            raise not_found("There is no such contact.")
        await store.correct(tx, contact_id, language, by.member_id if language else None, at)
        await clocks.reckon(tx, [each for each, _ in contact.conversations], at)
        for conversation_id, channel_id in contact.conversations:
            tx.changed("conversation", conversation_id=conversation_id, channel_id=channel_id)
        await trail.add(
            tx,
            [
                Entry(
                    conversation_id=conversation_id,
                    at=at,
                    kind="language",
                    cause=Cause.MEMBER,
                    member_id=by.member_id,
                    what={"language": language, "was": contact.language},
                )
                for conversation_id, _ in contact.conversations
            ],
        )
