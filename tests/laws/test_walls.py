"""The second wall: whoever steps down to a role sees one workspace, or nothing.

The catalogue says which tables there are, so that a new one is tried from its first day.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import AsyncConnection, sql

from dragoman.kit.ids import new_id
from tests.inbox.house import House
from tests.laws.happenings import (
    a_channel_is_being_set_up,
    a_conversation_is_labelled,
    a_customer_is_greeted,
    a_customer_reacts,
    a_customer_sends_a_picture,
    a_day_of_the_ledger_is_looked_up,
    a_member_is_told_of_a_turn,
    a_member_reads,
    a_member_writes_a_draft,
    a_note_is_written,
    a_reply_is_sent,
    a_rule_acts,
    a_rule_is_rehearsed,
    a_webhook_is_called,
    a_window_begins_to_close,
    an_evening_comes,
    channels_are_looked_after,
    conversations_are_assigned,
    noise_comes_and_is_opened,
    rules_are_made,
    somebody_is_answered_too_late,
    templates_are_looked_at,
    the_house_says_something,
    turns_find_who_speaks_their_language,
    views_are_saved,
)
from tests.laws.scene import a_scene

NOBODY_ELSE_S = {"schema_migrations"}  # not the application's: no role may read it
# Search runs as their owner, by functions that take the workspace themselves: see tests/search/test_walls.py.
OWNER_LOOKS = {"search_words", "search_names"}
OUTSIDE_WORKSPACES = {
    "accounts",
    "account_sessions",
    "one_time_links",
    "sign_in_attempts",
    "installation_keys",
}


async def test_without_a_workspace_the_application_sees_no_row_of_any_table(house: House) -> None:
    await _two_full_workspaces(house)

    for table in await _tables(house.database.dsn):
        assert await _count(house.database.dsn, "dragoman_app", None, table) == 0, table


async def test_two_workspaces_see_nothing_of_each_other(house: House) -> None:
    ours, theirs = await _two_full_workspaces(house)

    for table in await _tables_of_workspaces(house.database.dsn):
        mine = await _as(
            house.database.dsn, "dragoman_app", ours, "select distinct workspace_id from {}", table
        )
        assert mine == [(ours,)], table
        for change in (
            "update {} set workspace_id = workspace_id where workspace_id = %s",
            "delete from {} where workspace_id = %s",
        ):
            assert await _as(house.database.dsn, "dragoman_app", ours, change, table, theirs) == 0, table


async def test_a_workspace_cannot_write_into_another_one(house: House) -> None:
    ours, _ = await _two_full_workspaces(house)

    for table in await _tables_of_workspaces(house.database.dsn):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await _as(house.database.dsn, "dragoman_app", ours, COPY_INTO_ANOTHER, table, str(new_id()))


async def test_the_door_reads_nothing_and_writes_envelopes_only(dsn: str) -> None:
    for table in await _tables(dsn):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await _count(dsn, "dragoman_door", None, table)
        assert await _may_insert(dsn, "dragoman_door", table) == (table == "envelopes"), table


async def test_the_clock_sees_where_work_is_due_and_no_content(dsn: str) -> None:
    readable = await _sql(
        dsn,
        """select table_name, column_name from information_schema.column_privileges
           where grantee = 'dragoman_clock' and privilege_type = 'SELECT'""",
    )

    due = {"workspace_id", "lane", "due_at", "parked_reason"}
    expired = {"expires_at", "window_start"}  # of sessions, links and attempts, which it sweeps away
    assert {column for _, column in readable} == due | expired
    assert {table for table, column in readable if column in due} == {
        "envelopes",
        "arrivals",
        "jobs",
        "lanes",
    }
    assert {table for table, column in readable if column in expired} == {
        "account_sessions",
        "one_time_links",
        "sign_in_attempts",
    }


async def test_every_table_has_row_level_security_that_even_its_owner_obeys(dsn: str) -> None:
    lax = await _sql(
        dsn,
        """select relname from pg_class
           where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
             and not (relrowsecurity and (relforcerowsecurity or relname = any(%s)))""",
        list(OWNER_LOOKS),
    )

    assert {row[0] for row in lax} <= NOBODY_ELSE_S


async def test_every_key_begins_with_the_workspace(dsn: str) -> None:
    keys = await _sql(
        dsn,
        """select t.relname, a.attname from pg_index i
           join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
           join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
           where i.indisunique""",
    )

    wrong = {table for table, column in keys if column != "workspace_id"}
    assert wrong <= OUTSIDE_WORKSPACES | NOBODY_ELSE_S


COPY_INTO_ANOTHER = """
    insert into {0}
    select (jsonb_populate_record(null::{0}, to_jsonb(t) || jsonb_build_object('workspace_id', %s::text))).*
    from {0} t limit 1"""


async def _two_full_workspaces(house: House) -> tuple[UUID, UUID]:
    """Every table that belongs to workspaces has rows of two of them."""
    scene = await a_scene(house, seed=1, customers=3)
    for happening in FILLING:
        await happening(scene)
    await scene.reply(scene.customers[0], "still to be sent")
    other = new_id()
    for table in await _tables_of_workspaces(house.database.dsn):
        await _twin(house, table, other)
    return house.workspace_id, other


FILLING = (
    a_customer_sends_a_picture,
    a_customer_reacts,
    a_reply_is_sent,
    a_member_is_told_of_a_turn,
    a_member_reads,
    a_conversation_is_labelled,
    a_member_writes_a_draft,
    a_note_is_written,
    views_are_saved,
    a_channel_is_being_set_up,
    a_window_begins_to_close,
    templates_are_looked_at,
    channels_are_looked_after,
    rules_are_made,
    a_rule_acts,
    turns_find_who_speaks_their_language,
    a_rule_is_rehearsed,
    a_webhook_is_called,
    a_customer_is_greeted,
    the_house_says_something,
    an_evening_comes,
    a_day_of_the_ledger_is_looked_up,
    somebody_is_answered_too_late,
    noise_comes_and_is_opened,
    conversations_are_assigned,  # last: who was given one is told a moment later, and then it is forgotten
)


async def _twin(house: House, table: str, other: UUID) -> None:
    """The same rows once more, as if they were another workspace's."""
    async with await AsyncConnection.connect(house.database.dsn, autocommit=True) as owner:
        await owner.execute("set session_replication_role = replica")
        copy = sql.SQL(COPY_ALL).format(sql.Identifier(table))
        made = await owner.execute(copy, [str(other)])
    assert made.rowcount > 0, f"nothing in this scene fills {table}: let something happen that does"


COPY_ALL = COPY_INTO_ANOTHER.replace("limit 1", "")


async def _tables(dsn: str) -> list[str]:
    found = await _sql(
        dsn,
        """select relname from pg_class
           where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname""",
    )
    return [row[0] for row in found if row[0] not in NOBODY_ELSE_S]


async def _tables_of_workspaces(dsn: str) -> list[str]:
    return [table for table in await _tables(dsn) if table not in OUTSIDE_WORKSPACES]


async def _count(dsn: str, role: str, workspace: UUID | None, table: str) -> int:
    found = await _as(dsn, role, workspace, "select count(*) from {}", table)
    return int(found[0][0])


async def _may_insert(dsn: str, role: str, table: str) -> bool:
    found = await _sql(dsn, "select has_any_column_privilege(%s, %s, 'insert')", role, f"public.{table}")
    return bool(found[0][0])


async def _as(
    dsn: str, role: str, workspace: UUID | None, statement: str, table: str, *values: object
) -> Any:
    """Run a statement stepped down, and take it back. Its rows, or how many it touched."""
    async with await AsyncConnection.connect(dsn) as connection:
        await connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        await connection.execute("select set_config('app.workspace_id', %s, true)", [str(workspace or "")])
        composed = sql.SQL(statement).format(sql.Identifier(table))
        cursor = await connection.execute(composed, list(values))
        found = await cursor.fetchall() if cursor.description else cursor.rowcount
        await connection.rollback()
        return found


async def _sql(dsn: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """As the owner of the database."""
    async with await AsyncConnection.connect(dsn) as connection:
        cursor = await connection.execute(sql.SQL(statement), list(values) or None)
        return await cursor.fetchall()
