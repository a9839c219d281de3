"""Who is asking: the dependencies that every route behind the sign-in uses."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request, Response

from dragoman.access.devices import device_of
from dragoman.access.model import Account, Membership
from dragoman.access.origin import SAFE_METHODS, is_from_our_page, network_address, origin_of
from dragoman.access.tokens import is_csrf_token_of
from dragoman.config import Settings
from dragoman.db import once
from dragoman.kit.errors import Refused
from dragoman.services import Services

COOKIE = "dragoman_session"
# Browsers keep a cookie for 400 days at most; when a session ends is decided here, not there.
COOKIE_SECONDS = 400 * 24 * 60 * 60


def services_of(request: Request) -> Services:
    """Those that the application was made with."""
    services: Services = request.app.state.services
    return services


SharedServices = Annotated[Services, Depends(services_of)]


async def from_our_page(request: Request, services: SharedServices) -> None:
    """Raises Refused (403) for a request that another web site caused."""
    origin = origin_of(services.settings.own_url)
    if not is_from_our_page(request.method, request.headers, origin):
        raise Refused("csrf", f"This request did not come from a page of {origin}.", 403)


async def signed_in(request: Request, services: SharedServices) -> Account:
    """Raises Refused: 401 without a session, 403 where another site, or no page of ours, is behind the request."""
    await from_our_page(request, services)
    token = session_token(request, services.settings)
    account = await services.visitors.account(token) if token else None
    if account is None:
        raise Refused("signed_out", "You are signed out: sign in again.", 401)
    if request.method not in SAFE_METHODS:
        _check_csrf_token(request, token)
    return account


SignedIn = Annotated[Account, Depends(signed_in)]


RequestKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=64,
        pattern=r"^[A-Za-z0-9_-]+$",
        include_in_schema=False,  # the same for every route: docs/browser-contract.md
    ),
]


async def member_of(
    request: Request,
    workspace_id: UUID,
    account: SignedIn,
    services: SharedServices,
    request_key: RequestKey = None,
) -> Membership:
    """For routes below ``/api/w/{workspace_id}``. Raises Refused (403), the same for workspaces that do not exist.

    What comes with a key is done once: see ``db/once.py``.
    """
    membership = await services.visitors.membership(workspace_id, account.account_id)
    if membership is None:
        raise Refused("forbidden", "You are not a member of this workspace.", 403)
    if request_key is not None and request.method not in SAFE_METHODS:
        once.only_once(once.Request(workspace_id, membership.member_id, request_key, request.url.path))
    return membership


Member = Annotated[Membership, Depends(member_of)]


def asked_from(request: Request, services: SharedServices) -> str:
    """The network address that the request really comes from."""
    peer = request.client.host if request.client else None
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    return network_address(peer, forwarded, services.settings.trusted_proxies)


AskedFrom = Annotated[str, Depends(asked_from)]


def asked_with(request: Request) -> str | None:
    """The device that the request says it comes from."""
    return device_of(request.headers.get("user-agent", ""))


AskedWith = Annotated[str | None, Depends(asked_with)]


def session_token(request: Request, settings: Settings) -> str:
    """What the cookie carries; empty without one."""
    return request.cookies.get(_cookie_name(settings), "")


def give_session(response: Response, settings: Settings, token: str) -> None:
    response.set_cookie(
        _cookie_name(settings),
        token,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def take_session(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        _cookie_name(settings), path="/", secure=_is_https(settings), httponly=True, samesite="lax"
    )


def _check_csrf_token(request: Request, token: str) -> None:
    if not is_csrf_token_of(token, request.headers.get("x-csrf-token", "")):
        raise Refused("csrf", "This request lacks the token of its page: reload the page.", 403)


def _cookie_name(settings: Settings) -> str:
    """With ``__Host-`` no other host of the domain can set it, which browsers offer for https only."""
    return f"__Host-{COOKIE}" if _is_https(settings) else COOKIE


def _is_https(settings: Settings) -> bool:
    return settings.own_url.startswith("https://")
