"""Reading an order and answering it: JSON both ways, every mistake one plain sentence."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.simulator.acts import NotPossibleError

Wanted = TypeVar("Wanted")
Handler = Callable[[Request], Awaitable[Any]]


async def order(request: Request, kind: type[Wanted]) -> Wanted:
    """The body of a request as that kind of order; an empty body is an order with every default."""
    return msgspec.json.decode(await request.body() or b"{}", type=kind)


def answered(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Whatever the handler returns, as JSON; what it refuses, as 400 with a sentence."""

    async def answer(request: Request) -> Response:
        if _is_foreign(request):
            return _json(403, {"error": "Only the simulator's own page may give orders from a browser."})
        try:
            return _json(200, await handler(request))
        except msgspec.DecodeError as error:
            return _json(400, {"error": f"That order cannot be read: {error}."})
        except NotPossibleError as error:
            return _json(409, {"error": str(error)})

    return answer


def _is_foreign(request: Request) -> bool:
    """Some web site's script, reaching for this machine through its visitor's browser."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _json(status: int, value: Any) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")
