"""An application with nothing but access in it, over a real database and real HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI

from dragoman.access import actions
from dragoman.access.api import router
from dragoman.access.http import Member
from dragoman.access.model import Role, WorkspaceKind
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.http import install_error_handlers
from dragoman.services import Services
from tests.serving import serving

PASSWORD = "correct horse battery"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def settings(tmp_path: Path, dsn: str) -> Settings:
    return Settings.from_environment(
        {
            "DATABASE_URL": dsn,
            "DRAGOMAN_DATA": str(tmp_path / "data"),
            "DRAGOMAN_KEY_FILE": str(tmp_path / "keys" / "master.key"),
        }
    )


@pytest.fixture
def services(database: Database, settings: Settings) -> Services:
    return Services.over(database, settings)


@pytest.fixture
async def house(services: Services) -> AsyncIterator["House"]:
    """A running application."""
    async with serving(application(services)) as address:
        yield House(services, address)


@dataclass(slots=True)
class House:
    """What the tests do with it, in their words."""

    services: Services
    address: str

    async def a_workspace(self, name: str = "Espresso & Co.") -> UUID:
        return await actions.create_workspace(self.services.database, name, WorkspaceKind.TRIAL)

    async def an_account(self, email: str = "maria@example.com", name: str = "Maria") -> UUID:
        return await actions.create_account(self.services.database, email, name, PASSWORD)

    async def a_member(self, workspace_id: UUID, email: str = "maria@example.com") -> UUID:
        return await actions.add_member(self.services.database, workspace_id, email, Role.MEMBER)

    def browser(self, **headers: str) -> httpx2.AsyncClient:
        """It keeps cookies and speaks as a page of ours would."""
        return httpx2.AsyncClient(base_url=self.address, headers=OURS | headers, trust_env=False)

    async def signed_in(self, browser: httpx2.AsyncClient, email: str = "maria@example.com") -> None:
        """As the sign-in page does it, and with the token that a page then sends."""
        answer = await browser.post("/api/sign-in", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 204, answer.text
        browser.headers["X-CSRF-Token"] = (await browser.get("/api/me")).json()["csrf_token"]


def application(services: Services) -> FastAPI:
    app = FastAPI()
    app.state.services = services
    app.include_router(router)
    install_error_handlers(app)

    @app.get("/api/w/{workspace_id}/whoami")
    async def whoami(member: Member) -> dict[str, object]:
        seen = None if member.channels is None else sorted(map(str, member.channels))
        return {"role": member.role, "channels": seen}

    return app


def code_of(answer: httpx2.Response) -> str:
    return str(answer.json()["error"]["code"])
