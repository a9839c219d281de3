"""The Graph API over HTTP: /<version>/<node> and /<version>/<node>/<edge>, any version."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.simulator.faults import Fault, Faults, Trouble
from dragoman.simulator.messenger.errors import GraphError, invalid_token, not_visible, rate_limited
from dragoman.simulator.messenger.graph import history, looking_up, sending, subscribing, thread_control
from dragoman.simulator.messenger.graph.attaching import upload_attachment
from dragoman.simulator.messenger.graph.request import GraphCall, read_call
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.troubled import through_troubles

Deed = Callable[[GraphCall, str], Awaitable[Any]]

EDGES: dict[tuple[str, str], Deed] = {
    ("POST", "messages"): sending.send,
    ("POST", "message_attachments"): upload_attachment,
    ("POST", "subscriptions"): subscribing.subscribe_app,
    ("GET", "subscriptions"): subscribing.list_app_subscriptions,
    ("DELETE", "subscriptions"): subscribing.unsubscribe_app,
    ("POST", "subscribed_apps"): subscribing.subscribe_page,
    ("GET", "subscribed_apps"): subscribing.list_page_subscriptions,
    ("DELETE", "subscribed_apps"): subscribing.unsubscribe_page,
    ("GET", "accounts"): looking_up.list_pages,
    ("GET", "access_token"): looking_up.exchange_token,
    ("GET", "conversations"): history.list_conversations,
    ("POST", "pass_thread_control"): thread_control.pass_thread_control,
    ("POST", "take_thread_control"): thread_control.take_thread_control,
    ("POST", "release_thread_control"): thread_control.release_thread_control,
    ("POST", "request_thread_control"): thread_control.request_thread_control,
    ("GET", "thread_owner"): thread_control.show_thread_owner,
}


RENEWAL = "refresh_access_token"  # stands beside the versions


@dataclass(frozen=True, slots=True)
class Host:
    """Whose network answers, how it shows who is who, and which tokens it takes (all, or those that begin so)."""

    office: Office
    look_up: Deed
    tokens_begin: str = ""
    renew: Deed | None = None  # a token, where they end by themselves

    def check(self, call: GraphCall) -> None:
        """Raises: GraphError 190 for a token of another door."""
        if not call.access_token.startswith(self.tokens_begin):
            raise invalid_token()


def routes_of(host_of: Callable[[Request], Host], faults: Faults) -> list[Route]:
    async def answer(request: Request) -> Response:
        host = host_of(request)
        office = host.office
        node, edge = request.path_params.get("node", RENEWAL), request.path_params.get("edge", "")
        deed = _deed(host, request.method, node, edge)
        try:
            call = await read_call(office, request)
            host.check(call)
            struck = faults.draw("api", office.network.ways.platform, _account(call), edge or "node")
            return await through_troubles(
                struck, lambda: _perform(office, deed, call, node), _refuser(office)
            )
        except GraphError as error:
            return refusal(office, error)

    return [
        Route(f"/{RENEWAL}", answer, methods=["GET"]),
        Route("/{version}/{node}", answer, methods=["GET"]),
        Route("/{version}/{node}/{edge}", answer, methods=["GET", "POST", "DELETE"]),
    ]


def _deed(host: Host, method: str, node: str, edge: str) -> Deed | None:
    if edge:
        return EDGES.get((method, edge))
    if node == RENEWAL:
        return host.renew
    if node == "debug_token":
        return looking_up.debug_token
    if node.startswith("t_"):
        return history.show_conversation
    if node.startswith(host.office.network.ways.mid_prefix):
        return history.show_message
    return host.look_up


async def _perform(office: Office, deed: Deed | None, call: GraphCall, node: str) -> Response:
    try:
        if deed is None:
            raise not_visible(node)
        return _json(200, await deed(call, node))
    except GraphError as error:
        return refusal(office, error)


def refusal(office: Office, error: GraphError) -> Response:
    body: dict[str, Any] = {
        "message": error.message,
        "type": error.kind,
        "code": error.code,
        **({"error_subcode": error.subcode} if error.subcode is not None else {}),
        **({"is_transient": True} if error.is_transient else {}),
        "fbtrace_id": "A" + office.network.letters(22),
    }
    return _json(error.status, {"error": body})


def _refuser(office: Office) -> Callable[[Fault], Response]:
    """The platform's own shape for a trouble asked for: any code and subcode of the error table."""

    def refuse(fault: Fault) -> Response:
        if fault.kind is Trouble.RATE_LIMITED:
            return refusal(office, rate_limited())
        code = 2 if fault.code is None else fault.code
        status = fault.status or (500 if code in (1, 2) else 400)
        message = fault.message or "An unexpected error has occurred. Please retry your request later."
        return refusal(office, GraphError(code, message, fault.subcode, status, is_transient=code in (1, 2)))

    return refuse


def _account(call: GraphCall) -> str:
    token = call.network.tokens.get(call.access_token)
    return token.page_id or "" if token else ""


def _json(status: int, value: Any) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json; charset=UTF-8")
