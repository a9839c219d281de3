"""Customers' files are fetched from the platform: here from a Telegram of the tests' own, over real HTTP."""

import errno
import io
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from PIL import Image

from dragoman.channels import registry
from dragoman.channels.capabilities import MediaStorage
from dragoman.channels.errors import TryLater
from dragoman.channels.telegram.channel import TelegramChannel
from dragoman.db.database import Database
from dragoman.files.receive import give_up, receive
from dragoman.kit.ids import new_id
from dragoman.services import Services
from tests.files.far_side import FarSide, far_side
from tests.house import House, application, settings_in
from tests.serving import serving


@pytest.fixture
async def telegram() -> AsyncIterator[FarSide]:
    async with far_side() as started:
        yield started


@pytest.fixture
async def post(telegram: FarSide, database: Database, dsn: str, tmp_path: Path) -> AsyncIterator["Post"]:
    settings = settings_in(
        tmp_path,
        dsn,
        {
            "DRAGOMAN_TELEGRAM_API": f"http://127.0.0.1:{telegram.port}",
            "DRAGOMAN_ALLOW_HOSTS": f"127.0.0.1:{telegram.port}",
        },
    )
    house = House(Services.over(database, settings), "")
    workspace = await house.a_workspace()
    async with serving(application(house.services)) as house.address:
        yield Post(house, telegram, workspace, await house.a_channel(workspace))
    await house.services.clients.aclose()


@dataclass(slots=True)
class Post:
    house: House
    telegram: FarSide
    workspace: UUID
    channel: UUID

    async def a_waiting_file(self, kind: str = "image", name: str | None = None) -> UUID:
        """As placing leaves it, with its message."""
        attachment = new_id()
        sealed, key_id = self.house.services.sealer.seal(
            json.dumps({"file_id": "F"}).encode(), workspace=self.workspace, column="attachments.source"
        )
        for statement in A_MESSAGE:
            await self.house.as_owner(statement, w=self.workspace, c=self.channel, id=attachment)
        await self.house.as_owner(
            """insert into attachments (workspace_id, attachment_id, channel_id, message_id, kind, name, source,
                                        source_key, state, created_at)
               values (%(w)s, %(id)s, %(c)s, %(id)s, %(k)s, %(n)s, %(s)s, %(key)s, 'waiting', now())""",
            w=self.workspace, id=attachment, c=self.channel, k=kind, n=name, s=sealed, key=key_id,
        )  # fmt: skip
        return attachment

    def telegram_has(self, content: bytes) -> None:
        self.telegram.gives(
            "/bot1:A/getFile", b'{"ok": true, "result": {"file_id": "F", "file_path": "p/1"}}'
        )
        self.telegram.gives("/file/bot1:A/p/1", content)

    async def receives(self, attachment: UUID) -> None:
        await receive(self.house.services, self.workspace, attachment)

    async def state(self, attachment: UUID) -> tuple[object, ...]:
        (row,) = await self.house.as_owner(
            "select state, reason from attachments where attachment_id = %(a)s", a=attachment
        )
        return row

    async def shown(self, attachment: UUID, **more: object) -> tuple[int, str, bytes]:
        """To a member: status, type and content."""
        if not await self.house.as_owner("select from accounts"):
            await self.house.an_account()
            await self.house.a_member(self.workspace)
        async with self.house.browser() as browser:
            await self.house.sign_in(browser)
            answer = await browser.get(f"/api/w/{self.workspace}/attachments/{attachment}", **more)  # type: ignore[arg-type]
            return answer.status_code, answer.headers["content-type"], answer.content


async def test_a_customers_photo_is_fetched_re_encoded_and_told_to_who_sees_the_message(post: Post) -> None:
    attachment = await post.a_waiting_file()
    post.telegram_has(a_picture("JPEG"))

    await post.receives(attachment)

    assert await post.house.as_owner(
        """select state, sniffed_type, width, height, source, source_key, storage_key is not null
           from attachments"""
    ) == [("stored", "image/jpeg", 40, 30, None, None, True)]
    assert await post.house.as_owner("select kind, channel_id, conversation_id, message_id from changes") == [
        ("message.state", post.channel, attachment, attachment)
    ]
    status, mime_type, _ = await post.shown(attachment)
    assert (status, mime_type) == (200, "image/jpeg")


async def test_receiving_twice_is_receiving_once(post: Post) -> None:
    attachment = await post.a_waiting_file()
    post.telegram_has(a_picture("PNG"))

    await post.receives(attachment)
    await post.receives(attachment)

    assert await post.house.as_owner("select count(*) from changes") == [(1,)]
    assert len(stored_files(post)) == 1


async def test_a_voice_message_is_a_sound_whatever_it_is_packed_in(post: Post) -> None:
    attachment = await post.a_waiting_file("voice")
    post.telegram_has(b"\x00\x00\x00\x20ftypisom" + bytes(100))

    await post.receives(attachment)

    assert (await post.shown(attachment))[:2] == (200, "audio/mp4")


async def test_a_file_that_the_platform_does_not_have_is_failed_with_its_reason(post: Post) -> None:
    attachment = await post.a_waiting_file()
    post.telegram.gives(
        "/bot1:A/getFile",
        b'{"ok": false, "error_code": 400, "description": "Bad Request: file is too big"}',
        status=400,
    )

    await post.receives(attachment)

    state, reason = await post.state(attachment)
    assert state == "failed"
    assert reason
    assert await post.house.as_owner("select kind from changes") == [("message.state",)]


async def test_a_file_larger_than_the_channel_says_is_refused(post: Post) -> None:
    attachment = await post.a_waiting_file()
    post.telegram_has(b"")
    post.telegram.gives("/file/bot1:A/p/1", headers={"Content-Length": str(21 * 1024 * 1024)})

    await post.receives(attachment)

    assert await post.state(attachment) == ("refused", "The file is larger than 20 MB.")


async def test_passing_trouble_leaves_it_waiting_for_another_try(post: Post) -> None:
    attachment = await post.a_waiting_file()
    post.telegram_has(b"")
    post.telegram.gives("/file/bot1:A/p/1", status=502)

    with pytest.raises(TryLater):
        await post.receives(attachment)
    post.telegram.gives("/bot1:A/getFile", b'{"ok": false, "error_code": 500}', status=500)
    with pytest.raises(TryLater):
        await post.receives(attachment)
    assert await post.state(attachment) == ("waiting", None)

    post.telegram_has(a_picture("PNG"))
    await post.receives(attachment)
    assert await post.state(attachment) == ("stored", None)


async def test_after_the_last_try_the_message_says_why_its_file_is_missing(post: Post) -> None:
    attachment = await post.a_waiting_file()

    await give_up(post.house.services, post.workspace, attachment, "Telegram did not give it.")

    assert await post.state(attachment) == ("failed", "Telegram did not give it.")
    assert await post.house.as_owner("select kind from changes") == [("message.state",)]


async def test_a_full_disk_is_passing_trouble(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    attachment = await post.a_waiting_file()
    post.telegram_has(a_picture("PNG"))
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(TryLater, match="no room left") as later:
        await post.receives(attachment)
    assert later.value.retry_after


async def test_a_file_erased_while_it_was_fetched_leaves_nothing_behind(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachment = await post.a_waiting_file()
    post.telegram_has(a_picture("PNG"))
    put = type(post.house.services.storage).put

    async def erased_meanwhile(storage: object, content: object, beside: object) -> str:
        await post.house.as_owner("delete from attachments")
        return str(await put(storage, content, beside))  # type: ignore[arg-type]

    monkeypatch.setattr(type(post.house.services.storage), "put", erased_meanwhile)
    await post.receives(attachment)

    assert stored_files(post) == []
    assert await post.house.as_owner("select count(*) from changes") == [(0,)]


async def test_a_file_of_a_channel_that_was_removed_is_failed(post: Post) -> None:
    attachment = await post.a_waiting_file()
    await post.house.as_owner("update channels set state = 'removed'")

    await post.receives(attachment)

    assert await post.state(attachment) == ("failed", "Its channel is not connected any more.")


async def test_a_file_whose_key_is_lost_is_failed_not_a_crash(post: Post) -> None:
    attachment = await post.a_waiting_file()
    await post.house.as_owner("update attachments set source_key = 'gone'")

    await post.receives(attachment)

    state, reason = await post.state(attachment)
    assert state == "failed"
    assert "gone" in str(reason)


async def test_where_no_copy_may_be_kept_a_file_is_shown_through_us_and_kept_nowhere(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forbid_copies(monkeypatch)
    attachment = await post.a_waiting_file()
    post.telegram_has(a_picture("BMP"))

    await post.receives(attachment)

    assert await post.state(attachment) == ("linked", None)
    assert post.telegram.asked == []
    status, mime_type, content = await post.shown(attachment)
    assert (status, mime_type) == (200, "image/png")
    assert Image.open(io.BytesIO(content)).size == (40, 30)
    assert (await post.shown(attachment, headers={"Range": "bytes=1-3"}))[2] == b"PNG"
    assert stored_files(post) == []


async def test_a_linked_file_that_the_platform_no_longer_has_says_so(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forbid_copies(monkeypatch)
    attachment = await post.a_waiting_file()
    await post.receives(attachment)
    post.telegram_has(b"")

    post.telegram.gives("/file/bot1:A/p/1", status=404)
    assert (await post.shown(attachment))[0] == 404
    post.telegram.gives("/file/bot1:A/p/1", status=502)
    assert (await post.shown(attachment))[0] == 503


def a_picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(out, kind)
    return out.getvalue()


def stored_files(post: Post) -> list[str]:
    folder = post.house.services.settings.data / "files"
    return [path.name for path in folder.rglob("*") if path.is_file()]


def _forbid_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a platform's terms may."""

    class Linking(TelegramChannel):
        capabilities = msgspec.structs.replace(TelegramChannel.capabilities, media=MediaStorage.LINK)

    monkeypatch.setitem(registry.CHANNELS, "telegram", Linking())


# A message of a new customer; every row gets the same id.
A_MESSAGE = (
    "insert into contacts values (%(w)s, %(id)s, 'Ana', now())",
    """insert into identities (workspace_id, identity_id, channel_id, contact_id, address, created_at)
       values (%(w)s, %(id)s, %(c)s, %(id)s, %(id)s::text, now())""",
    """insert into conversations (workspace_id, conversation_id, channel_id, identity_id, lane, status, waiting_for,
                                  created_at)
       values (%(w)s, %(id)s, %(c)s, %(id)s, 0, 'open', 'us', now())""",
    """insert into messages (workspace_id, message_id, conversation_id, channel_id, turn_id, side, origin, sent_at,
                             arrived_at, waits)
       values (%(w)s, %(id)s, %(id)s, %(c)s, %(id)s, 'customer', 'customer', now(), now(), true)""",
)
