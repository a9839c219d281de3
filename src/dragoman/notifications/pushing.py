"""One push to one browser: through the push service that its maker runs, readable by the browser alone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from dragoman.access.sealing import PUSH_DEVICE
from dragoman.db.database import Transaction
from dragoman.files.failures import AddressRefused, FetchFailed
from dragoman.files.fetch import Taken
from dragoman.kit.clock import now
from dragoman.notifications import alarm_store, device_store, giving_store, message, sender_key, store
from dragoman.notifications.device_store import ToldDevice
from dragoman.notifications.encryption import SALT_BYTES, BrowserKeys, encrypted
from dragoman.notifications.message import PushMessage
from dragoman.notifications.model import Telling, kept_for
from dragoman.notifications.vapid import authorization, base64url, contact_of, from_base64url
from dragoman.services import Services
from dragoman.work.jobs import Job, retry_after

TEST_KEPT = timedelta(minutes=5)


class Endpoint(msgspec.Struct, frozen=True):
    """Where a browser is reached, as it told us; sealed at rest, since whoever knows it could write there."""

    url: str
    public: str
    secret: str

    @property
    def keys(self) -> BrowserKeys:
        """Raises ValueError where they are none."""
        return BrowserKeys(from_base64url(self.public), from_base64url(self.secret))

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.url.encode()).digest()


@dataclass(frozen=True, slots=True)
class Push:
    device: ToldDevice
    message: PushMessage
    kept: timedelta
    topic: str | None  # the next one about the same replaces it, as long as it has not been delivered


async def push(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Tell a device. It is tried again as often as any errand, and then forgotten: the row itself still waits."""
    made_at = datetime.fromisoformat(job.payload["at"])
    async with services.database.transaction(workspace_id) as tx:
        prepared = await _prepared(tx, job)
    if prepared is None or now() - made_at > prepared.kept:
        return None
    try:
        taken = await send(services, workspace_id, prepared)
    except AddressRefused as refused:
        await _note(services, workspace_id, prepared.device, refused.reason)
        return None
    except FetchFailed:
        return retry_after(job.attempts)
    if taken.status != 429 and taken.status < 500:
        await settle_outcome(services, workspace_id, prepared.device, taken)
        return None
    again = retry_after(job.attempts)
    return None if again is None else max(again, taken.asks_to_wait(now()))


async def send(services: Services, workspace_id: UUID, push: Push) -> Taken:
    """Raises FetchFailed where it cannot be left there."""
    sealed, key_id = push.device.secrets, push.device.secrets_key
    opened = services.sealer.open(sealed, key_id, workspace=workspace_id, column=PUSH_DEVICE)
    endpoint = msgspec.json.decode(opened, type=Endpoint)
    key = await sender_key.private_key(services.database, services.sealer)
    place = urlsplit(endpoint.url)
    headers = {
        "Authorization": authorization(
            key, f"{place.scheme}://{place.netloc}", contact_of(services.settings.own_url), now()
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(push.kept.total_seconds())),
        "Urgency": "low" if push.message.silent else "high",
    }
    if push.topic is not None:
        headers["Topic"] = push.topic
    body = encrypted(push.message.encoded(), endpoint.keys, salt=os.urandom(SALT_BYTES))
    return await services.fetcher.post(endpoint.url, headers=headers, body=body)


async def settle_outcome(
    services: Services, workspace_id: UUID, device: ToldDevice, taken: Taken
) -> str | None:
    """What is wrong with the device, in one sentence; None: it was told. A browser that is gone is forgotten."""
    if taken.status in (404, 410):
        async with services.database.transaction(workspace_id) as tx:
            await device_store.forget(tx, device.device_id)
        return "The push service does not know this browser any more: turn notifications on again in it."
    trouble = None
    if not 200 <= taken.status < 300:
        trouble = (
            f"The push service refuses this browser (it answered {taken.status}):"
            " turn notifications off and on in it."
        )
    await _note(services, workspace_id, device, trouble)
    return trouble


def test_of(device: ToldDevice, workspace_id: UUID) -> Push:
    said = PushMessage(about="test", workspace=str(workspace_id), locale=device.locale)
    return Push(device, said, TEST_KEPT, None)


async def _prepared(tx: Transaction, job: Job) -> Push | None:
    """What is said is said as things stand now; None: there is nothing to say any more."""
    device = await device_store.told(tx, UUID(job.payload["device"]))
    if device is None:
        return None
    if not device.is_signed_in:
        await device_store.forget(tx, device.device_id)
        return None
    told = job.payload
    prepare = _of_alarm if "alarm" in told else _of_giving if "given" in told else _of_turn
    return await prepare(tx, device, told)


async def _of_alarm(tx: Transaction, device: ToldDevice, told: Mapping[str, Any]) -> Push | None:
    alarm = await alarm_store.standing(tx, UUID(told["alarm"]))
    if alarm is None:
        return None
    assert tx.workspace_id is not None
    settings = await store.settings(tx, device.member_id)
    written = message.about_alarm(settings, alarm, workspace_id=tx.workspace_id, locale=device.locale)
    return Push(device, written, kept_for(settings, now()), base64url(alarm.alarm_id.bytes))


async def _of_giving(tx: Transaction, device: ToldDevice, told: Mapping[str, Any]) -> Push | None:
    conversation_id, count = UUID(told["given"]), told["count"]
    found = await giving_store.still_given(tx, device.member_id, conversation_id)
    if found is None and count == 1:
        return None
    assert tx.workspace_id is not None
    settings = await store.settings(tx, device.member_id)
    written = message.about_given(
        settings,
        found[0] if found else None,
        conversation_id,
        count,
        workspace_id=tx.workspace_id,
        locale=device.locale,
    )
    # Of several: by a topic of its own, which no later turn replaces while the device sleeps.
    topic = conversation_id if count == 1 else device.member_id
    return Push(device, written, kept_for(settings, now()), base64url(topic.bytes))


async def _of_turn(tx: Transaction, device: ToldDevice, told: Mapping[str, Any]) -> Push | None:
    conversation_id, turn_id = UUID(told["conversation"]), UUID(told["turn"])
    said = await store.still_said(tx, device.member_id, conversation_id, turn_id)
    if said is None:
        return None
    assert tx.workspace_id is not None
    settings = await store.settings(tx, device.member_id)
    written = message.about_turn(
        settings,
        Telling(told["how"]),
        said,
        workspace_id=tx.workspace_id,
        conversation_id=conversation_id,
        fragments=told["fragments"],
        locale=device.locale,
        waiting=await store.unread_and_waiting(tx, device.member_id),
        standing=await store.standing(tx, device.member_id),
    )
    return Push(device, written, kept_for(settings, now()), base64url(conversation_id.bytes))


async def _note(services: Services, workspace_id: UUID, device: ToldDevice, trouble: str | None) -> None:
    async with services.database.transaction(workspace_id) as tx:
        await device_store.note_outcome(tx, device.device_id, now(), trouble)
