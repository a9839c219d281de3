"""Each breaks one promise on purpose, in a process that the laws then look at: they must notice."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from dragoman.inbound import parsing, writer
from dragoman.kit.ids import new_id
from dragoman.outbound import dispatch, store


def answers_before_it_has_stored() -> None:
    """200 first, COMMIT when there is time."""
    stored = writer.Writer.store

    async def store_later(self: writer.Writer, pending: writer.Pending) -> None:
        task = asyncio.create_task(stored(self, pending))
        task.add_done_callback(lambda done: done.exception())

    writer.Writer.store = store_later  # type: ignore[method-assign]


def takes_everything_for_new() -> None:
    """Dedupe off: each delivery gets a key and an external id of its own, as if it had none."""
    parse = parsing.parse

    def renamed(body: bytes, route: parsing.Route) -> parsing.Events:
        return tuple(_renamed(event) for event in parse(body, route))

    parsing.parse = renamed


def _renamed(event: Any) -> Any:
    if not hasattr(event, "external_id"):
        return event
    once = new_id().hex
    return msgspec.structs.replace(
        event, natural_key=f"{event.natural_key}:{once}", external_id=f"{event.external_id}:{once}"
    )


def ignores_leases() -> None:
    """Whatever was being sent when its sender died is sent again, and nobody waits for a lease."""

    async def free(*_: Any) -> None:
        return None

    async def as_if_never_sent(tx: Any, message_id: Any, *_: Any) -> None:
        await store.mark(tx, message_id, "queued")

    store.free_lease = free  # type: ignore[assignment]
    dispatch._lost = as_if_never_sent  # type: ignore[assignment]


SABOTEURS = {
    "answers_before_it_has_stored": answers_before_it_has_stored,
    "takes_everything_for_new": takes_everything_for_new,
    "ignores_leases": ignores_leases,
}
