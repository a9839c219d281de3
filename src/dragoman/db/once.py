"""A request under a key of its own is done once, however often it comes.

The key is written in the very transaction that does what is asked. So it is there exactly when the action is, and a
copy that comes while the first is still under way waits for it. No action has to think of it.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from dragoman.kit.clock import now

if TYPE_CHECKING:
    from dragoman.db.database import Transaction

KEPT = timedelta(days=7)  # a browser gives up what it could not get rid of before that


class DoneBefore(Exception):
    """This very request was done already: nothing is to be done, and nothing went wrong."""


@dataclass(slots=True)
class Request:
    """Who asks for what, under which key. ``is_written`` once a transaction carries the key; ``seq``: whoever has
    the change log up to there has all that came of it.
    """

    workspace_id: UUID
    member_id: UUID
    key: str
    path: str
    is_written: bool = False
    seq: int | None = None


_asked: ContextVar[Request | None] = ContextVar("asked", default=None)


def only_once(request: Request) -> None:
    """The next transaction in this workspace, within this request, does it or raises DoneBefore."""
    _asked.set(request)


def seq_of_request() -> int | None:
    """Up to where the change log tells what came of this request; None where it did nothing, or has no key."""
    request = _asked.get()
    return request.seq if request else None


async def write_key(tx: Transaction) -> Request | None:
    """Gives back the request whose key the transaction carries now. Raises DoneBefore."""
    request = _asked.get()
    if request is None or request.is_written or request.workspace_id != tx.workspace_id:
        return None
    written = await tx.execute(
        """
        insert into requests_done (workspace_id, member_id, request_key, path, done_at)
        values (%(workspace)s, %(member)s, %(key)s, %(path)s, %(at)s)
        on conflict do nothing""",
        {
            "workspace": tx.workspace_id,
            "member": request.member_id,
            "key": request.key,
            "path": request.path,
            "at": now(),
        },
    )
    if not written:
        request.seq = await _last_seq(tx)
        raise DoneBefore
    request.is_written = True
    return request


def note_seq(tx: Transaction) -> None:
    """The transaction has committed: its numbers are what came of the request so far."""
    request = _asked.get()
    if request is not None and request.workspace_id == tx.workspace_id and tx.seq is not None:
        request.seq = tx.seq


async def note_nothing_new(tx: Transaction, request: Request) -> None:
    """What was asked for is so already: whoever has the log up to here knows it."""
    request.seq = await _last_seq(tx)


async def _last_seq(tx: Transaction) -> int:
    found: int = await tx.value(
        "select seq from workspaces where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return found


async def forget_done(tx: Transaction, at: datetime, batch: int) -> int:
    """The oldest, which nobody sends again. How many they were."""
    return await tx.execute(
        """
        delete from requests_done where workspace_id = %(workspace)s
          and (member_id, request_key, path) in (
            select member_id, request_key, path from requests_done
            where workspace_id = %(workspace)s and done_at < %(before)s
            order by done_at limit %(batch)s)""",
        {"workspace": tx.workspace_id, "before": at - KEPT, "batch": batch},
    )
