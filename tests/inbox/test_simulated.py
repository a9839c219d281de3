"""A simulated channel never looks like the real thing, however it was connected."""

from dataclasses import replace

import pytest

from dragoman.access.actions import create_workspace
from dragoman.access.model import WorkspaceKind
from dragoman.connecting.actions import connect
from dragoman.kit.errors import Refused
from tests.inbox.house import House


async def test_a_channel_connected_where_the_simulator_stands_in_for_the_platform_is_marked(
    house: House,
) -> None:
    settings = replace(house.settings, telegram_api=f"{house.simulator.base_url}/telegram")
    services = replace(house.services, settings=settings)
    bot = await house.simulator.new_bot("Espresso")

    (channel_id,) = await connect(services, house.workspace_id, "telegram", {"token": bot.token})

    maria = await house.a_member("Maria")
    shown = {c["id"]: c["simulated"] for c in (await maria.get("channels"))["channels"]}
    assert shown[str(channel_id)] is True


async def test_a_production_workspace_takes_no_simulated_channel(house: House) -> None:
    production = await create_workspace(house.database, "The real one", WorkspaceKind.PRODUCTION)
    bot = await house.simulator.new_bot("Espresso")

    with pytest.raises(Refused, match="production workspace"):
        await connect(house.services, production, "telegram", {"token": bot.token}, simulated=True)
