"""A client is kept while its credentials stay the same, and closed only when nobody uses it any more."""

from __future__ import annotations

from uuid import UUID

import pytest

from dragoman.access.sealing import CONNECTION_SECRETS
from dragoman.connecting.store import connection
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_secrets_that_are_sealed_anew_keep_their_client(inbox: Inbox) -> None:
    connection_id = await _a_connection(inbox)
    clients, sealer = inbox.house.services.clients, inbox.house.services.sealer
    before = await clients.of(inbox.id, connection_id)
    async with inbox.house.database.transaction(inbox.id) as tx:
        made = await connection(tx, connection_id)
    assert made is not None
    assert made.secrets is not None
    assert made.secrets_key is not None
    plain = sealer.open(made.secrets, made.secrets_key, workspace=inbox.id, column=CONNECTION_SECRETS)

    await _seal(inbox, connection_id, plain)

    assert await clients.of(inbox.id, connection_id) is before


async def test_who_uses_a_client_whose_credentials_are_replaced_may_finish(inbox: Inbox) -> None:
    bot = await inbox.house.a_bot()
    connection_id = await _connection_of(inbox)
    clients = inbox.house.services.clients
    before = await clients.of(inbox.id, connection_id)

    await _seal(inbox, connection_id, b'{"token":"1:another"}')
    after = await clients.of(inbox.id, connection_id)

    assert after is not before
    assert [info.account for info in await before.check()] == [bot.id]


async def _a_connection(inbox: Inbox) -> UUID:
    await inbox.house.a_bot()
    return await _connection_of(inbox)


async def _connection_of(inbox: Inbox) -> UUID:
    ((connection_id,),) = await inbox.sql(
        "select connection_id from connections where workspace_id = %s", inbox.id
    )
    found: UUID = connection_id
    return found


async def _seal(inbox: Inbox, connection_id: UUID, plain: bytes) -> None:
    sealed, key = inbox.house.services.sealer.seal(plain, workspace=inbox.id, column=CONNECTION_SECRETS)
    await inbox.sql(
        "update connections set secrets = %s, secrets_key = %s where connection_id = %s",
        sealed,
        key,
        connection_id,
    )
