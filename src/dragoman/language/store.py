"""SQL about which language somebody writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.language.changing import Known, words_in
from dragoman.language.detecting import Detected

RECENT = 5  # messages of a customer that a language is found by
LONGEST = 1000  # characters of each: what is longer tells nothing more


class Speech(msgspec.Struct, frozen=True):
    """What the author of a turn has said lately, the oldest first, and what is known of their language."""

    turn_id: UUID
    conversation_id: UUID
    channel_id: UUID
    contact_id: UUID
    locale: str | None
    known: Known
    texts: tuple[str, ...]
    new_words: int


class Heard(msgspec.Struct, frozen=True):
    speech: Speech
    detected: Detected
    known: Known


# Noise tells nothing of a language: "ok" is said in all of them.
SPEECHES: LiteralString = """
    select t.turn_id, t.conversation_id, c.channel_id, i.contact_id, i.locale, p.language, p.language_confidence,
           p.language_said_by is not null,
           array(select left(m.text, %(longest)s) from messages m
                 where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
                   and m.side = 'customer' and m.noise is null and m.deleted_at is null and m.text <> ''
                   and m.sent_at <= t.last_at
                 order by m.sent_at desc, m.platform_order desc, m.message_id desc limit %(recent)s),
           array(select left(m.text, %(longest)s) from messages m
                 where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
                   and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
                   and m.noise is null and m.deleted_at is null and m.text <> '')
    from turns t
    join conversations c on c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
    join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
    where t.workspace_id = %(workspace)s and t.turn_id = any(%(turns)s)
    order by t.first_at, t.turn_id"""


async def speeches(tx: Transaction, turn_ids: Collection[UUID]) -> list[Speech]:
    rows = await tx.rows(
        SPEECHES,
        {"workspace": tx.workspace_id, "turns": list(turn_ids), "recent": RECENT, "longest": LONGEST},
    )
    return [
        Speech(
            turn_id=row[0],
            conversation_id=row[1],
            channel_id=row[2],
            contact_id=row[3],
            locale=row[4],
            known=Known(row[5], row[6] or 0.0, said_by_member=row[7]),
            texts=tuple(reversed(row[8])),
            new_words=words_in(row[9]),
        )
        for row in rows
    ]


async def spoken(tx: Transaction) -> frozenset[str]:
    """The languages of the workspace: what its members speak."""
    rows = await tx.rows(
        """
        select distinct l.value ->> 'language' from member_work w
        join members m on m.workspace_id = w.workspace_id and m.member_id = w.member_id and m.left_at is null,
             jsonb_array_elements(w.languages) as l
        where w.workspace_id = %(workspace)s""",
        {"workspace": tx.workspace_id},
    )
    return frozenset(row[0] for row in rows)


HEARD = Columns({"turn_id": "uuid", "language": "text", "confidence": "real", "probable": "text"})
KNOWN = Columns({"contact_id": "uuid", "language": "text", "confidence": "real"})


async def note(tx: Transaction, heard: Sequence[Heard]) -> None:
    """Write down what was found, and tell of those whose language is another one now."""
    await tx.execute(
        f"""
        update turns t
        set language = h.language, language_confidence = h.confidence, probable_language = h.probable
        from json_to_recordset(%(rows)s) as h({HEARD.typed})
        where t.workspace_id = %(workspace)s and t.turn_id = h.turn_id""",
        {
            "workspace": tx.workspace_id,
            "rows": HEARD(
                (h.speech.turn_id, h.detected.language, h.detected.confidence, h.detected.probably)
                for h in heard
            ),
        },
    )
    changed = [h for h in heard if (h.known.language, h.known.confidence) != _known_before(h)]
    newest = {h.speech.contact_id: h for h in changed}
    if not changed:
        return
    await tx.execute(
        f"""
        update contacts p set language = k.language, language_confidence = k.confidence
        from json_to_recordset(%(rows)s) as k({KNOWN.typed})
        where p.workspace_id = %(workspace)s and p.contact_id = k.contact_id and p.language_said_by is null""",
        {
            "workspace": tx.workspace_id,
            "rows": KNOWN(
                (h.speech.contact_id, h.known.language, h.known.confidence) for h in newest.values()
            ),
        },
    )
    for h in changed:
        tx.changed("conversation", conversation_id=h.speech.conversation_id, channel_id=h.speech.channel_id)


def _known_before(heard: Heard) -> tuple[str | None, float]:
    return heard.speech.known.language, heard.speech.known.confidence


class Contact(msgspec.Struct, frozen=True):
    """A contact with the conversations in which they write to us, each with its channel."""

    language: str | None
    said_by: UUID | None
    conversations: tuple[tuple[UUID, UUID], ...]


async def conversations_of(tx: Transaction, contact_id: UUID) -> list[UUID]:
    rows = await tx.rows(
        """
        select c.conversation_id from identities i
        join conversations c on c.workspace_id = i.workspace_id and c.channel_id = i.channel_id
             and c.identity_id = i.identity_id
        where i.workspace_id = %(workspace)s and i.contact_id = %(contact)s""",
        {"workspace": tx.workspace_id, "contact": contact_id},
    )
    return [row[0] for row in rows]


async def lock_contact(tx: Transaction, contact_id: UUID) -> Contact | None:
    row = await tx.row(
        """
        select language, language_said_by from contacts
        where workspace_id = %(workspace)s and contact_id = %(contact)s for update""",
        {"workspace": tx.workspace_id, "contact": contact_id},
    )
    if row is None:
        return None
    conversations = await tx.rows(
        """
        select c.conversation_id, c.channel_id from identities i
        join conversations c on c.workspace_id = i.workspace_id and c.channel_id = i.channel_id
             and c.identity_id = i.identity_id
        where i.workspace_id = %(workspace)s and i.contact_id = %(contact)s order by c.conversation_id""",
        {"workspace": tx.workspace_id, "contact": contact_id},
    )
    return Contact(row[0], row[1], tuple((each[0], each[1]) for each in conversations))


async def correct(
    tx: Transaction, contact_id: UUID, language: str | None, by: UUID | None, at: datetime
) -> None:
    """What a member says is certain; said by nobody any more, it is found anew from the next turn on."""
    await tx.execute(
        """
        update contacts set language = %(language)s, language_confidence = 1, language_said_by = %(by)s,
               language_said_at = %(at)s
        where workspace_id = %(workspace)s and contact_id = %(contact)s""",
        {"workspace": tx.workspace_id, "contact": contact_id, "language": language, "by": by, "at": at},
    )
