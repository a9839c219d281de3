"""Routes: signing in and out, who I am, one-time links."""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from dragoman.access import store, workspace_store
from dragoman.access.http import (
    AskedFrom,
    AskedWith,
    SharedServices,
    SignedIn,
    from_our_page,
    give_session,
    session_token,
    take_session,
)
from dragoman.access.links import LinkSeen, look_at_link
from dragoman.access.model import Locale
from dragoman.access.preferences import Preferences
from dragoman.access.sign_in import sign_in
from dragoman.access.tokens import csrf_token
from dragoman.access.use_link import Newcomer, join_by_link, use_link
from dragoman.access.workspace_store import WorkspaceMember

router = APIRouter(prefix="/api", tags=["access"])

Line = Annotated[
    str, Field(max_length=1000)
]  # longer than anything that passes: the rules say the real limits
Token = Annotated[str, Field(max_length=100)]


class SignIn(BaseModel):
    email: Line
    password: Line


class LinkFields(BaseModel):
    """A link's token travels in the body: addresses are written into the logs of proxies."""

    token: Token


class NewcomerFields(LinkFields):
    """What a first owner or an invited person writes; to sign in by a link nothing but its token is needed."""

    name: Line | None = None
    email: Line | None = None
    password: Line | None = None
    workspace_name: Line | None = None


class LinkShown(BaseModel):
    purpose: str
    email: str | None
    name: str | None
    workspace_name: str | None
    has_account: bool

    @classmethod
    def of(cls, seen: LinkSeen) -> Self:
        return cls(
            purpose=seen.purpose,
            email=seen.email,
            name=seen.name,
            workspace_name=seen.workspace_name,
            has_account=seen.has_account,
        )


class AccountShown(BaseModel):
    id: UUID
    name: str
    email: str
    locale: Locale | None


class MembershipShown(BaseModel):
    workspace_id: UUID
    workspace_name: str
    member_id: UUID
    role: str
    kind: str

    @classmethod
    def of(cls, member: WorkspaceMember) -> Self:
        return cls(
            workspace_id=member.workspace_id,
            workspace_name=member.workspace_name,
            member_id=member.member_id,
            role=member.role,
            kind=member.kind,
        )


class Me(BaseModel):
    account: AccountShown
    csrf_token: str
    memberships: list[MembershipShown]
    preferences: Preferences


@router.post("/sign-in", status_code=204, dependencies=[Depends(from_our_page)])
async def sign_in_with_password(
    fields: SignIn,
    response: Response,
    services: SharedServices,
    asked_from: AskedFrom,
    device: AskedWith,
) -> None:
    token = await sign_in(services, fields.email, fields.password, asked_from, device)
    give_session(response, services.settings, token)


@router.post("/sign-out", status_code=204)
async def sign_out(response: Response, services: SharedServices, account: SignedIn) -> None:
    await services.visitors.sign_out(account)
    take_session(response, services.settings)


@router.get("/me")
async def me(request: Request, services: SharedServices, account: SignedIn) -> Me:
    async with services.database.transaction(account_id=str(account.account_id)) as tx:
        taste = await store.taste_of(tx, account.account_id)
        memberships = await workspace_store.memberships_of(tx, account.account_id)
    return Me(
        account=AccountShown.model_validate(
            {
                "id": account.account_id,
                "name": account.name,
                "email": account.email,
                "locale": taste and taste.locale,
            }
        ),
        csrf_token=csrf_token(session_token(request, services.settings)),
        memberships=[MembershipShown.of(member) for member in memberships],
        preferences=Preferences.model_validate(taste.preferences if taste else {}),
    )


@router.post("/links/look", dependencies=[Depends(from_our_page)])
async def look(fields: LinkFields, services: SharedServices) -> LinkShown:
    """What a link is for; it can still be used then."""
    return LinkShown.of(await look_at_link(services.database, fields.token))


@router.post("/links/use", status_code=204, dependencies=[Depends(from_our_page)])
async def use(
    fields: NewcomerFields,
    response: Response,
    services: SharedServices,
    asked_from: AskedFrom,
    device: AskedWith,
) -> None:
    newcomer = Newcomer(fields.name, fields.email, fields.password, fields.workspace_name, device)
    give_session(response, services.settings, await use_link(services, fields.token, newcomer, asked_from))


@router.post("/links/join", status_code=204)
async def join(fields: LinkFields, services: SharedServices, account: SignedIn) -> None:
    """Who is signed in accepts an invitation as who they are."""
    await join_by_link(services, fields.token, account)
