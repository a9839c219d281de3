"""Starting and stopping: what stands in the way is said in a sentence, and nobody who waits holds it up."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import Simulator, running_simulator
from tests.simulator.telegram.bot import Conversation


async def _refusal(*arguments: str) -> str:
    program = "from dragoman.simulator.commands import simulator; simulator()"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, *arguments, stdout=PIPE, stderr=PIPE
    )
    _, complaint = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    return complaint.decode()


async def test_a_taken_port_is_named(simulator: Simulator) -> None:
    port = simulator.base_url.rpartition(":")[2]

    assert await _refusal("--port", port) == f"Error: Port {port} is taken: choose another one with --port.\n"


async def test_two_simulators_do_not_share_a_folder(tmp_path: Path) -> None:
    async with running_simulator(state=tmp_path):
        complaint = await _refusal("--port", "0", "--state", str(tmp_path))

    assert complaint == f"Error: Another simulator is using {tmp_path} already.\n"


@pytest.mark.parametrize("held", [False, True])
async def test_neither_a_long_poll_nor_an_answer_held_back_keeps_it_from_stopping(*, held: bool) -> None:
    async with running_simulator() as simulator:
        conversation = await Conversation.begin(simulator)
        kind, seconds = (Trouble.TIMEOUT, 600) if held else (Trouble.SLOW, 0)
        asked = await simulator.trouble(Fault(kind, "api", method="getUpdates", seconds=seconds))
        offset = conversation.last_update_id + 1
        poll = asyncio.create_task(conversation.bot.call("getUpdates", offset=offset, timeout=50))
        while not await simulator.strikes(asked):  # noqa: ASYNC110 another process is asked
            await asyncio.sleep(0.02)

        assert simulator.process
        simulator.process.terminate()
        exit_code = await asyncio.wait_for(simulator.process.wait(), 30)
        outcome = (await asyncio.gather(poll, return_exceptions=True))[0]

    assert exit_code == 0
    assert isinstance(outcome, Exception) if held else outcome == []


async def test_every_answer_says_that_it_is_simulated(simulator: Simulator) -> None:
    whoami = await simulator.http.get(f"{simulator.base_url}/control/whoami")
    missing = await simulator.http.get(f"{simulator.base_url}/nothing")

    assert whoami.json() == {"simulator": True, "base_url": simulator.base_url}
    assert (missing.status_code, missing.headers["x-simulated"]) == (404, "1")
