"""Commands about workspaces, members and keys, run as an operator runs them."""

import asyncio
import os
import socket
import sys
from pathlib import Path
from uuid import UUID

import pytest

from dragoman.config import Settings
from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.migrate import migrate
from tests.house import PASSWORD, House


@pytest.fixture
def run(settings: Settings) -> "Run":
    return Run(settings)


class Run:
    """`dragoman ...` in a process of its own, with the settings of this test."""

    def __init__(self, settings: Settings) -> None:
        self._environment = os.environ | {
            "DATABASE_URL": settings.database_url or "",
            "DRAGOMAN_DATA": str(settings.data),
            "DRAGOMAN_KEY_FILE": str(settings.key_file),
            "PUBLIC_URL": "https://inbox.example.com",
        }

    async def __call__(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Exit code, and what was written, errors too."""
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "dragoman", *arguments,
            env=self._environment | environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await asyncio.wait_for(child.communicate(), 60)
        return child.returncode or 0, said.decode().strip()


async def test_a_workspace_is_made_and_listed(run: Run, house: House) -> None:
    code, made = await run("workspace", "add", "--name", "Espresso & Co.", "--kind", "trial")
    _, listed = await run("workspace", "list")

    assert code == 0
    assert listed.split() == [str(UUID(made)), "trial", "0", "Espresso", "&", "Co."]
    assert await house.as_owner("select count(*) from lanes") == [(64,)]


async def test_a_member_is_added_by_a_link_that_they_open(run: Run, house: House) -> None:
    await house.a_workspace()

    code, link = await run(
        "member", "add", "--email", "Jonas@Example.com", "--name", "Jonas", "--role", "admin"
    )

    assert code == 0
    page, token = link.split("#")
    assert page == "https://inbox.example.com/welcome"
    async with house.browser() as browser:
        seen = (await browser.post("/api/links/look", json={"token": token})).json()
    assert (seen["email"], seen["name"], seen["workspace_name"]) == (
        "jonas@example.com",
        "Jonas",
        "Espresso & Co.",
    )


async def test_a_forgotten_password_is_replaced_and_every_session_ends(run: Run, house: House) -> None:
    await house.an_account()
    code, password = await run("member", "password", "--email", "maria@example.com")

    assert (code, len(password)) == (0, 16)
    async with house.browser() as browser:
        old = await browser.post("/api/sign-in", json={"email": "maria@example.com", "password": PASSWORD})
        new = await browser.post("/api/sign-in", json={"email": "maria@example.com", "password": password})
    assert (old.status_code, new.status_code) == (401, 204)
    assert await house.as_owner("select count(*) from account_sessions") == [(1,)]
    assert await run("member", "password", "--email", "who@example.com") == (
        1,
        "who@example.com has no account.",
    )


async def test_with_two_workspaces_one_must_be_named(run: Run, house: House) -> None:
    first, _ = await house.a_workspace("One"), await house.a_workspace("Two")
    who = ("--email", "jonas@example.com", "--name", "Jonas")

    unnamed = await run("member", "add", *who)
    named = await run("member", "add", *who, "--workspace", str(first))
    unknown = await run("member", "add", *who, "--workspace", str(UUID(int=7)))

    assert unnamed == (1, "Say which workspace with --workspace; `dragoman workspace list` shows them.")
    assert named[0] == 0
    assert unknown == (1, f"There is no workspace {UUID(int=7)}.")


async def test_a_refusal_is_one_sentence(run: Run, house: House) -> None:
    await house.a_workspace()

    assert await run("member", "add", "--email", "nonsense", "--name", "Jonas") == (
        1,
        "This must be an e-mail address such as maria@example.com.",
    )


async def test_keys_are_rotated_and_told_apart(run: Run, house: House) -> None:
    await house.a_channel(await house.a_workspace())
    old = house.services.sealer.key_id

    code, told = await run("keys", "rotate", "--new")
    again = await run("keys", "rotate")

    assert code == 0, told
    assert told.startswith("1 secrets were sealed anew: everything is sealed by k")
    assert f"; {old} may go once every process has been restarted." in told
    assert again[1].startswith("0 secrets")


async def test_a_fresh_key_is_not_written_where_the_setting_holds_the_keys(run: Run, house: House) -> None:
    code, told = await run("keys", "rotate", "--new", DRAGOMAN_KEY=f"k1:{'A' * 43}=")

    assert code == 1
    assert told.startswith("DRAGOMAN_KEY is set:")


async def test_without_a_database_a_command_says_what_to_start(run: Run, tmp_path: Path) -> None:
    nobody = await run("workspace", "list", DATABASE_URL="postgresql://127.0.0.1:1/none")
    nothing = await run("workspace", "list", DATABASE_URL="", DRAGOMAN_DATA=str(tmp_path / "empty"))

    assert nobody == (1, "The database does not answer: start `dragoman up` first, or set DATABASE_URL.")
    assert nothing == (1, f"There is no database in {tmp_path}/empty yet: start `dragoman up` first.")


async def test_a_command_reaches_the_embedded_database_while_it_runs(run: Run, server_folder: Path) -> None:
    with EmbeddedPostgres(server_folder / "postgres", sync_to_disk=False) as server:
        migrate(server.dsn)
        code, made = await run(
            "workspace", "add", "--name", "Beans", DATABASE_URL="", DRAGOMAN_DATA=str(server_folder)
        )
    stopped = await run("workspace", "list", DATABASE_URL="", DRAGOMAN_DATA=str(server_folder))

    assert (code, str(UUID(made))) == (0, made)
    assert stopped[1].startswith("The database does not answer")


async def test_a_channel_wants_the_fields_that_its_platform_has(run: Run) -> None:
    code, said = await run("channel", "add", "telegram", "--field", "tokne=1:a")

    assert (code, said.splitlines()[-1]) == (2, "Error: telegram has no field tokne, only token.")


async def test_a_channel_without_a_terminal_says_which_field_is_missing(run: Run) -> None:
    code, said = await run("channel", "add", "telegram")

    assert code == 2
    assert said.splitlines()[-1] == "Error: --field token=… is missing, and there is no terminal to ask at."


async def test_a_database_that_is_only_slow_is_not_called_stopped(run: Run) -> None:
    with socket.create_server(
        ("127.0.0.1", 0)
    ) as silent:  # the system takes the connection; nobody reads from it
        port = silent.getsockname()[1]
        said = await run("workspace", "list", DATABASE_URL=f"postgresql://127.0.0.1:{port}/none")

    assert said == (1, "The database took longer than 5 s to answer: try again.")
