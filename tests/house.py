"""A running application with members in it, over a real database and real HTTP, in the words of the tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx2
from fastapi import FastAPI
from psycopg import AsyncConnection

from dragoman.access import actions
from dragoman.access.api import router as access_router
from dragoman.access.http import Member
from dragoman.access.me_api import router as me_router
from dragoman.access.members_api import router as members_router
from dragoman.access.model import Role, WorkspaceKind
from dragoman.config import Settings
from dragoman.files.api import router as files_router
from dragoman.http import install_error_handlers
from dragoman.kit.ids import new_id
from dragoman.services import Services

PASSWORD = "correct horse battery"
OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass(slots=True)
class House:
    services: Services
    address: str

    async def a_workspace(self, name: str = "Espresso & Co.") -> UUID:
        return await actions.create_workspace(self.services.database, name, WorkspaceKind.TRIAL)

    async def an_account(self, email: str = "maria@example.com", name: str = "Maria") -> UUID:
        return await actions.create_account(self.services.database, email, name, PASSWORD)

    async def a_member(
        self, workspace_id: UUID, email: str = "maria@example.com", role: Role = Role.MEMBER
    ) -> UUID:
        return await actions.add_member(self.services.database, workspace_id, email, role)

    async def a_channel(self, workspace_id: UUID, platform: str = "telegram", account: str = "1") -> UUID:
        """One that is live, with a connection of its own and the secrets of nobody."""
        channel_id = new_id()
        sealed, key_id = self.services.sealer.seal(
            b'{"token": "1:A"}', workspace=workspace_id, column="connections.secrets"
        )
        await self.as_owner(A_CONNECTION, w=workspace_id, id=channel_id, p=platform, s=sealed, k=key_id)
        await self.as_owner(A_CHANNEL, w=workspace_id, id=channel_id, p=platform, a=account)
        return channel_id

    async def may_only_see(self, workspace_id: UUID, member_id: UUID, *channels: UUID) -> None:
        """By a team that serves these channels."""
        team = new_id()
        await self.as_owner("insert into teams values (%(w)s, %(t)s, 'Beans')", w=workspace_id, t=team)
        await self.as_owner(
            "insert into team_members values (%(w)s, %(t)s, %(m)s)", w=workspace_id, t=team, m=member_id
        )
        for channel in channels:
            await self.as_owner(
                "insert into team_channels values (%(w)s, %(t)s, %(c)s)", w=workspace_id, t=team, c=channel
            )
        await self.as_owner(
            "update members set sees_all_channels = false where member_id = %(m)s", m=member_id
        )

    def browser(self, **headers: str) -> httpx2.AsyncClient:
        """It keeps cookies and speaks as a page of ours would."""
        return httpx2.AsyncClient(base_url=self.address, headers=OURS | headers, trust_env=False, timeout=30)

    async def sign_in(self, browser: httpx2.AsyncClient, email: str = "maria@example.com") -> None:
        """As the sign-in page does it, and with the token that a page then sends."""
        answer = await browser.post("/api/sign-in", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 204, answer.text
        browser.headers["X-CSRF-Token"] = (await browser.get("/api/me")).json()["csrf_token"]

    async def as_owner(self, statement: str, **params: object) -> list[tuple[object, ...]]:
        """Behind the application's back, as the owner of the database, who sees everything."""
        async with await AsyncConnection.connect(self.services.database.dsn, autocommit=True) as owner:
            cursor = await owner.execute(statement, params)
            return [] if cursor.description is None else list(await cursor.fetchall())


def application(services: Services) -> FastAPI:
    """Access and files, and one route that says who is asking."""
    app = FastAPI()
    app.state.services = services
    app.include_router(access_router)
    app.include_router(me_router)
    app.include_router(members_router)
    app.include_router(files_router)
    install_error_handlers(app)

    @app.get("/api/w/{workspace_id}/whoami")
    async def whoami(member: Member) -> dict[str, object]:
        seen = None if member.channels is None else sorted(map(str, member.channels))
        return {"role": member.role, "channels": seen}

    return app


def settings_in(folder: Path, dsn: str, environment: Mapping[str, str] | None = None) -> Settings:
    places = {
        "DATABASE_URL": dsn,
        "DRAGOMAN_DATA": str(folder / "data"),
        "DRAGOMAN_KEY_FILE": str(folder / "keys" / "master.key"),
    }
    return Settings.from_environment(places | dict(environment or {}))


def code_of(answer: httpx2.Response) -> str:
    return str(answer.json()["error"]["code"])


A_CONNECTION = """
    insert into connections (workspace_id, connection_id, platform, hook_key, secrets, secrets_key, delivery,
                             created_at)
    values (%(w)s, %(id)s, %(p)s, %(id)s::text, %(s)s, %(k)s, 'polling', now())"""

A_CHANNEL = """
    insert into channels (workspace_id, channel_id, connection_id, platform, account, name, state, created_at)
    values (%(w)s, %(id)s, %(id)s, %(p)s, %(a)s, 'Beans', 'live', now())"""
