"""A practice account: opened at the simulator, connected like any other, with somebody there who writes to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx2

from dragoman.access.model import Membership, Right
from dragoman.access.workspace_store import workspace
from dragoman.channels.contract import Manifest
from dragoman.config import Settings
from dragoman.connecting import actions as connecting
from dragoman.kit.errors import Refused
from dragoman.services import Services
from dragoman.setups import actions, checking
from dragoman.setups.actions import guided

ASK_SECONDS = 10.0
NO_SIMULATOR = (
    "There is no simulator here: start one with “dragoman simulator”, set DRAGOMAN_SIMULATOR_URL to its address, or try"
    " “dragoman demo”."
)
CUSTOMER = "Ana"
GREETING = "hello 👋"


async def begin(services: Services, by: Membership, platform: str) -> UUID:
    """Open an account at the simulator and connect it. Raises Refused: there is no simulator, or none may be used."""
    by.needs(Right.MANAGE_CHANNELS)
    manifest = connecting.known_channel(platform).manifest
    await connecting.refuse_simulation_in_production(services, by.workspace_id, True)
    async with services.database.transaction(by.workspace_id) as tx:
        ours = await workspace(tx, by.workspace_id)
    name = ours.name if ours else manifest.title
    fields = await fields_of_a_new_account(services.settings, manifest, name)
    setup_id = await actions.begin(services, by, platform, manifest.practice.way, simulated=True)
    for step in manifest.steps_of(manifest.practice.way):
        await actions.write(services, by, setup_id, step.name, fields)
    await checking.check_all(services, by, setup_id)
    return setup_id


async def fields_of_a_new_account(settings: Settings, manifest: Manifest, name: str) -> dict[str, str]:
    """What somebody who connects it would bring along."""
    told = await _ordered(settings, manifest.practice.path, {"name": name})
    return {field: told[key] for field, key in manifest.practice.fields.items()}


async def let_somebody_write(services: Services, by: Membership, setup_id: UUID) -> None:
    """A practice customer writes to the practice account. Raises Refused."""
    by.needs(Right.MANAGE_CHANNELS)
    there = await guided(services, by.workspace_id, setup_id)
    if not there.connection.simulated:
        raise Refused("conflict", "Only a practice account has practice customers.", 409)
    platform = there.connection.platform
    account = (await connecting.accounts_of(there.channel, there.credentials))[0].account
    customer = await _ordered(
        services.settings,
        "/control/customers",
        {"platform": platform, "first_name": CUSTOMER, "with_picture": True},
    )
    said = {"platform": platform, "account": account, "customer": customer["id"], "texts": [GREETING]}
    await _ordered(services.settings, "/control/says", said)


async def _ordered(settings: Settings, path: str, order: dict[str, Any]) -> dict[str, Any]:
    if settings.simulator_url is None:
        raise Refused("needs_simulator", NO_SIMULATOR, 422)
    async with httpx2.AsyncClient(timeout=ASK_SECONDS, trust_env=False) as http:
        try:
            answer = (
                await http.post(settings.simulator_url.rstrip("/") + path, json=order)
            ).raise_for_status()
        except httpx2.HTTPError:
            raise Refused(
                "needs_simulator",
                "The simulator does not answer: see that it runs where DRAGOMAN_SIMULATOR_URL says.",
                422,
            ) from None
    told: dict[str, Any] = answer.json()
    return told
