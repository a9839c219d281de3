"""What the database itself shows of accounts: only what the transaction can name."""

from datetime import timedelta

import psycopg
import pytest

from dragoman.access import store
from dragoman.access.model import Link, Purpose, Role
from dragoman.access.tokens import hash_of
from dragoman.kit.clock import now
from tests.house import House

TABLES = (
    "accounts",
    "account_sessions",
    "one_time_links",
    "sign_in_attempts",
    "members",
    "workspaces",
    "lanes",
)


@pytest.fixture
async def lived_in(house: House) -> House:
    """With something in every table, some of it expired."""
    workspace = await house.a_workspace()
    await house.an_account()
    await house.an_account("jonas@example.com", "Jonas")
    await house.a_member(workspace)
    async with house.browser() as browser:
        await house.sign_in(browser)
        await browser.post("/api/sign-in", json={"email": "jonas@example.com", "password": "wrong wrong"})
    for token, life in (("good", 1), ("over", -1)):
        link = Link(Purpose.INVITATION, "eve@example.com", "Eve", Role.MEMBER, workspace, None)
        async with house.services.database.transaction(token_hash=hash_of(token).hex()) as tx:
            await store.add_link(tx, hash_of(token), link, now(), timedelta(hours=life))
    return house


@pytest.mark.parametrize("table", TABLES)
async def test_who_names_nothing_sees_nothing(lived_in: House, table: str) -> None:
    assert await lived_in.as_owner(f"select from {table}")
    async with lived_in.services.database.transaction() as tx:
        assert await tx.rows(f"select 1 from {table}") == []


async def test_who_names_an_address_sees_that_account_alone(lived_in: House) -> None:
    async with lived_in.services.database.transaction(email="jonas@example.com") as tx:
        assert await tx.rows("select name from accounts") == [("Jonas",)]
        assert await tx.rows("select 1 from account_sessions") == []


async def test_the_clock_sweeps_what_is_over_and_reads_none_of_it(lived_in: House) -> None:
    async with lived_in.services.database.transaction() as tx:
        await store.sweep_expired(tx)

    left = await lived_in.as_owner("select token_hash from one_time_links")
    assert left == [(hash_of("good"),)]
    async with lived_in.services.database.clock() as tx:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await tx.rows("select email from one_time_links")


async def test_the_clock_cannot_sweep_what_still_opens_something(lived_in: House) -> None:
    async with lived_in.services.database.transaction() as tx:
        await tx.execute("set local role dragoman_clock")
        await tx.execute("delete from one_time_links")
        await tx.execute("delete from account_sessions")

    assert len(await lived_in.as_owner("select from one_time_links")) == 1
    assert len(await lived_in.as_owner("select from account_sessions")) == 1
