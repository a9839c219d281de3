"""What the demonstration begins with: a trial workspace, and one person to be."""

from datetime import timedelta
from uuid import UUID

from dragoman.access.actions import add_member, create_account, create_workspace
from dragoman.access.links import account_of, sign_in_link
from dragoman.access.model import Role, WorkspaceKind
from dragoman.access.workspace_store import workspace_ids
from dragoman.config import Settings
from dragoman.db.database import Database

WORKSPACE = "Espresso & Co."
OWNER_NAME = "Maria"
OWNER_EMAIL = "maria@dragoman.example"
LINK_LIFE = timedelta(hours=12)  # it stands in a terminal on the person's own machine, until they have time


async def prepare_demo(database: Database, settings: Settings) -> str:
    """Make what is missing of the trial workspace; the address that signs its owner in, once."""
    if await account_of(database, OWNER_EMAIL) is None:
        await create_account(database, OWNER_EMAIL, OWNER_NAME, password=None)
    await add_member(database, await _workspace(database), OWNER_EMAIL, Role.OWNER)
    return await sign_in_link(database, settings, OWNER_EMAIL, life=LINK_LIFE)


async def _workspace(database: Database) -> UUID:
    existing = await workspace_ids(database)
    return existing[0] if existing else await create_workspace(database, WORKSPACE, WorkspaceKind.TRIAL)
