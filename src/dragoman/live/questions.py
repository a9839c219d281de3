"""What a customer has asked and nobody has answered yet: found when somebody looks, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.language.questions import questions_in
from dragoman.live.rows import Row

MOST_MESSAGES = 50  # of the newest unanswered
LONGEST = 2000  # characters of each
BEGINNING = 12  # characters by which a question is found in its message again

UNANSWERED: LiteralString = """
    select m.message_id, left(m.text, %(longest)s) from conversations c
    join messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
         and m.sent_at >= c.first_unanswered_at
    where c.workspace_id = %(workspace)s and c.conversation_id = %(conversation)s and c.unanswered_count > 0
      and m.side = 'customer' and m.waits and m.deleted_at is null and m.text <> ''
    order by m.sent_at desc, m.platform_order desc, m.message_id desc limit %(most)s"""


async def open_questions(tx: Transaction, conversation_id: UUID) -> list[Row]:
    """Each with the message that asks it, in their order."""
    rows = await tx.rows(
        UNANSWERED,
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "most": MOST_MESSAGES,
            "longest": LONGEST,
        },
    )
    said = [(row[0], row[1]) for row in reversed(rows)]
    asked = questions_in([text for _, text in said])
    return [{"message_id": _where(question, said), "text": question} for question in asked]


def _where(question: str, said: Sequence[tuple[UUID, str]]) -> UUID:
    """The message in which it begins; what was put together of several is the last one's."""
    beginning = question[:BEGINNING].rstrip(" ?？…")
    return next((message_id for message_id, text in said if beginning in text), said[-1][0])
