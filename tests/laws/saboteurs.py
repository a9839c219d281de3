"""Each breaks one promise on purpose, in a process that the laws then look at: they must notice."""

from __future__ import annotations

import asyncio
from typing import Any

from msgspec.structs import replace

from dragoman.channels.events import MessageEvent
from dragoman.inbound import parsing, writer
from dragoman.kit.ids import new_id
from dragoman.outbound import claiming, pacing, store


def answers_before_it_has_stored() -> None:
    """200 first, COMMIT when there is time."""
    stored = writer.Writer.store

    async def store_later(self: writer.Writer, pending: writer.Pending) -> None:
        task = asyncio.create_task(stored(self, pending))
        task.add_done_callback(lambda done: done.exception())

    writer.Writer.store = store_later  # type: ignore[method-assign]


def takes_everything_for_new() -> None:
    """Dedupe off: a message that comes again has keys of its own, as if it were another one."""
    parse = parsing.parse
    seen: set[str] = set()

    def forgetful(body: bytes, route: parsing.Route) -> parsing.Events:
        return tuple(_as_if_new(event, seen) for event in parse(body, route))

    parsing.parse = forgetful


def _as_if_new(event: Any, seen: set[str]) -> Any:
    if not isinstance(event, MessageEvent):
        return event
    if event.natural_key not in seen:
        seen.add(event.natural_key)
        return event
    once = new_id().hex
    return replace(
        event, natural_key=f"{event.natural_key}:{once}", external_id=f"{event.external_id}:{once}"
    )


def ignores_leases() -> None:
    """Whatever was being sent when its sender died is sent again, and nobody waits for a lease."""

    async def free(*_: Any) -> tuple[None, bool]:
        return None, False

    async def as_if_never_sent(tx: Any, message_id: Any, *_: Any) -> None:
        await store.mark(tx, message_id, "queued")

    pacing.not_before = free  # type: ignore[assignment]
    claiming._lost = as_if_never_sent  # type: ignore[assignment]


SABOTEURS = {
    "answers_before_it_has_stored": answers_before_it_has_stored,
    "takes_everything_for_new": takes_everything_for_new,
    "ignores_leases": ignores_leases,
}
