"""Who is who: pages, people, tokens."""

from typing import Any

from dragoman.simulator.messenger.cdn import link_to
from dragoman.simulator.messenger.errors import GraphError, invalid_parameter, not_visible
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import Json, Page, Person, Token

TASKS = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"]
SCOPES = ["pages_show_list", "pages_messaging", "pages_manage_metadata", "pages_read_engagement",
          "instagram_basic", "instagram_manage_messages"]  # fmt: skip
OWNER_NAME = "Kari Nordmann"


async def look_up(call: GraphCall, node: str) -> Any:
    """An app by its own token, a page, a person known to the page, or `me`; just the fields asked for, and the id."""
    if call.is_app:
        return about_app(call, node)
    token = call.token()
    wanted = call.names("fields") or ["id", "name"]
    return {name: value for name, value in _node(call, token, node).items() if name in {"id", *wanted}}


async def list_pages(call: GraphCall, owner: str) -> Any:
    """The pages of the person whose user token this is."""
    token = call.token()
    if token.page_id is not None or owner != "me":
        raise not_visible(owner)
    wanted = call.names("fields") or ["id", "name", "access_token", "tasks"]
    pages = [_page(call, page, token) for page in call.network.pages.values()]
    shown = [{key: value for key, value in page.items() if key in {"id", *wanted}} for page in pages]
    return {"data": [page for page in shown if page]}


async def debug_token(call: GraphCall, _: str) -> Any:
    asked = call.network.tokens.get(call.text("input_token") or "")
    if asked is None:
        return {"data": {"is_valid": False, "error": {"code": 190, "message": "Invalid OAuth access token."}}}
    call.app(asked.app_id)
    return {
        "data": {
            "app_id": asked.app_id,
            "type": "PAGE" if asked.page_id else "USER",
            "is_valid": asked.revoked_subcode is None,
            "expires_at": int(asked.expires_at or 0),
            "scopes": [scope for scope in SCOPES if scope not in asked.lacks],
            **({"profile_id": asked.page_id} if asked.page_id else {}),
        }
    }


def about_app(call: GraphCall, node: str) -> Json:
    app = call.app(node)
    return {"id": app.id, "name": app.name}


async def exchange_token(call: GraphCall, _: str) -> Any:
    """A long-lived token for a short-lived one: here they are the same."""
    app = call.network.apps.get(call.text("client_id") or "")
    if app is None or app.secret != call.text("client_secret"):
        raise GraphError(1, "Error validating client secret.")
    if call.text("grant_type") != "fb_exchange_token":
        raise invalid_parameter("Unsupported grant_type")
    return {"access_token": call.text("fb_exchange_token"), "token_type": "bearer", "expires_in": 5_183_944}


def _node(call: GraphCall, token: Token, node: str) -> Json:
    if node == "me" and token.page_id is None:
        return {"id": f"10{token.app_id}", "name": OWNER_NAME}
    page = call.network.pages.get(token.page_id or "" if node == "me" else node)
    if page is not None:
        return _page(call, page, token)
    thread = call.network.thread(token.page_id or "", node)
    if thread is None or thread.has_blocked_page:
        raise not_visible(node)
    return _profile(call, call.network.people[thread.person_id], node)


def _page(call: GraphCall, page: Page, token: Token) -> Json:
    about: Json = {"id": page.id, "name": page.name, "category": "Kitchen supplies", "tasks": TASKS}
    own = _page_token(call, page, token.app_id)
    return about | ({"access_token": own} if own else {})


def _page_token(call: GraphCall, page: Page, app_id: str) -> str | None:
    """The one that is valid; a new one where none is any more; None for an app that never had one."""
    network = call.network
    own = [one for one in network.tokens.values() if (one.page_id, one.app_id) == (page.id, app_id)]
    valid = next((one.token for one in own if one.revoked_subcode is None), None)
    if valid or not own:
        return valid
    return network.keep_token(Token(f"EAA{network.letters(60)}", app_id, page.id)).token


def _profile(call: GraphCall, person: Person, psid: str) -> Json:
    names = [person.first_name, *([person.last_name] if person.last_name else [])]
    about: Json = {"id": psid, "name": " ".join(names), "first_name": person.first_name}
    if person.last_name:
        about["last_name"] = person.last_name
    if person.locale:
        about["locale"] = person.locale
    if person.photo:
        about["profile_pic"] = link_to(call.office, person.photo, "portrait.jpg")
    return about
