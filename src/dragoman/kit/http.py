"""How we ask other servers by HTTP."""

from __future__ import annotations

import ssl
from functools import cache

import httpx2


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates we believe. Read once a process: that takes 40 ms in which nothing else is done, and every
    channel has a client."""
    return httpx2.create_ssl_context()


def outward(timeout: httpx2.Timeout | float) -> httpx2.AsyncClient:
    """A client for the outside, by the machine's proxy where it has one. A stand-in for a platform on this very
    machine is never behind that."""
    on_this_machine: dict[str, httpx2.AsyncBaseTransport | None] = {
        "all://127.0.0.1": None,
        "all://localhost": None,
        "all://[::1]": None,
    }
    return httpx2.AsyncClient(timeout=timeout, mounts=on_this_machine, verify=trust())
