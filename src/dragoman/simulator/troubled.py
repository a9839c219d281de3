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
        if fault.kind in (Trouble.ERROR, Trouble.RATE_LIMITED):
            return refuse(fault)
        if fault.kind is Trouble.DIE_BEFORE:
            os._exit(EXIT_CODE_OF_A_SUDDEN_DEATH)
        if fault.kind is Trouble.SLOW:
            await _wait(fault, DEFAULT_SLOW_SECONDS)
    answer = await act()
    for fault in struck:
        answer = await _spoilt(answer, fault, refuse)
    return answer


async def _spoilt(answer: Response, fault: Fault, refuse: Callable[[Fault], Response]) -> Response:
    match fault.kind:
        case Trouble.DIE_AFTER:
            os._exit(EXIT_CODE_OF_A_SUDDEN_DEATH)
        case Trouble.DONE_BUT_ERROR:
            return refuse(fault)
        case Trouble.LOST_ANSWER:
            return BrokenAnswer()
        case Trouble.TIMEOUT:
            await _wait(fault, DEFAULT_SILENCE_SECONDS)
            return BrokenAnswer()
        case Trouble.SLOW_ANSWER:
            await _wait(fault, DEFAULT_SLOW_SECONDS)
    return answer


async def _wait(fault: Fault, otherwise_seconds: float) -> None:
    await asyncio.sleep(otherwise_seconds if fault.seconds is None else fault.seconds)


class BrokenAnswer(Response):
    """Promises a hundred bytes, sends one and hangs up: the caller sees a broken connection, no answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
