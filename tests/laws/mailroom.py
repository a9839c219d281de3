"""A workspace with one connected account, into which bodies are put by hand, in any order and any batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from dragoman.access import actions as access
from dragoman.access.model import WorkspaceKind
from dragoman.access.sealing import Sealer
from dragoman.db.database import Database
from dragoman.inbound import store
from dragoman.inbound.parsing import Parsed, parse_some
from dragoman.inbound.placing import place_some
from dragoman.kit.ids import new_id
from tests.laws.oracle import Row

ACCOUNT = "bc:shop"  # an ordinary Telegram account that a bot answers for: both sides, edits and deletions
LANES = list(range(64))
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OWNER = 1000  # the side of the company in a business chat


class Mailroom:
    def __init__(self, database: Database, sealer: Sealer, workspace_id: UUID, connection_id: UUID) -> None:
        self._database = database
        self._sealer = sealer
        self.workspace_id = workspace_id
        self._connection_id = connection_id

    @classmethod
    async def opened(cls, database: Database, sealer: Sealer) -> Mailroom:
        """A workspace of its own."""
        workspace_id = await access.create_workspace(database, "Espresso & Co.", WorkspaceKind.TRIAL)
        room = cls(database, sealer, workspace_id, new_id())
        await room.sql(CONNECT, w=workspace_id, id=room._connection_id, account=ACCOUNT)
        return room

    async def takes(
        self, batches: Sequence[Sequence[bytes]], at: datetime, *, long_apart: bool = False
    ) -> None:
        """Each batch is stored, parsed and placed before the next one comes; all arrive at the same moment.

        ``long_apart``: what waited for its message has given up before the next batch comes.
        """
        for batch in batches:
            async with self._database.transaction(self.workspace_id) as tx:
                await store.add_envelopes(tx, self._connection_id, batch, at)
            await self.works()
            if long_apart:
                await self.waits_and_works()
        await self.waits_and_works()

    async def works(self) -> None:
        """All that is due now. Nothing is remembered from one time to the next."""
        parsed = Parsed()
        while await parse_some(self._database, self.workspace_id, parsed):
            pass
        while await place_some(self._database, self._sealer, self.workspace_id, LANES, parsed):
            pass

    async def waits_and_works(self) -> None:
        """What waits for its message is tried again, until nothing waits any more."""
        while await self.sql(HURRY, w=self.workspace_id):
            await self.works()

    async def parses_everything_again(self) -> None:
        await self.sql(
            "update envelopes set due_at = received_at where workspace_id = %(w)s", w=self.workspace_id
        )
        await self.works()

    async def ask(self, statement: str) -> list[Row]:
        """Rows of this workspace only: as the application sees them."""
        async with await AsyncConnection.connect(self._database.dsn, row_factory=dict_row) as connection:
            await connection.execute("set local role dragoman_app")
            await connection.execute(
                "select set_config('app.workspace_id', %s, true)", [str(self.workspace_id)]
            )
            return await (await connection.execute(statement)).fetchall()

    async def sql(self, statement: str, **params: Any) -> int:
        async with await AsyncConnection.connect(self._database.dsn, autocommit=True) as connection:
            return (await connection.execute(statement, params)).rowcount


CONNECT = """
    with made as (
        insert into connections (workspace_id, connection_id, platform, hook_key, delivery, created_at)
        values (%(w)s, %(id)s, 'telegram', %(id)s::text, 'polling', now())
    )
    insert into channels (workspace_id, channel_id, connection_id, platform, account, name, state, created_at)
    values (%(w)s, %(id)s, %(id)s, 'telegram', %(account)s, 'Shop', 'live', now())"""

HURRY = (
    "update arrivals set due_at = now() - interval '1 s' where workspace_id = %(w)s and due_at is not null"
)


# ------------------------------------------------------------------------------------------------ bodies


def written(update: int, chat: int, number: int, at: int, text: str, *, by_us: bool = False) -> bytes:
    """Somebody wrote in a chat, ``at`` seconds after noon."""
    return _body(update, "business_message", _message(chat, number, at, text, by_us))


def edited(
    update: int, chat: int, number: int, at: int, edit_at: int, text: str, *, by_us: bool = False
) -> bytes:
    message = {**_message(chat, number, at, text, by_us), "edit_date": _seconds(edit_at)}
    return _body(update, "edited_business_message", message)


def taken_back(update: int, chat: int, number: int) -> bytes:
    thing = {"chat": _chat(chat), "message_ids": [number], "business_connection_id": "shop"}
    return _body(update, "deleted_business_messages", thing)


def _message(chat: int, number: int, at: int, text: str, by_us: bool) -> Row:
    sender = (
        {"id": OWNER, "is_bot": False, "first_name": "Shop"} if by_us else {**_chat(chat), "is_bot": False}
    )
    return {
        "message_id": number,
        "from": sender,
        "chat": _chat(chat),
        "date": _seconds(at),
        "text": text,
        "business_connection_id": "shop",
    }


def _chat(chat: int) -> Row:
    return {"id": chat, "first_name": f"Customer {chat}", "type": "private"}


def _body(update: int, kind: str, thing: Row) -> bytes:
    return msgspec.json.encode({"update_id": update, kind: thing})


def _seconds(after_noon: int) -> int:
    return int(NOON.timestamp()) + after_noon
