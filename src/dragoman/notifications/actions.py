"""What members settle about their notifications, and the browsers that they add and remove."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from dragoman.access.model import Account, Membership
from dragoman.access.sealing import PUSH_DEVICE
from dragoman.files.addresses import is_allowed_by_operator, place_of
from dragoman.files.failures import AddressRefused, FetchFailed
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.notifications import device_store, sender_key, store
from dragoman.notifications.device_store import ListedDevice, NewDevice
from dragoman.notifications.model import Settings
from dragoman.notifications.pushing import Endpoint, send, settle_outcome, test_of
from dragoman.services import Services

MOST_DEVICES = 20  # of one member; the oldest makes room


@dataclass(frozen=True, slots=True)
class Mine:
    """All that a member sees of their notifications. ``this_session``: theirs, by which they ask."""

    settings: Settings
    devices: list[ListedDevice]
    this_session: UUID | None
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Browser:
    """One that wants to be told. ``renews``: the device that it was, as long as that has not been removed."""

    endpoint: Endpoint = field(repr=False)
    device: str | None
    locale: str
    renews: UUID | None


async def mine(services: Services, by: Membership, account: Account) -> Mine:
    key = await sender_key.public_key(services.database, services.sealer)
    async with services.database.transaction(by.workspace_id, **_names(account)) as tx:
        return Mine(
            settings=await store.settings(tx, by.member_id),
            devices=await device_store.of_member(tx, by.member_id, by.account_id),
            this_session=await device_store.session_id(tx, account.session_hash),
            public_key=key,
        )


async def change_settings(services: Services, by: Membership, wanted: Settings) -> None:
    """Raises Refused for a time zone that there is not."""
    if wanted.quiet is not None:
        _check_zone(wanted.quiet.zone)
    async with services.database.transaction(by.workspace_id) as tx:
        await store.keep_settings(tx, by.member_id, wanted)


async def add_device(services: Services, by: Membership, account: Account, browser: Browser) -> UUID:
    """The same browser is there once. Raises Refused: it cannot be reached so, or it was removed meanwhile."""
    _check_endpoint(services, browser.endpoint)
    sealed, key_id = services.sealer.seal(
        msgspec.json.encode(browser.endpoint), workspace=by.workspace_id, column=PUSH_DEVICE
    )
    async with services.database.transaction(by.workspace_id, **_names(account)) as tx:
        if browser.renews is not None and not await device_store.forget(tx, browser.renews, by.member_id):
            raise not_found("This device was removed.")
        session_id = await device_store.session_id(tx, account.session_hash)
        if session_id is None:
            raise Refused("signed_out", "You are signed out: sign in again.", 401)
        device = NewDevice(
            device_id=browser.renews or new_id(),
            member_id=by.member_id,
            session_id=session_id,
            endpoint_hash=browser.endpoint.hash,
            secrets=sealed,
            secrets_key=key_id,
            device=browser.device,
            locale=browser.locale,
        )
        kept = await device_store.keep(tx, device, now())
        await device_store.forget_oldest(tx, by.member_id, MOST_DEVICES)
        return kept


async def remove_device(services: Services, by: Membership, device_id: UUID) -> None:
    async with services.database.transaction(by.workspace_id) as tx:
        if not await device_store.forget(tx, device_id, by.member_id):
            raise not_found("This device was removed.")


async def try_device(services: Services, by: Membership, device_id: UUID) -> str | None:
    """Send it a notification now. What is wrong, in one sentence; None: the push service has taken it."""
    async with services.database.transaction(by.workspace_id) as tx:
        device = await device_store.told(tx, device_id)
    if device is None or device.member_id != by.member_id:
        raise not_found("This device was removed.")
    try:
        taken = await send(services, by.workspace_id, test_of(device, by.workspace_id))
    except FetchFailed as failed:
        return failed.reason
    return await settle_outcome(services, by.workspace_id, device, taken)


def _names(account: Account) -> dict[str, str]:
    return {"account_id": str(account.account_id), "token_hash": account.session_hash.hex()}


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise invalid(quiet="There is no such time zone.") from None


def _check_endpoint(services: Services, endpoint: Endpoint) -> None:
    try:
        place = place_of(endpoint.url)
        _ = endpoint.keys
    except (AddressRefused, ValueError):
        raise invalid(endpoint="This is not how a browser is reached.") from None
    if place.scheme != "https" and not is_allowed_by_operator(place, services.settings.allow_hosts):
        raise invalid(endpoint="This is not how a browser is reached.")
