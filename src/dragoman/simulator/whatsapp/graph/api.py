"""The Graph API for WhatsApp over HTTP: /<version>/<node> and /<version>/<node>/<edge>, any version."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.simulator.faults import Fault, Faults, Trouble
from dragoman.simulator.troubled import through_troubles
from dragoman.simulator.whatsapp.graph import connecting
from dragoman.simulator.whatsapp.graph.call import GraphCall, read_call
from dragoman.simulator.whatsapp.graph.errors import GraphError, not_visible, throughput
from dragoman.simulator.whatsapp.graph.sending import send
from dragoman.simulator.whatsapp.graph.templating import list_templates
from dragoman.simulator.whatsapp.office import Office

Deed = Callable[[GraphCall, str], Awaitable[Any]]

EDGES: dict[tuple[str, str], Deed] = {
    ("POST", "messages"): send,
    ("POST", "media"): connecting.upload,
    ("POST", "subscriptions"): connecting.subscribe_app,
    ("GET", "subscriptions"): connecting.list_app_subscriptions,
    ("POST", "subscribed_apps"): connecting.subscribe_account,
    ("GET", "subscribed_apps"): connecting.list_account_subscriptions,
    ("DELETE", "subscribed_apps"): connecting.unsubscribe_account,
    ("GET", "phone_numbers"): connecting.list_numbers,
    ("GET", "message_templates"): list_templates,
}


def whatsapp_routes(office: Office, faults: Faults) -> list[Route]:
    async def answer(request: Request) -> Response:
        node, edge = request.path_params["node"], request.path_params.get("edge", "")
        deed = EDGES.get((request.method, edge)) if edge else connecting.look_up
        try:
            call = await read_call(office, request)
            struck = faults.draw("api", "whatsapp", node, edge or "node")
            return await through_troubles(
                struck, lambda: _perform(office, deed, call, node), _refuser(office)
            )
        except GraphError as error:
            return refusal(office, error)

    return [
        Route("/{version}/{node}", answer, methods=["GET"]),
        Route("/{version}/{node}/{edge}", answer, methods=["GET", "POST", "DELETE"]),
    ]


async def _perform(office: Office, deed: Deed | None, call: GraphCall, node: str) -> Response:
    try:
        if deed is None:
            raise not_visible(node)
        return _json(200, await deed(call, node))
    except GraphError as error:
        return refusal(office, error)


def refusal(office: Office, error: GraphError) -> Response:
    data = {"messaging_product": "whatsapp", "details": error.details}
    body: dict[str, Any] = {
        "message": error.message,
        "type": "OAuthException",
        "code": error.code,
        **({"error_subcode": error.subcode} if error.subcode is not None else {}),
        **({"error_data": data} if error.details else {}),
        "fbtrace_id": "A" + office.network.letters(22),
    }
    return _json(error.status, {"error": body})


def _refuser(office: Office) -> Callable[[Fault], Response]:
    """The platform's own shape for a trouble asked for: any code of the error table."""

    def refuse(fault: Fault) -> Response:
        if fault.kind is Trouble.RATE_LIMITED:
            return refusal(office, throughput())
        code = 131000 if fault.code is None else fault.code
        status = fault.status or (500 if code in (1, 2, 131000) else 400)
        message = fault.message or "Something went wrong."
        return refusal(office, GraphError(code, message, subcode=fault.subcode, status=status))

    return refuse


def _json(status: int, value: Any) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json; charset=UTF-8")
