"""A workspace to measure in: one channel on each platform, without asking the platforms for anything."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from dragoman.access import actions
from dragoman.access import store as access
from dragoman.access.model import SESSION_LIFE, Membership, Role, WorkspaceKind
from dragoman.access.sealing import CONNECTION_SECRETS, Sealer
from dragoman.access.tokens import hash_of, new_token
from dragoman.bench.ground import Ground
from dragoman.connecting import store
from dragoman.connecting.store import Connection
from dragoman.db.database import Database
from dragoman.inbound.door import hook_path
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id

PAGE = "104857600123456"
BOT = "7100200300"


@dataclass(frozen=True, slots=True)
class Line:
    """A connected channel: where its platform delivers, and what signs or opens there."""

    platform: str
    account: str
    channel_id: UUID
    connection_id: UUID
    hook_path: str
    secret: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member with a browser's session."""

    membership: Membership
    token: str


@dataclass(frozen=True, slots=True)
class Inbox:
    workspace_id: UUID
    page: Line
    bot: Line
    colleagues: Sequence[Colleague] = ()


async def make_inbox(ground: Ground, *, colleagues: int = 0) -> Inbox:
    """A trial workspace with a Messenger page, a Telegram bot and so many members, each signed in."""
    async with Database(ground.dsn) as database:
        sealer = Sealer.from_settings(ground.settings)
        workspace_id = await actions.create_workspace(database, "Espresso & Co.", WorkspaceKind.TRIAL)
        await _hold_replies(database, workspace_id)
        page_secrets = {"app_secret": secrets.token_hex(16), "page_token": "t", "verify_token": "v"}
        bot_secrets = {"webhook_secret": secrets.token_urlsafe(32), "token": f"{BOT}:t"}
        return Inbox(
            workspace_id,
            await _connect(
                database, sealer, workspace_id, "messenger", PAGE, page_secrets, page_secrets["app_secret"]
            ),
            await _connect(
                database, sealer, workspace_id, "telegram", BOT, bot_secrets, bot_secrets["webhook_secret"]
            ),
            [await _colleague(database, workspace_id, n) for n in range(colleagues)],
        )


async def _hold_replies(database: Database, workspace_id: UUID) -> None:
    """What members answer is held for undo longer than a run lasts: no platform is there to take it."""
    async with database.transaction(workspace_id) as tx:
        await tx.execute(
            "update workspaces set undo_seconds = 60 where workspace_id = %(workspace)s",
            {"workspace": workspace_id},
        )


async def _connect(
    database: Database,
    sealer: Sealer,
    workspace_id: UUID,
    platform: str,
    account: str,
    kept: dict[str, str],
    secret: str,
) -> Line:
    sealed, key = sealer.seal(msgspec.json.encode(kept), workspace=workspace_id, column=CONNECTION_SECRETS)
    made = Connection(
        connection_id=new_id(),
        platform=platform,
        hook_key=secrets.token_urlsafe(24),
        secrets=sealed,
        secrets_key=key,
        settings={},
        simulated=True,
        delivery="webhook",
    )
    channel_id = new_id()
    async with database.transaction(workspace_id) as tx:
        await store.add_connection(tx, made, now())
        await store.add_channel(
            tx, channel_id, made, account=account, name=platform.title(), handle=None, now=now()
        )
        await store.set_state(tx, channel_id, "live")
    path = hook_path(platform, workspace_id, made.hook_key)
    return Line(platform, account, channel_id, made.connection_id, path, secret)


async def _colleague(database: Database, workspace_id: UUID, nth: int) -> Colleague:
    email = f"member{nth}@example.com"
    account_id = await actions.create_account(database, email, f"Member {nth}", None)
    member_id = await actions.add_member(database, workspace_id, email, Role.MEMBER)
    token = new_token()
    async with database.transaction(account_id=str(account_id)) as tx:
        await access.add_session(tx, hash_of(token), account_id, now(), SESSION_LIFE)
    return Colleague(Membership(workspace_id, member_id, account_id, Role.MEMBER, None), token)
