"""What the demonstration begins with: a trial workspace, one person to be, and a simulated channel of each platform."""

from datetime import timedelta
from uuid import UUID

import httpx2

from dragoman.access.actions import add_member, create_account, create_workspace
from dragoman.access.links import account_of, sign_in_link
from dragoman.access.model import Role, WorkspaceKind
from dragoman.access.workspace_store import workspace_ids
from dragoman.config import Settings
from dragoman.connecting.actions import connect
from dragoman.connecting.store import connected_platforms
from dragoman.db.database import Database
from dragoman.services import Services

WORKSPACE = "Espresso & Co."
OWNER_NAME = "Maria"
OWNER_EMAIL = "maria@dragoman.example"
ASK_SECONDS = 10
# Where the simulator opens an account, and which of its answer's names fills which field of the form.
NEW_ACCOUNTS = {
    "telegram": ("/control/bots", {"token": "token"}),
    "messenger": (
        "/control/pages",
        {"app_id": "app_id", "app_secret": "app_secret", "page_token": "page_token"},
    ),
    "instagram": (
        "/control/instagrams",
        {
            "app_id": "app_id",
            "app_secret": "app_secret",
            "instagram_token": "instagram_token",
            "instagram_app_secret": "instagram_app_secret",
        },
    ),
    "whatsapp": (
        "/control/numbers",
        {name: name for name in ("app_id", "app_secret", "waba_id", "access_token")},
    ),
}
LINK_LIFE = timedelta(hours=12)  # it stands in a terminal on the person's own machine, until they have time


async def prepare_demo(database: Database, settings: Settings) -> str:
    """Make what is missing of the trial workspace; the address that signs its owner in, once.

    The simulator and the web process run already: connecting a channel has them speak to each other.
    """
    if await account_of(database, OWNER_EMAIL) is None:
        await create_account(database, OWNER_EMAIL, OWNER_NAME, password=None)
    workspace_id = await _workspace(database)
    await add_member(database, workspace_id, OWNER_EMAIL, Role.OWNER)
    if settings.simulator_url is not None:
        await _connect_what_is_missing(
            Services.over(database, settings), workspace_id, settings.simulator_url
        )
    return await sign_in_link(database, settings, OWNER_EMAIL, life=LINK_LIFE)


async def _connect_what_is_missing(services: Services, workspace_id: UUID, simulator_url: str) -> None:
    async with services.database.transaction(workspace_id) as tx:
        there = await connected_platforms(tx)
    async with httpx2.AsyncClient(base_url=simulator_url, timeout=ASK_SECONDS, trust_env=False) as simulator:
        for platform, (path, names) in NEW_ACCOUNTS.items():
            if platform not in there:
                answer = (await simulator.post(path, json={"name": WORKSPACE})).raise_for_status().json()
                fields = {field: answer[name] for field, name in names.items()}
                await connect(services, workspace_id, platform, fields, simulated=True)
    await services.clients.aclose()


async def _workspace(database: Database) -> UUID:
    existing = await workspace_ids(database)
    return existing[0] if existing else await create_workspace(database, WORKSPACE, WorkspaceKind.TRIAL)
