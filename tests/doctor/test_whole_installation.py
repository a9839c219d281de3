"""`dragoman doctor` in a whole installation, well and ill: real processes, real database, real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import jsonschema
import msgspec

from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.migrate import migrate
from dragoman.doctor.model import Verdict
from dragoman.worker import Worker
from tests.doctor.looking import doctor, environment_of, look_at
from tests.inbox import house as building
from tests.inbox.house import House

SCHEMA = msgspec.json.decode((Path(__file__).parents[2] / "docs/schemas/doctor.schema.json").read_bytes())
MAY_BE_UNBUILT = "address.client"  # the browser client is built by another program
LISTEN_SECONDS = 60.0


async def test_an_installation_that_is_well_has_nothing_to_mend(server_folder: Path, tmp_path: Path) -> None:
    async with on_a_disk(server_folder, tmp_path) as house, a_worker(house):
        await house.a_bot()
        await house.a_page()

        shown = await asyncio.to_thread(doctor, environment_of(house.settings), "--json")

    told = msgspec.json.decode(shown.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    checks = {each["check"]: each for each in told["checks"] if each["check"] != MAY_BE_UNBUILT}
    assert {each["check"] for each in checks.values() if each["verdict"] != "ok"} == {"address.public_url"}
    assert {"delivery.telegram", "delivery.messenger", "channel.telegram", "channel.messenger"} <= set(checks)
    assert shown.stderr == ""


async def test_nothing_that_opens_a_door_is_printed(house: House) -> None:
    await house.a_bot()
    ((hook_key,),) = await house.sql("select hook_key from connections")

    shown = await asyncio.to_thread(doctor, environment_of(house.settings))

    assert "webhook address of Espresso & Co." in shown.stdout
    assert str(hook_key) not in shown.stdout + shown.stderr


async def test_what_is_to_mend_is_said_in_sentences_and_by_the_exit_code(house: House) -> None:
    shown = await asyncio.to_thread(doctor, environment_of(house.settings))

    assert shown.returncode == 1
    assert "fail  No worker listens for work: start `dragoman worker`" in shown.stdout
    assert shown.stdout.splitlines()[-1].endswith("to mend.")


async def test_a_bot_whose_messages_go_elsewhere_is_told(house: House) -> None:
    bot = await house.a_bot()
    await house.http.post(f"{house.simulator.telegram_api}/bot{bot.token}/deleteWebhook")

    finding = (await look_at(house))["channel.telegram"]

    assert finding.verdict is Verdict.FAIL
    assert finding.sentence.startswith(
        "Espresso & Co. (Telegram): Telegram delivers this bot's messages to no"
    )


async def test_a_channel_without_its_simulator_is_told_and_stops_no_other_check(house: House) -> None:
    await house.a_bot()

    found = await look_at(house, DRAGOMAN_SIMULATOR_URL="")

    assert found["channel.telegram"].verdict is Verdict.FAIL
    assert "set DRAGOMAN_SIMULATOR_URL" in found["channel.telegram"].sentence
    assert found["delivery.telegram"].verdict is Verdict.OK


async def test_a_simulated_channel_in_a_production_workspace_is_told(house: House) -> None:
    await house.a_bot()
    await house.sql("update workspaces set kind = 'production'")

    found = await look_at(house)

    assert found["work.simulated"].verdict is Verdict.FAIL


async def test_a_removed_connection_is_asked_nothing(house: House) -> None:
    await house.a_bot()
    await house.sql("update connections set removed_at = now()")
    await house.sql("update channels set state = 'removed'")

    found = await look_at(house)

    assert "delivery.telegram" not in found
    assert "channel.telegram" not in found


async def test_a_key_file_that_others_may_read_keeps_the_doctor_from_the_secrets(house: House) -> None:
    await house.a_bot()
    house.settings.key_file.chmod(0o644)

    found = await look_at(house)

    assert found["master_key"].verdict is Verdict.FAIL
    assert "work.worker" not in found


async def test_secrets_that_another_key_sealed_are_told(house: House) -> None:
    await house.a_bot()
    await house.sql("update connections set secrets_key = 'k-lost'")

    found = await look_at(house)

    assert "k-lost" in found["work.secrets"].sentence
    assert {"work.secrets", "channel.telegram"} <= set(found.failed())


@asynccontextmanager
async def on_a_disk(server_folder: Path, folder: Path) -> AsyncIterator[House]:
    """With a database that syncs to its disk, as every real one does."""
    with EmbeddedPostgres(server_folder) as server:
        migrate(server.dsn)
        async with building.house(server.dsn, folder) as house:
            yield house


@asynccontextmanager
async def a_worker(house: House) -> AsyncIterator[None]:
    """One that runs, and listens."""
    stop = asyncio.Event()
    running = asyncio.create_task(Worker(house.services, house.settings.database_url or "").run_until(stop))
    async with asyncio.timeout(LISTEN_SECONDS):
        while (await look_at(house))["work.worker"].verdict is not Verdict.OK:  # noqa: ASYNC110 the database knows
            await asyncio.sleep(0.1)
    yield
    stop.set()
    await running
