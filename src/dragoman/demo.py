"""What the demonstration begins with: a trial workspace, one person to be, and a simulated channel of each platform."""

from datetime import timedelta
from uuid import UUID

from dragoman.access.actions import add_member, create_account, create_workspace
from dragoman.access.links import account_of, sign_in_link
from dragoman.access.model import Role, WorkspaceKind
from dragoman.access.workspace_store import workspace_ids
from dragoman.channels.registry import CHANNELS
from dragoman.config import Settings
from dragoman.connecting.actions import connect
from dragoman.connecting.store import connected_platforms
from dragoman.db.database import Database
from dragoman.services import Services
from dragoman.setups.practice import fields_of_a_new_account

WORKSPACE = "Espresso & Co."
OWNER_NAME = "Maria"
OWNER_EMAIL = "maria@dragoman.example"
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
        await _connect_what_is_missing(Services.over(database, settings), workspace_id)
    return await sign_in_link(database, settings, OWNER_EMAIL, life=LINK_LIFE)


async def _connect_what_is_missing(services: Services, workspace_id: UUID) -> None:
    async with services.database.transaction(workspace_id) as tx:
        there = await connected_platforms(tx)
    for platform, each in CHANNELS.items():
        if platform not in there:
            fields = await fields_of_a_new_account(services.settings, each.manifest, WORKSPACE)
            await connect(services, workspace_id, platform, fields, simulated=True)
    await services.clients.aclose()


async def _workspace(database: Database) -> UUID:
    existing = await workspace_ids(database)
    return existing[0] if existing else await create_workspace(database, WORKSPACE, WorkspaceKind.TRIAL)
