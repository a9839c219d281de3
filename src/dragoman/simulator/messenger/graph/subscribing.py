"""Webhooks: the app's one address with its handshake, and the pages that an app hears of."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

import httpx2
from msgspec.structs import replace

from dragoman.simulator.messenger.errors import GraphError, invalid_parameter
from dragoman.simulator.messenger.fields import KNOWN_FIELDS
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import BY_PAGE, App
from dragoman.simulator.messenger.outgoing import without_app
from dragoman.simulator.messenger.ways import Ways

HANDSHAKE_SECONDS = 10.0
SUCCESS = {"success": True}


async def subscribe_app(call: GraphCall, app_id: str) -> Any:
    app = call.app(app_id)
    url, verify_token = call.text("callback_url"), call.text("verify_token")
    if call.text("object") != call.network.ways.object:
        raise invalid_parameter(f"object must be one of {{{call.network.ways.object}}}")
    if not url or not verify_token:
        raise invalid_parameter("callback_url and verify_token are required")
    _check_address(url)
    fields = _checked_fields(call.names("fields"), call.network.ways.known_fields)
    await shake_hands(call.office.client, url, verify_token, call.network.digits(10))
    call.network.keep_app(replace(app, callback_url=url, verify_token=verify_token, fields=fields))
    for page in call.network.pages.values():
        call.office.courier.wake(page.id)
    return SUCCESS


async def list_app_subscriptions(call: GraphCall, app_id: str) -> Any:
    app = call.app(app_id)
    if app.callback_url is None:
        return {"data": []}
    fields = [{"name": name, "version": "v26.0"} for name in app.fields]
    return {
        "data": [
            {
                "object": call.network.ways.object,
                "callback_url": app.callback_url,
                "active": True,
                "fields": fields,
            }
        ]
    }


async def unsubscribe_app(call: GraphCall, app_id: str) -> Any:
    call.network.keep_app(replace(call.app(app_id), callback_url=None, fields=[]))
    return SUCCESS


async def subscribe_page(call: GraphCall, page_id: str) -> Any:
    page, token = call.page(page_id)
    by_page = token.token.startswith(BY_PAGE)
    known = KNOWN_FIELDS if by_page else call.network.ways.known_fields
    fields = _checked_fields(call.names("subscribed_fields"), known)
    if not fields:
        raise invalid_parameter("The parameter subscribed_fields is required.")
    apps = {**page.subscribed_apps, token.app_id: fields}
    call.network.keep_page(replace(page, subscribed_apps=apps, by_page=by_page))
    return SUCCESS


async def list_page_subscriptions(call: GraphCall, page_id: str) -> Any:
    page, _ = call.page(page_id)
    return {
        "data": [
            {"id": app_id, "name": call.network.apps[app_id].name, "subscribed_fields": fields}
            for app_id, fields in page.subscribed_apps.items()
        ]
    }


async def unsubscribe_page(call: GraphCall, page_id: str) -> Any:
    page, token = call.page(page_id)
    call.network.keep_page(without_app(page, token.app_id))
    return SUCCESS


async def shake_hands(client: httpx2.AsyncClient, url: str, verify_token: str, challenge: str) -> None:
    """Raises: GraphError 2200 unless the address answers 200 with exactly the challenge."""
    asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    try:
        answer = await client.get(url, params=asked, timeout=HANDSHAKE_SECONDS)
    except httpx2.HTTPError as error:
        raise _failed_handshake(f"cURL error: {type(error).__name__}") from error
    if answer.status_code != 200:
        raise _failed_handshake(f"HTTP Status Code = {answer.status_code}")
    if answer.text != challenge:
        raise _failed_handshake("the response does not match the challenge")


def _failed_handshake(why: str) -> GraphError:
    return GraphError(
        2200,
        "(#2200) Callback verification failed with the following errors: "
        f"The URL couldn't be validated. {why}",
    )


def _check_address(url: str) -> None:
    """Meta wants https with a public certificate; an address on this machine may be plain."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise invalid_parameter("callback_url must be an https address")


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _checked_fields(fields: list[str], known: frozenset[str]) -> list[str]:
    unknown = [name for name in fields if name not in known]
    if unknown:
        raise invalid_parameter(f"Param subscribed_fields has unknown values: {', '.join(unknown)}")
    return fields


def connected_app(app: App, url: str, verify_token: str, fields: list[str], ways: Ways) -> App:
    """The app with a webhook set by hand, without a handshake."""
    return replace(
        app, callback_url=url, verify_token=verify_token, fields=_checked_fields(fields, ways.known_fields)
    )
