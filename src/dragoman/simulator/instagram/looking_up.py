"""Who is who on Instagram: accounts and their Pages, and people who have written."""

import re
from typing import Any

from dragoman.simulator.messenger.cdn import link_to
from dragoman.simulator.messenger.errors import GraphError, not_visible
from dragoman.simulator.messenger.graph.looking_up import about_app
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import BY_PAGE, Json, Page, Person, Token

NAMES = re.compile(r"([a-z_]+)(?:\{[^{}]*\})?")


async def look_up(call: GraphCall, node: str) -> Any:
    """The account or Page of the token (`me`), its app, or a person; the fields asked for, and always the id."""
    if call.is_app:
        return about_app(call, node)
    token = call.token()
    wanted = {"id", *NAMES.findall(call.text("fields") or "id,name")}
    return {name: value for name, value in _node(call, token, node).items() if name in wanted}


def _node(call: GraphCall, token: Token, node: str) -> Json:
    account = call.network.pages[token.page_id or ""]
    if node == "me":
        return _page(account) if token.token.startswith(BY_PAGE) else _account(account)
    if node == "app":
        return {"id": token.app_id, "name": call.network.apps[token.app_id].name}
    thread = call.network.thread(account.id, node)
    if thread is None or thread.has_blocked_page:
        raise not_visible(node)
    if thread.window_opened_at is None:
        raise GraphError(230, "(#230) User consent is required to access user profile", status=403)
    return _person(call, call.network.people[thread.person_id], node)


def _account(account: Page) -> Json:
    """By its own log-in: the app has a name of its own for it, other than that of the webhooks."""
    return {
        "id": account.login_id,
        "user_id": account.id,
        "username": account.username,
        "name": account.name,
        "account_type": "BUSINESS",
    }


def _page(account: Page) -> Json:
    linked = {"id": account.id, "username": account.username, "name": account.name}
    return {"id": account.linked_page, "name": account.name, "instagram_business_account": linked}


def _person(call: GraphCall, person: Person, igsid: str) -> Json:
    names = [person.first_name, *([person.last_name] if person.last_name else [])]
    about: Json = {"id": igsid, "username": person.username, "name": " ".join(names) or None}
    if person.photo:
        about["profile_pic"] = link_to(call.office, person.photo, "portrait.jpg")
    return about
