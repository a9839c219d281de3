"""What a message said lies in few places, and here is the list of them. Whoever takes words back goes through it.

| place | what happens |
|---|---|
| ``messages`` | text and parts are emptied; the message itself stays, as one that was taken back |
| ``search_words`` | the row goes: by these words nothing is found any more |
| ``attachments`` | the rows go, and with them where the files lie at the platform |
| ``jobs`` | nobody fetches those files any more; what is being fetched just now finds no row and is dropped |
| the storage of files | emptied once this has committed, by a job for each content |
| ``envelopes`` | raw bodies may hold other messages too: they go after as many days as the workspace says |

Lists, previews, quotes and the change log hold ids only, and are filled from these when they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.files.forgetting import FORGET_FILE
from dragoman.search.store import forget_words
from dragoman.work import jobs
from dragoman.work.jobs import Job

FETCH_MEDIA = "fetch_media"


async def forget_content(tx: Transaction, taken_back: Mapping[UUID, Conversation], now: datetime) -> None:
    """Forget what these messages said, words and files, wherever it lies. Each with its conversation, which is
    locked. Harmless when done twice."""
    if not taken_back:
        return
    await _empty(tx, list(taken_back))
    await forget_words(tx, list(taken_back))
    files = await _forget_attachments(tx, list(taken_back))
    await jobs.done(tx, FETCH_MEDIA, [attachment for attachment, _, _ in files])
    await jobs.schedule(
        tx,
        [
            Job(
                kind=FORGET_FILE,
                subject=attachment,
                lane=taken_back[message].lane,
                due_at=now,
                payload={"key": key},
            )
            for attachment, message, key in files
            if key is not None
        ],
    )


async def _empty(tx: Transaction, messages: list[UUID]) -> None:
    await tx.execute(
        """
        update messages set text = null, parts = '[]'
        where workspace_id = %(workspace)s and message_id = any(%(messages)s)
          and (text is not null or parts <> '[]')""",
        {"workspace": tx.workspace_id, "messages": messages},
    )


async def _forget_attachments(tx: Transaction, messages: list[UUID]) -> list[tuple[UUID, UUID, str | None]]:
    """Of each file that was attached: its id, its message, and its key in the storage if it lies there."""
    rows = await tx.rows(
        """
        delete from attachments where workspace_id = %(workspace)s and message_id = any(%(messages)s)
        returning attachment_id, message_id, storage_key""",
        {"workspace": tx.workspace_id, "messages": messages},
    )
    return [(row[0], row[1], row[2]) for row in rows]
