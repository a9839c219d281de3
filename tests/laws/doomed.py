"""``python -m tests.laws.doomed web|worker``: our real program, with places at which it can be told to die.

An order is a file named after a place, with ``self`` or the number of a database server in it. Whoever comes by that
place next takes the order and kills with SIGKILL, there and then: in the middle of the batch that it has in hand.
A saboteur may be let in as well, to see that the laws notice.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from dragoman import cli
from dragoman.inbound import parsing, placing, writer
from dragoman.outbound import dispatch
from tests.laws.saboteurs import SABOTEURS

ORDERS = "LAWS_ORDERS"  # folder of the orders
SABOTEUR = "LAWS_SABOTEUR"
A_MOMENT = 0.004  # seconds within which a database server dies: before, in or after the commit

NOT_STORED = "a batch of webhooks not yet stored"
NOT_ANSWERED = "a batch of webhooks stored, not yet answered"
PARSED = "a batch parsed, not yet committed"
PLACED = "a batch placed, not yet committed"
SETTLED = "a batch placed and committed"
CLAIMED = "a reply claimed, not yet sent"
SENT = "a reply sent, its fate not yet written"
WRITTEN = "a reply's fate written"
AT_THE_DOOR = (NOT_STORED, NOT_ANSWERED)
AT_WORK = (PARSED, PLACED, SETTLED)
ON_THE_WAY_OUT = (CLAIMED, SENT, WRITTEN)


def main() -> None:
    _before(writer.Writer, "_insert", NOT_STORED)
    _before(writer, "_tell_stored", NOT_ANSWERED)
    _after(parsing, "record", PARSED)
    _after(placing, "save", PLACED)
    _after(placing, "_place", SETTLED)
    _before(dispatch, "_made_ready", CLAIMED)
    _after(dispatch, "_requested", SENT)
    _after(dispatch, "settle", WRITTEN)
    if name := os.environ.get(SABOTEUR):
        SABOTEURS[name]()
    cli.main()


def _before(where: Any, name: str, place: str) -> None:
    deed: Callable[..., Any] = getattr(where, name)

    def doomed(*arguments: Any, **more: Any) -> Any:
        come_by(place)
        return deed(*arguments, **more)

    setattr(where, name, doomed)


def _after(where: Any, name: str, place: str) -> None:
    deed: Callable[..., Any] = getattr(where, name)

    async def doomed(*arguments: Any, **more: Any) -> Any:
        result = await deed(*arguments, **more)
        come_by(place)
        return result

    setattr(where, name, doomed)


def come_by(place: str) -> None:
    order = Path(os.environ[ORDERS]) / place
    taken = order.with_suffix(f".taken-by-{os.getpid()}")
    try:
        order.rename(taken)
    except FileNotFoundError:
        return
    victim = taken.read_text()
    if victim == "self":
        _die()
    threading.Timer(random.uniform(0, A_MOMENT), kill_server, [int(victim)]).start()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def kill_server(pid: int) -> None:
    """A database server and each of its processes."""
    server = psutil.Process(pid)
    for process in [server, *server.children(recursive=True)]:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


if __name__ == "__main__":
    main()
