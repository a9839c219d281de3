"""A token that lives on only if it is renewed is renewed in time, by itself."""

from __future__ import annotations

import logging
from uuid import UUID

import msgspec

from dragoman.access.sealing import CONNECTION_SECRETS
from dragoman.channels.contract import Client, Renewed
from dragoman.channels.errors import ChannelError
from dragoman.connecting.keeping import sealed_into
from dragoman.connecting.store import Connection
from dragoman.health import store
from dragoman.health.model import is_renewal_due
from dragoman.kit.clock import now
from dragoman.services import Services

log = logging.getLogger(__name__)


async def renew_if_due(services: Services, workspace_id: UUID, made: Connection, client: Client) -> None:
    """What fails is tried again a day later, for as long as the token lives: its end is an alarm by then."""
    at = now()
    async with services.database.transaction(workspace_id) as tx:
        token = await store.token(tx, made.connection_id)
        if token is None or not is_renewal_due(token.since, token.until, token.tried_at, at):
            return
        await store.note_renewal_tried(tx, made.connection_id, at)
    try:
        renewed = await client.renew()
    except ChannelError as refused:
        log.warning("the token of connection %s could not be renewed: %s", made.connection_id, refused.reason)
        return
    if renewed is not None:
        await _keep(services, workspace_id, made, renewed)


async def _keep(services: Services, workspace_id: UUID, made: Connection, renewed: Renewed) -> None:
    """Sealed in place of the old one; clients notice by that, and speak with it from now on."""
    if made.secrets is None or made.secrets_key is None:
        return
    opened = services.sealer.open(
        made.secrets, made.secrets_key, workspace=workspace_id, column=CONNECTION_SECRETS
    )
    secrets = msgspec.json.decode(opened, type=dict[str, str]) | renewed.secrets
    after = sealed_into(services.sealer, workspace_id, made, secrets)
    assert after.secrets is not None
    assert after.secrets_key is not None
    async with services.database.transaction(workspace_id) as tx:
        await store.renew_token(
            tx, made.connection_id, made.secrets, after.secrets, after.secrets_key, renewed.expires_at, now()
        )
