"""Which app may answer in a thread."""

from typing import Any

from msgspec.structs import replace

from dragoman.simulator.messenger.errors import invalid_parameter, no_such_recipient, thread_of_another_app
from dragoman.simulator.messenger.events import tell_from_customer
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import Json, Thread, Token
from dragoman.simulator.messenger.office import Office

SUCCESS = {"success": True}


async def pass_thread_control(call: GraphCall, page_id: str) -> Any:
    thread, token = _thread(call, page_id)
    target = call.text("target_app_id")
    if not target:
        raise invalid_parameter("The parameter target_app_id is required")
    _check_owner(thread, token)
    hand_over(call.office, thread, "pass_thread_control", target, call.text("metadata"))
    return SUCCESS


async def take_thread_control(call: GraphCall, page_id: str) -> Any:
    thread, token = _thread(call, page_id)
    hand_over(call.office, thread, "take_thread_control", token.app_id, call.text("metadata"))
    return SUCCESS


async def release_thread_control(call: GraphCall, page_id: str) -> Any:
    thread, token = _thread(call, page_id)
    _check_owner(thread, token)
    hand_over(call.office, thread, "pass_thread_control", None, call.text("metadata"))
    return SUCCESS


async def request_thread_control(call: GraphCall, page_id: str) -> Any:
    thread, token = _thread(call, page_id)
    request = {"requested_owner_app_id": int(token.app_id), "metadata": call.text("metadata") or ""}
    now = call.network.clock.milliseconds()
    tell_from_customer(call.office, thread, now, {"request_thread_control": request})
    return SUCCESS


async def show_thread_owner(call: GraphCall, page_id: str) -> Any:
    thread, _ = _thread(call, page_id)
    owner = {"app_id": thread.owner_app_id} if thread.owner_app_id else {}
    return {"data": [{"thread_owner": owner}]}


def hand_over(office: Office, thread: Thread, how: str, new_owner: str | None, metadata: str | None) -> None:
    """Change the owner and tell every app; no owner means that every app may answer."""
    news: Json = {
        "previous_owner_app_id": thread.owner_app_id,
        "new_owner_app_id": new_owner,
        **({"metadata": metadata} if metadata else {}),
    }
    changed = office.network.keep_thread(replace(thread, owner_app_id=new_owner))
    tell_from_customer(office, changed, office.network.clock.milliseconds(), {how: news})


def _thread(call: GraphCall, page_id: str) -> tuple[Thread, Token]:
    page, token = call.page(page_id)
    recipient = call.structure("recipient")
    psid = recipient.get("id") if isinstance(recipient, dict) else recipient
    thread = call.network.thread(page.id, str(psid or ""))
    if thread is None:
        raise no_such_recipient()
    return thread, token


def _check_owner(thread: Thread, token: Token) -> None:
    if thread.owner_app_id not in (None, token.app_id):
        raise thread_of_another_app()
