"""Commands about workspaces, members and master keys."""

from __future__ import annotations

from uuid import UUID

import click

from dragoman.access import actions, membership, workspace_store
from dragoman.access.keys import add_key, master_keys
from dragoman.access.links import invite
from dragoman.access.model import Role, WorkspaceKind
from dragoman.access.profile import replace_password
from dragoman.access.rotation import Resealed, reseal_everything
from dragoman.access.sealing import Sealer
from dragoman.access.workspace_store import Workspace
from dragoman.commands import chosen_workspace, done
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.errors import OperatorError


@click.group()
def workspace() -> None:
    """Workspaces: one company's inbox each."""


@workspace.command("add")
@click.option("--name", required=True, help="What people read, such as “Espresso & Co.”.")
@click.option("--kind", type=click.Choice([kind.value for kind in WorkspaceKind]), default="production")
def add_workspace(name: str, kind: str) -> None:
    """Make an empty workspace and print its id."""

    async def add(database: Database, _: Settings) -> UUID:
        return await actions.create_workspace(database, name, WorkspaceKind(kind))

    click.echo(done(add))


@workspace.command("list")
def list_workspaces() -> None:
    """Print id, kind, number of members and name of each workspace."""
    for each in done(_all_workspaces):
        click.echo(f"{each.workspace_id}  {each.kind:<10}  {each.members:>4}  {each.name}")


@click.group()
def member() -> None:
    """Members of a workspace."""


@member.command("add")
@click.option("--workspace", "workspace_id", type=click.UUID, help="Not needed while there is only one.")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), default="member", show_default=True)
def add_member(workspace_id: UUID | None, email: str, name: str, role: str) -> None:
    """Print a link, good once and for 7 days, by which this person becomes a member."""

    async def add(database: Database, settings: Settings) -> str:
        chosen = await chosen_workspace(database, workspace_id)
        return await invite(database, settings, chosen, email, name, Role(role))

    click.echo(done(add))


@member.command("remove")
@click.option("--workspace", "workspace_id", type=click.UUID, help="Not needed while there is only one.")
@click.option("--email", required=True)
def remove_member(workspace_id: UUID | None, email: str) -> None:
    """This person sees nothing of the workspace any more; what they wrote stays."""

    async def remove(database: Database, _: Settings) -> None:
        chosen = await chosen_workspace(database, workspace_id)
        await membership.remove_by_email(database, chosen, email)

    done(remove)
    click.echo(f"{email} is no member any more.")


@member.command("password")
@click.option("--email", required=True)
def new_password(email: str) -> None:
    """Print a new password for somebody who has forgotten theirs; they are signed out everywhere."""

    async def replace(database: Database, _: Settings) -> str:
        return await replace_password(database, email)

    click.echo(done(replace))


@click.group()
def keys() -> None:
    """Master keys, which seal what platforms entrust to us."""


@keys.command("rotate")
@click.option("--new", is_flag=True, help="First put a fresh key into the key file.")
def rotate(new: bool) -> None:
    """Seal every secret anew with the first key; the other keys may go when this says so."""

    async def reseal(database: Database, settings: Settings) -> str:
        if new:
            _add_key(settings)
        return _told(await reseal_everything(database, Sealer.from_settings(settings)), settings)

    click.echo(done(reseal))


def _add_key(settings: Settings) -> None:
    if settings.key is not None:
        raise OperatorError("DRAGOMAN_KEY is set: write the fresh key in front of the others there yourself.")
    master_keys(settings)  # a first one, where there is none yet
    add_key(settings.key_file)


def _told(done: Resealed, settings: Settings) -> str:
    if done.missing_keys:
        raise OperatorError(
            f"{done.resealed} secrets were sealed anew, others could not be opened:"
            f" their master keys are missing ({', '.join(sorted(done.missing_keys))})."
        )
    first, *others = [key.key_id for key in master_keys(settings)]
    spare = f"; {', '.join(others)} may go once every process has been restarted" if others else ""
    return f"{done.resealed} secrets were sealed anew: everything is sealed by {first} now{spare}."


async def _all_workspaces(database: Database, _: Settings) -> list[Workspace]:
    found = []
    for workspace_id in await workspace_store.workspace_ids(database):
        async with database.transaction(workspace_id) as tx:
            found.append(await workspace_store.workspace(tx, workspace_id))
    return [each for each in found if each is not None]
