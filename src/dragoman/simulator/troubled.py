"""A platform's answer, with the troubles that were asked for."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dragoman.simulator.faults import Fault, Trouble

DEFAULT_SLOW_SECONDS = 2.0
DEFAULT_SILENCE_SECONDS = 120.0
EXIT_CODE_OF_A_SUDDEN_DEATH = 9


async def through_troubles(
    struck: Sequence[Fault], act: Callable[[], Awaitable[Response]], refuse: Callable[[Fault], Response]
) -> Response:
    """Act as asked, unless a fault prevents it; then spoil the answer if a fault says so.

    `refuse` words an error as the platform would.
    """
    for fault in struck:
        if fault.kind is Trouble.SLOW:
            await asyncio.sleep(DEFAULT_SLOW_SECONDS if fault.seconds is None else fault.seconds)
        elif fault.kind is Trouble.DIE_BEFORE:
            os._exit(EXIT_CODE_OF_A_SUDDEN_DEATH)
        elif fault.kind in (Trouble.ERROR, Trouble.RATE_LIMITED):
            return refuse(fault)
    answer = await act()
    for fault in struck:
        if fault.kind is Trouble.DIE_AFTER:
            os._exit(EXIT_CODE_OF_A_SUDDEN_DEATH)
        if fault.kind is Trouble.DONE_BUT_ERROR:
            return refuse(fault)
        if fault.kind is Trouble.LOST_ANSWER:
            return BrokenAnswer()
        if fault.kind is Trouble.TIMEOUT:
            await asyncio.sleep(DEFAULT_SILENCE_SECONDS if fault.seconds is None else fault.seconds)
            return BrokenAnswer()
    return answer


class BrokenAnswer(Response):
    """Promises a hundred bytes, sends one and hangs up: the caller sees a broken connection, no answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
