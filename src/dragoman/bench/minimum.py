"""How fast this PostgreSQL writes what envelopes leave behind, without any program that thinks about them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import psycopg

from dragoman.bench.ground import Ground
from dragoman.bench.pgbench import transactions_per_second

ENVELOPES = 120  # in one pass of minimum.sql
CONVERSATIONS = 1000
WORKSPACE, CONNECTION, CHANNEL, PERSON = (UUID(int=n) for n in (1, 2, 3, 4))
BODY_BYTES = 280  # as in the mix

# In a workspace of its own, which has no lanes: no worker ever looks into it.
PREPARE = """
    insert into workspaces (workspace_id, name, kind, created_at) values (%(workspace)s, 'Limit', 'trial', now());
    insert into connections (workspace_id, connection_id, platform, hook_key, delivery, created_at)
    values (%(workspace)s, %(connection)s, 'telegram', 'limit', 'webhook', now());
    insert into channels (workspace_id, channel_id, connection_id, platform, account, name, state, created_at)
    values (%(workspace)s, %(channel)s, %(connection)s, 'telegram', '1', 'Limit', 'live', now());
    insert into contacts (workspace_id, contact_id, created_at) values (%(workspace)s, %(person)s, now());
    insert into identities (workspace_id, identity_id, channel_id, contact_id, address, created_at)
    values (%(workspace)s, %(person)s, %(channel)s, %(person)s, '1', now());
    insert into conversations (workspace_id, conversation_id, channel_id, identity_id, thread_key, lane, status,
                               waiting_for, created_at)
    select %(workspace)s, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, %(channel)s, %(person)s,
           n::text, n %% 64, 'open', 'us', now()
    from generate_series(0, %(conversations)s - 1) n"""


def prepare(ground: Ground) -> None:
    values = {
        "workspace": WORKSPACE,
        "connection": CONNECTION,
        "channel": CHANNEL,
        "person": PERSON,
        "conversations": CONVERSATIONS,
    }
    with psycopg.connect(ground.dsn, connect_timeout=10, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(PREPARE, values)


def envelopes_per_second(ground: Ground, seconds: int) -> float:
    script = Path(__file__).with_name("minimum.sql").read_text()
    script = script.format(workspace=WORKSPACE, connection=CONNECTION, channel=CHANNEL, body_bytes=BODY_BYTES)
    settings = f"-c app.workspace_id={WORKSPACE}"
    passes = transactions_per_second(
        ground, script, role="dragoman_app", settings=settings, clients=1, seconds=seconds
    )
    return passes * ENVELOPES
