"""The Bot API over HTTP: /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.simulator.faults import Fault, Faults, Trouble
from dragoman.simulator.telegram.call import Call, Office
from dragoman.simulator.telegram.errors import BotApiError, unauthorized
from dragoman.simulator.telegram.looking_up import file_at
from dragoman.simulator.telegram.methods import METHODS
from dragoman.simulator.telegram.parameters import read_parameters
from dragoman.simulator.troubled import through_troubles

DEFAULT_RETRY_AFTER_SECONDS = 3


def telegram_routes(office: Office, faults: Faults) -> list[Route]:
    async def call_method(request: Request) -> Response:
        method, token = request.path_params["method"], request.path_params["token"]
        bot = office.network.bot_with_token(token)
        if bot is None:
            return refusal(unauthorized())
        struck = faults.draw("api", "telegram", str(bot.id), method)
        return await through_troubles(struck, lambda: _perform(office, bot.id, method, request), _troubled)

    async def download(request: Request) -> Response:
        bot = office.network.bot_with_token(request.path_params["token"])
        if bot is None:
            return refusal(unauthorized())
        path = request.path_params["path"]
        struck = faults.draw("api", "telegram", str(bot.id), "file")
        return await through_troubles(struck, lambda: _file(office, bot.id, path), _troubled)

    return [
        Route("/bot{token}/{method}", call_method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]


async def _perform(office: Office, bot_id: int, name: str, request: Request) -> Response:
    method = METHODS.get(name.lower())
    if method is None:
        return refusal(BotApiError(404, "Not Found: method not found"))
    try:
        parameters = await read_parameters(request)
        return _answer(200, {"ok": True, "result": await method(Call(office, bot_id, parameters))})
    except BotApiError as error:
        return refusal(error)


async def _file(office: Office, bot_id: int, path: str) -> Response:
    try:
        stored = file_at(office.network, bot_id, path)
    except BotApiError as error:
        return refusal(error)
    return Response(office.network.files.get(stored.name), media_type="application/octet-stream")


def refusal(error: BotApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.error_code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return _answer(error.error_code, body)


def _troubled(fault: Fault) -> Response:
    """The platform's own words for a trouble asked for."""
    if fault.kind is Trouble.RATE_LIMITED:
        seconds = fault.retry_after or DEFAULT_RETRY_AFTER_SECONDS
        return refusal(
            BotApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        )
    status = fault.status or 502
    return refusal(BotApiError(status, fault.message or "Bad Gateway"))


def _answer(status: int, body: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")
