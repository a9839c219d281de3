"""Who is removed from a workspace is out of it at once."""

from __future__ import annotations

import asyncio

import pytest

from dragoman.access.membership import remove_by_email
from dragoman.access.model import Role
from dragoman.access.visitors import REMEMBERED_SECONDS
from dragoman.kit.errors import Refused
from tests.inbox.house import PASSWORD, House
from tests.live.listening import Ear, Heard, listening


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


@pytest.mark.parametrize("how", ["is removed", "is ended", "all others end", "new password"])
async def test_what_ends_a_session_or_a_membership_ends_its_stream(house: House, how: str) -> None:
    maria = await house.a_member("Maria", Role.OWNER)
    desk = await house.a_member("Jonas")
    phone = await house.another_device(desk, "jonas@example.com")
    listed = (await desk.get("/api/me/sessions"))["items"]
    ways = {
        "is removed": (maria, f"members/{desk.membership.member_id}/remove", {}),
        "is ended": (phone, f"/api/me/sessions/{next(s['id'] for s in listed if s['is_this'])}/end", {}),
        "all others end": (phone, "/api/me/sessions/end-others", {}),
        "new password": (
            phone,
            "/api/me/password",
            {"old_password": PASSWORD, "password": "another good password"},
        ),
    }
    by, path, content = ways[how]

    async with listening(desk, (await desk.snapshot())["seq"]) as ear:
        await by.post(path, expect=204, **content)
        last = await _last_word(ear)

    assert last.event == ("over" if how == "is removed" else "bye")
    await asyncio.sleep(REMEMBERED_SECONDS)
    assert (await desk.asks("GET", "snapshot")).status_code == (403 if how == "is removed" else 401)


async def test_the_last_owner_stays(house: House) -> None:
    await house.a_member("Maria", Role.OWNER)

    with pytest.raises(Refused, match="last owner"):
        await remove_by_email(house.database, house.workspace_id, "maria@example.com")


async def _last_word(ear: Ear) -> Heard:
    """Raises where the server does not end the stream: an ear has patience for half a minute."""
    last = await ear.next()
    while True:
        try:
            last = await ear.next()
        except StopAsyncIteration:
            return last
