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
    """Who asks for what, under which key. ``is_written`` once a transaction carries the key."""

    workspace_id: UUID
    member_id: UUID
    key: str
    path: str
    is_written: bool = False


_asked: ContextVar[Request | None] = ContextVar("asked", default=None)


def only_once(request: Request) -> None:
    """The next transaction in this workspace, within this request, does it or raises DoneBefore."""
    _asked.set(request)


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
        raise DoneBefore
    request.is_written = True
    return request


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
