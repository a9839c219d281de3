"""Every statement about workspaces, members and what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dragoman.access.model import Membership, Role, WorkspaceKind
from dragoman.db.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class WorkspaceMember:
    """A membership with the names that a person reads."""

    workspace_id: UUID
    workspace_name: str
    kind: str
    member_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class ListedMember:
    member_id: UUID
    name: str
    email: str
    role: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Workspace:
    workspace_id: UUID
    name: str
    kind: str
    members: int


async def add_workspace(
    tx: Transaction, workspace_id: UUID, name: str, kind: WorkspaceKind, at: datetime
) -> None:
    await tx.execute(
        """insert into workspaces (workspace_id, name, kind, created_at)
           values (%(workspace)s, %(name)s, %(kind)s, %(at)s)""",
        {"workspace": workspace_id, "name": name, "kind": kind, "at": at},
    )
    await tx.execute(
        "insert into lanes (workspace_id, lane) select %(workspace)s, lane from generate_series(0, 63) lane",
        {"workspace": workspace_id},
    )


async def workspace_ids(database: Database) -> list[UUID]:
    """All there are; only the clock sees across workspaces."""
    async with database.clock() as tx:
        rows = await tx.rows("select distinct workspace_id from lanes where lane = 0 order by workspace_id")
    return [row[0] for row in rows]


async def founded_at(database: Database, workspace_id: UUID) -> datetime:
    async with database.transaction(workspace_id) as tx:
        found: datetime = await tx.value(
            "select created_at from workspaces where workspace_id = %(workspace)s",
            {"workspace": workspace_id},
        )
    return found


async def workspace(tx: Transaction, workspace_id: UUID) -> Workspace | None:
    return await tx.one(
        Workspace,
        """select w.workspace_id, w.name, w.kind, count(m.member_id)::integer as members
           from workspaces w
           left join members m on m.workspace_id = w.workspace_id and m.left_at is null
           where w.workspace_id = %(workspace)s
           group by w.workspace_id, w.name, w.kind""",
        {"workspace": workspace_id},
    )


async def add_member(
    tx: Transaction,
    workspace_id: UUID,
    member_id: UUID,
    account_id: UUID,
    name: str,
    email: str,
    role: Role,
    at: datetime,
) -> UUID:
    """The member of this account, also when it was one already or comes back: then with the new role."""
    return UUID(
        str(
            await tx.value(
                """insert into members as m (workspace_id, member_id, account_id, name, email, role, joined_at)
                   values (%(workspace)s, %(member)s, %(account)s, %(name)s, %(email)s, %(role)s, %(at)s)
                   on conflict (workspace_id, account_id) do update
                   set name = excluded.name, email = excluded.email, role = excluded.role, left_at = null
                   returning member_id""",
                {
                    "workspace": workspace_id,
                    "member": member_id,
                    "account": account_id,
                    "name": name,
                    "email": email,
                    "role": role,
                    "at": at,
                },
            )
        )
    )


async def membership(tx: Transaction, workspace_id: UUID, account_id: UUID) -> Membership | None:
    row = await tx.row(
        """select member_id, role, sees_all_channels from members
           where workspace_id = %(workspace)s and account_id = %(account)s and left_at is null""",
        {"workspace": workspace_id, "account": account_id},
    )
    if row is None:
        return None
    member_id, role, sees_all = row
    channels = None if sees_all else await _channels_of_teams(tx, workspace_id, member_id)
    return Membership(workspace_id, member_id, account_id, Role(role), channels)


async def _channels_of_teams(tx: Transaction, workspace_id: UUID, member_id: UUID) -> frozenset[UUID]:
    rows = await tx.rows(
        """select distinct c.channel_id
           from team_members t
           join team_channels c on c.workspace_id = t.workspace_id and c.team_id = t.team_id
           where t.workspace_id = %(workspace)s and t.member_id = %(member)s""",
        {"workspace": workspace_id, "member": member_id},
    )
    return frozenset(row[0] for row in rows)


async def memberships_of(tx: Transaction, account_id: UUID) -> list[WorkspaceMember]:
    """In a transaction that names the account: it looks into one workspace after the other."""
    rows = await tx.rows(
        """select workspace_id, member_id, role from members
           where account_id = %(account)s and left_at is null order by joined_at, workspace_id""",
        {"account": account_id},
    )
    return [await _with_names(tx, *row) for row in rows]


async def _with_names(tx: Transaction, workspace_id: UUID, member_id: UUID, role: str) -> WorkspaceMember:
    await tx.execute(
        "select set_config('app.workspace_id', %(workspace)s, true)", {"workspace": str(workspace_id)}
    )
    row = await tx.row(
        "select name, kind from workspaces where workspace_id = %(workspace)s", {"workspace": workspace_id}
    )
    name, kind = row or ("", "")
    return WorkspaceMember(workspace_id, name, kind, member_id, role)


async def member_by_email(tx: Transaction, workspace_id: UUID, email: str) -> tuple[UUID, Role] | None:
    """Their id and role; the row is locked. None: nobody who has not left."""
    row = await tx.row(
        """select member_id, role from members
           where workspace_id = %(workspace)s and email = %(email)s and left_at is null for update""",
        {"workspace": workspace_id, "email": email},
    )
    return (row[0], Role(row[1])) if row else None


async def role_of(tx: Transaction, workspace_id: UUID, member_id: UUID) -> Role | None:
    """The row is locked. None: nobody who has not left."""
    row = await tx.row(
        """select role from members
           where workspace_id = %(workspace)s and member_id = %(member)s and left_at is null for update""",
        {"workspace": workspace_id, "member": member_id},
    )
    return Role(row[0]) if row else None


async def owners(tx: Transaction, workspace_id: UUID) -> int:
    """How many owners there are. They are locked, so that two of them cannot remove each other at once."""
    rows = await tx.rows(
        """select member_id from members
           where workspace_id = %(workspace)s and role = 'owner' and left_at is null
           order by member_id for update""",
        {"workspace": workspace_id},
    )
    return len(rows)


async def set_name_and_email(
    tx: Transaction, workspace_id: UUID, member_id: UUID, name: str, email: str
) -> None:
    await tx.execute(
        """update members set name = %(name)s, email = %(email)s
           where workspace_id = %(workspace)s and member_id = %(member)s""",
        {"workspace": workspace_id, "member": member_id, "name": name, "email": email},
    )


async def set_role(tx: Transaction, workspace_id: UUID, member_id: UUID, role: Role) -> None:
    await tx.execute(
        "update members set role = %(role)s where workspace_id = %(workspace)s and member_id = %(member)s",
        {"workspace": workspace_id, "member": member_id, "role": role},
    )


async def end_membership(tx: Transaction, workspace_id: UUID, member_id: UUID, at: datetime) -> None:
    await tx.execute(
        """update members set left_at = %(at)s
           where workspace_id = %(workspace)s and member_id = %(member)s""",
        {"workspace": workspace_id, "member": member_id, "at": at},
    )


async def members_page(
    tx: Transaction, workspace_id: UUID, after: tuple[str, UUID] | None, limit: int
) -> list[ListedMember]:
    """Those who have not left, by name, after this name and id."""
    name, member_id = after or (None, None)
    rows = await tx.rows(
        """select member_id, name, email, role, joined_at from members
           where workspace_id = %(workspace)s and left_at is null
             and (%(name)s::text is null or (name, member_id) > (%(name)s, %(member)s::uuid))
           order by name, member_id limit %(limit)s""",
        {"workspace": workspace_id, "name": name, "member": member_id, "limit": limit},
    )
    return [ListedMember(*row) for row in rows]
