"""Routes about oneself: profile, password, preferences, sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access import profile, sessions
from dragoman.access.http import AskedFrom, SharedServices, SignedIn
from dragoman.access.model import Account, Locale
from dragoman.access.preferences import PreferencesGiven, change_preferences
from dragoman.access.profile import Profile
from dragoman.access.store import ListedSession

router = APIRouter(prefix="/api/me", tags=["me"])

Line = Annotated[str, Field(max_length=1000)]


class ProfileGiven(BaseModel):
    """``password`` is needed for another address only; ``locale`` null: as the browser wishes."""

    name: Line
    email: Line
    locale: Locale | None
    password: Line | None = None


class PasswordGiven(BaseModel):
    old_password: Line
    password: Line


class SessionShown(BaseModel):
    id: UUID
    device: str | None
    created_at: datetime
    last_used_at: datetime
    is_this: bool

    @classmethod
    def of(cls, found: ListedSession, account: Account) -> Self:
        return cls(
            id=found.session_id,
            device=found.device,
            created_at=found.created_at,
            last_used_at=found.last_used_at,
            is_this=found.token_hash == account.session_hash,
        )


class Sessions(BaseModel):
    items: list[SessionShown]


@router.post("/profile", status_code=204)
async def change_profile(
    given: ProfileGiven, services: SharedServices, account: SignedIn, asked_from: AskedFrom
) -> None:
    wanted = Profile(given.name, given.email, given.locale, given.password)
    await profile.change_profile(services, account, wanted, asked_from)
    services.visitors.forget(account)


@router.post("/password", status_code=204)
async def change_password(
    given: PasswordGiven, services: SharedServices, account: SignedIn, asked_from: AskedFrom
) -> None:
    """Every other session ends."""
    await profile.change_password(services, account, given.old_password, given.password, asked_from)


@router.post("/preferences", status_code=204)
async def choose(given: PreferencesGiven, services: SharedServices, account: SignedIn) -> None:
    await change_preferences(services.database, account.account_id, given)


@router.get("/sessions")
async def my_sessions(services: SharedServices, account: SignedIn) -> Sessions:
    """The 100 used last. A session that is in use says so once an hour."""
    found = await sessions.sessions_of(services.database, account)
    return Sessions(items=[SessionShown.of(each, account) for each in found])


@router.post("/sessions/{session_id}/end", status_code=204)
async def end_session(services: SharedServices, account: SignedIn, session_id: UUID) -> None:
    await sessions.end_session_of(services.database, account, session_id)


@router.post("/sessions/end-others", status_code=204)
async def end_other_sessions(services: SharedServices, account: SignedIn) -> None:
    await sessions.end_other_sessions(services.database, account)
