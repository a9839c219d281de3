"""Routes about one's own notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from dragoman.access.http import AskedWith, Member, SharedServices, SignedIn
from dragoman.live.message_shapes import Wording, worded
from dragoman.notifications import actions
from dragoman.notifications.actions import Browser
from dragoman.notifications.device_store import ListedDevice
from dragoman.notifications.model import MINUTES_A_DAY, QuietHours, Settings, Shows, Who
from dragoman.notifications.pushing import Endpoint
from dragoman.notifications.vapid import base64url

router = APIRouter(prefix="/api/w/{workspace_id}/notifications", tags=["notifications"])

MOST_CHANNELS = 1000

Minute = Annotated[int, Field(ge=0, lt=MINUTES_A_DAY)]
Weekday = Annotated[int, Field(ge=1, le=7)]
Key = Annotated[str, Field(max_length=200)]


class QuietHoursShape(BaseModel):
    """Days as in ISO 8601, Monday is 1; minutes after midnight. ``end`` not after ``start``: of the day after."""

    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    start: Minute
    end: Minute
    zone: Annotated[str, Field(max_length=100)]

    @classmethod
    def of(cls, quiet: QuietHours) -> Self:
        return cls(days=sorted(quiet.days), start=quiet.start, end=quiet.end, zone=quiet.zone)

    @property
    def wanted(self) -> QuietHours:
        return QuietHours(frozenset(self.days), self.start, self.end, self.zone)


class NotificationSettings(BaseModel):
    who: Who
    shows: Shows
    sound: bool
    quiet: QuietHoursShape | None
    muted: Annotated[list[UUID], Field(max_length=MOST_CHANNELS)]
    alarms: bool = True
    given: bool = True

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            who=settings.who,
            shows=settings.shows,
            sound=settings.sound,
            quiet=QuietHoursShape.of(settings.quiet) if settings.quiet else None,
            muted=sorted(settings.muted),
            alarms=settings.alarms,
            given=settings.given,
        )

    @property
    def wanted(self) -> Settings:
        quiet = self.quiet.wanted if self.quiet else None
        muted = frozenset(self.muted)
        return Settings(self.who, self.shows, self.sound, quiet, muted, self.alarms, self.given)


class DeviceShown(BaseModel):
    id: UUID
    device: str | None
    created_at: datetime
    last_told_at: datetime | None
    trouble: str | None
    trouble_wording: Wording | None
    is_this: bool

    @classmethod
    def of(cls, found: ListedDevice, this_session: UUID | None) -> Self:
        return cls(
            id=found.device_id,
            device=found.device,
            created_at=found.created_at,
            last_told_at=found.last_told_at,
            trouble=found.trouble,
            trouble_wording=worded(found.trouble),
            is_this=found.session_id == this_session,
        )


class MyNotifications(BaseModel):
    """``public_key`` is what a browser is told when it subscribes."""

    settings: NotificationSettings
    devices: list[DeviceShown]
    public_key: str


class BrowserGiven(BaseModel):
    """What the browser's Push API says. ``renews``: the device that this browser was before."""

    endpoint: Annotated[str, Field(max_length=2000)]
    public: Key
    secret: Key
    locale: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")]
    renews: UUID | None = None


class DeviceAdded(BaseModel):
    id: UUID


class Tried(BaseModel):
    """``sentence``: what is wrong; null: the push service has taken it."""

    ok: bool
    sentence: str | None
    wording: Wording | None


@router.get("")
async def my_notifications(by: Member, account: SignedIn, services: SharedServices) -> MyNotifications:
    found = await actions.mine(services, by, account)
    return MyNotifications(
        settings=NotificationSettings.of(found.settings),
        devices=[DeviceShown.of(each, found.this_session) for each in found.devices],
        public_key=base64url(found.public_key),
    )


@router.post("/settings", status_code=204)
async def change_settings(by: Member, services: SharedServices, given: NotificationSettings) -> None:
    await actions.change_settings(services, by, given.wanted)


@router.post("/devices", status_code=201)
async def add_device(
    by: Member, account: SignedIn, services: SharedServices, asked_with: AskedWith, given: BrowserGiven
) -> DeviceAdded:
    """The same browser is there once. 404: the device that it renews was removed."""
    endpoint = Endpoint(given.endpoint, given.public, given.secret)
    browser = Browser(endpoint, asked_with, given.locale, given.renews)
    return DeviceAdded(id=await actions.add_device(services, by, account, browser))


@router.post("/devices/{device_id}/remove", status_code=204)
async def remove_device(by: Member, services: SharedServices, device_id: UUID) -> None:
    await actions.remove_device(services, by, device_id)


@router.post("/devices/{device_id}/test")
async def try_device(by: Member, services: SharedServices, device_id: UUID) -> Tried:
    """Sends a notification to it now."""
    sentence = await actions.try_device(services, by, device_id)
    return Tried(ok=sentence is None, sentence=sentence, wording=worded(sentence))
