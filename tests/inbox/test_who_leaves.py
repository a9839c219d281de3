"""Who is removed from a workspace is out of it at once."""

from __future__ import annotations

import asyncio

import pytest

from dragoman.access.membership import remove_by_email
from dragoman.access.model import Role
from dragoman.access.visitors import REMEMBERED_SECONDS
from dragoman.kit.errors import Refused
from tests.inbox.house import House


async def test_a_removed_member_sees_nothing_more_and_their_stream_ends(house: House) -> None:
    maria = await house.a_member("Maria", Role.OWNER)
    jonas = await house.a_member("Jonas")
    seq = (await jonas.snapshot())["seq"]
    url = f"/api/w/{house.workspace_id}/stream?from={seq}"

    async with house.http.stream("GET", url, headers=jonas._all_headers()) as stream:
        await remove_by_email(house.database, house.workspace_id, "jonas@example.com")
        said = "".join([piece async for piece in stream.aiter_text()])

    assert "event: over" in said or "event: bye" in said
    await asyncio.sleep(REMEMBERED_SECONDS)
    refused = await house.http.get(f"/api/w/{house.workspace_id}/snapshot", headers=jonas._all_headers())
    assert refused.status_code == 403
    assert [m["name"] for m in (await maria.snapshot())["members"]] == ["Jonas", "Maria"]


async def test_who_was_removed_a_moment_ago_does_not_listen_on_either(house: House) -> None:
    await house.a_member("Maria", Role.OWNER)
    jonas = await house.a_member("Jonas")
    seq = (await jonas.snapshot())["seq"]  # the server remembers him for a second from here
    await remove_by_email(house.database, house.workspace_id, "jonas@example.com")
    url = f"/api/w/{house.workspace_id}/stream?from={seq + 1}"

    async with house.http.stream("GET", url, headers=jonas._all_headers()) as stream:
        said = "".join([piece async for piece in stream.aiter_text()])

    assert stream.status_code == 403 or "event: over" in said


async def test_the_last_owner_stays(house: House) -> None:
    await house.a_member("Maria", Role.OWNER)

    with pytest.raises(Refused, match="last owner"):
        await remove_by_email(house.database, house.workspace_id, "maria@example.com")
