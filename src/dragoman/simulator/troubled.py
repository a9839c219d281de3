"""A platform's answer, with the troubles that were asked for."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dragoman.simulator.faults import Fault, Standing, Trouble

DEFAULT_SLOW_SECONDS = 2.0
DEFAULT_SILENCE_SECONDS = 120.0
EXIT_CODE_OF_A_SUDDEN_DEATH = 9


async def through_troubles(
    struck: Sequence[Standing], act: Callable[[], Awaitable[Response]], refuse: Callable[[Fault], Response]
) -> Response:
    """Act as asked, unless a fault prevents it; then spoil the answer if a fault says so.

    `refuse` words an error as the platform would.
    """
    for one in struck:
        fault = one.fault
        if fault.kind in (Trouble.ERROR, Trouble.RATE_LIMITED):
            return refuse(fault)
        if fault.kind is Trouble.DIE_BEFORE:
            os._exit(EXIT_CODE_OF_A_SUDDEN_DEATH)
        if fault.kind is Trouble.SLOW:
            await _wait(one, DEFAULT_SLOW_SECONDS)
    answer = await act()
    for one in struck:
        answer = await _spoilt(answer, one, refuse)
    return answer


async def _spoilt(answer: Response, one: Standing, refuse: Callable[[Fault], Response]) -> Response:
    match one.fault.kind:
        case Trouble.DIE_AFTER:
            os._exit(EXIT_CODE_OF_A_SUDDEN_DEATH)
        case Trouble.DONE_BUT_ERROR:
            return refuse(one.fault)
        case Trouble.LOST_ANSWER:
            return BrokenAnswer()
        case Trouble.TIMEOUT:
            await _wait(one, DEFAULT_SILENCE_SECONDS)
            return BrokenAnswer()
        case Trouble.SLOW_ANSWER:
            await _wait(one, DEFAULT_SLOW_SECONDS)
    return answer


async def _wait(one: Standing, otherwise_seconds: float) -> None:
    """For so long, or until the trouble is ended."""
    seconds = otherwise_seconds if one.fault.seconds is None else one.fault.seconds
    with suppress(TimeoutError):
        await asyncio.wait_for(one.ended.wait(), seconds)


class BrokenAnswer(Response):
    """Promises a hundred bytes, sends one and hangs up: the caller sees a broken connection, no answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
