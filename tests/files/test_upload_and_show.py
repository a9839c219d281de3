"""Files that members add to a reply, and how files are shown: over real HTTP."""

import asyncio
import io
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx2
import pytest
from PIL import Image

from dragoman.access.visitors import REMEMBERED_SECONDS
from dragoman.files.showing import link_for_platform
from dragoman.files.upload import MAX_UPLOAD_BYTES
from dragoman.kit.clock import now
from dragoman.work.sweeping import first_sweep, sweep
from tests.house import House, code_of

MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(1000)


@pytest.fixture
async def inbox(house: House) -> AsyncIterator["Inbox"]:
    """Maria, signed in to her workspace."""
    workspace = await house.a_workspace()
    await house.an_account()
    member = await house.a_member(workspace)
    async with house.browser() as browser:
        await house.sign_in(browser)
        yield Inbox(house, workspace, member, browser)


class Inbox:
    def __init__(self, house: House, workspace: UUID, member: UUID, browser: httpx2.AsyncClient) -> None:
        self.house, self.workspace, self.member, self.browser = house, workspace, member, browser

    async def uploads(self, content: bytes, **query: str) -> dict[str, object]:
        answer = await self.browser.post(self.attachments, content=content, params=query)
        assert answer.status_code == 201, answer.text
        return dict(answer.json()["attachment"])

    async def shows(self, attachment: object, **more: object) -> httpx2.Response:
        return await self.browser.get(f"{self.attachments}/{attachment}", **more)  # type: ignore[arg-type]

    async def has_sent(self, attachment: object, channel: UUID) -> None:
        """Behind the back: a reply took it along."""
        await self.house.as_owner(
            "update attachments set channel_id = %(c)s, message_id = %(c)s where attachment_id = %(a)s",
            c=channel, a=attachment,
        )  # fmt: skip

    @property
    def attachments(self) -> str:
        return f"/api/w/{self.workspace}/attachments"


async def test_a_large_picture_is_shown_small_where_little_room_is(inbox: Inbox) -> None:
    attachment = await inbox.uploads(a_photo(3000, 1500))

    small, large, whole = [
        await inbox.shows(attachment["id"], params=params)
        for params in ({"size": "small"}, {"size": "large"}, {})
    ]

    assert [Image.open(io.BytesIO(shown.content)).size for shown in (small, large, whole)] == [
        (640, 320), (1600, 800), (3000, 1500),
    ]  # fmt: skip
    assert {shown.headers["cache-control"] for shown in (small, large, whole)} == {
        "private, max-age=31536000, immutable"
    }
    assert len({shown.headers["etag"] for shown in (small, large, whole)}) == 3
    assert small.headers["content-type"] == "image/webp"
    assert attachment["blur"]


async def test_what_has_no_smaller_version_is_shown_whole(inbox: Inbox) -> None:
    attachment = await inbox.uploads(MP4, name="film.mp4")

    shown = await inbox.shows(attachment["id"], params={"size": "small"})

    assert shown.content == MP4


async def test_an_uploaded_picture_is_re_encoded_and_shown_in_the_page(inbox: Inbox) -> None:
    attachment = await inbox.uploads(a_photo(), name="Ferien.jpg")
    shown = await inbox.shows(attachment["id"])

    assert attachment | {"id": "", "blur": ""} == {
        "type": "attachment", "id": "", "kind": "image", "state": "stored", "reason": None,
        "reason_wording": None, "name": "Ferien.jpg", "mime_type": "image/jpeg",
        "size_bytes": len(shown.content), "width": 40, "height": 30, "duration_seconds": None, "emoji": None,
        "blur": "",
    }  # fmt: skip
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-disposition"].startswith('inline; filename="Ferien.jpg"')
    assert Image.open(io.BytesIO(shown.content)).size == (40, 30)
    assert b"a camera" not in shown.content


async def test_whatever_is_shown_can_do_nothing(inbox: Inbox) -> None:
    for content in (a_photo(), MP4, b"<html><script>alert(1)</script>", b"%PDF-1.7"):
        shown = await inbox.shows((await inbox.uploads(content))["id"])

        assert shown.headers["x-content-type-options"] == "nosniff"
        assert shown.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert shown.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "page.html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "drawing.svg"),
        (b"\xff\xd8\xff\xe0<script>alert(1)</script>", "no.jpg"),
        (b"%PDF-1.7 ...", "form.pdf"),
        (b"PK\x03\x04 ...", "all.zip"),
    ],
)
async def test_what_could_act_is_only_ever_a_download(inbox: Inbox, content: bytes, name: str) -> None:
    attachment = await inbox.uploads(content, name=name, kind="image")
    shown = await inbox.shows(attachment["id"])

    assert attachment["kind"] == "file"
    assert shown.content == content
    assert shown.headers["content-disposition"].startswith("attachment; ")
    assert shown.headers["content-type"] in (
        "application/octet-stream", "application/pdf", "application/zip",
    )  # fmt: skip


async def test_download_is_always_a_download(inbox: Inbox) -> None:
    attachment = await inbox.uploads(a_photo(), name="a.jpg")

    shown = await inbox.shows(attachment["id"], params={"download": "1"})

    assert shown.headers["content-disposition"].startswith("attachment; ")


async def test_a_video_is_played_from_anywhere(inbox: Inbox) -> None:
    attachment = await inbox.uploads(MP4)
    part = await inbox.shows(attachment["id"], headers={"Range": "bytes=4-11"})
    beyond = await inbox.shows(attachment["id"], headers={"Range": f"bytes={len(MP4)}-"})
    stale = await inbox.shows(attachment["id"], headers={"Range": "bytes=4-11", "If-Range": '"another"'})

    assert attachment["kind"] == "video"
    assert (part.status_code, part.content) == (206, b"ftypisom")
    assert part.headers["content-range"] == f"bytes 4-11/{len(MP4)}"
    assert part.headers["content-length"] == "8"
    assert (beyond.status_code, code_of(beyond)) == (416, "invalid")
    assert (stale.status_code, stale.content) == (200, MP4)


async def test_a_voice_message_packed_like_a_video_is_a_sound(inbox: Inbox) -> None:
    attachment = await inbox.uploads(MP4, kind="voice")

    assert (attachment["kind"], attachment["mime_type"]) == ("voice", "audio/mp4")


async def test_a_browser_that_has_it_is_not_sent_it_again(inbox: Inbox) -> None:
    attachment = await inbox.uploads(MP4)
    first = await inbox.shows(attachment["id"])
    again = await inbox.shows(attachment["id"], headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert (again.status_code, again.content) == (304, b"")


async def test_25_mb_may_be_uploaded_and_no_byte_more(inbox: Inbox) -> None:
    async def unannounced() -> AsyncIterator[bytes]:
        for _ in range(MAX_UPLOAD_BYTES // 2**20):
            yield b"x" * 2**20
        yield b"x"

    exactly = await inbox.browser.post(inbox.attachments, content=b"x" * MAX_UPLOAD_BYTES)
    announced = await inbox.browser.post(inbox.attachments, content=b"x" * (MAX_UPLOAD_BYTES + 1))
    grown = await inbox.browser.post(inbox.attachments, content=unannounced())
    empty = await inbox.browser.post(inbox.attachments, content=b"")

    assert exactly.status_code == 201
    assert (announced.status_code, code_of(announced)) == (413, "too_large")
    assert (grown.status_code, code_of(grown)) == (413, "too_large")
    assert (empty.status_code, code_of(empty)) == (422, "invalid")
    assert len(stored_files(inbox.house)) == 1


async def test_a_strangers_name_is_harmless_in_the_header(inbox: Inbox) -> None:
    attachment = await inbox.uploads(b"x", name='..\\..\\a"\r\nSet-Cookie: b\u202e견적.exe')
    shown = await inbox.shows(attachment["id"])

    assert attachment["name"] == "a_Set-Cookie_ b견적.exe"
    assert "set-cookie" not in shown.headers
    assert shown.headers["content-disposition"].startswith('attachment; filename="a_Set-Cookie_ b__.exe"')


async def test_an_upload_that_was_not_sent_yet_is_seen_by_who_uploaded_it_alone(inbox: Inbox) -> None:
    attachment = await inbox.uploads(b"x")
    await inbox.house.an_account("jonas@example.com", "Jonas")
    await inbox.house.a_member(inbox.workspace, "jonas@example.com")

    async with inbox.house.browser() as jonas:
        await inbox.house.sign_in(jonas, "jonas@example.com")
        refused = await jonas.get(f"{inbox.attachments}/{attachment['id']}")

    assert (refused.status_code, code_of(refused)) == (404, "not_found")
    assert (await inbox.shows(attachment["id"])).status_code == 200


async def test_a_sent_file_is_seen_by_who_may_see_its_channel(inbox: Inbox) -> None:
    mine = await inbox.house.a_channel(inbox.workspace, account="1")
    other = await inbox.house.a_channel(inbox.workspace, account="2")
    seen, unseen = await inbox.uploads(b"mine"), await inbox.uploads(b"other")
    await inbox.has_sent(seen["id"], mine)
    await inbox.has_sent(unseen["id"], other)
    before = await inbox.shows(unseen["id"])

    await inbox.house.may_only_see(inbox.workspace, inbox.member, mine)
    await asyncio.sleep(REMEMBERED_SECONDS)

    assert before.status_code == 200
    assert (await inbox.shows(seen["id"])).status_code == 200
    assert (await inbox.shows(unseen["id"])).status_code == 404


async def test_nobody_sees_files_of_another_workspace_or_without_signing_in(inbox: Inbox) -> None:
    attachment = await inbox.uploads(b"x")
    elsewhere = await inbox.house.a_workspace("Elsewhere")
    await inbox.house.a_member(elsewhere)

    across = await inbox.browser.get(f"/api/w/{elsewhere}/attachments/{attachment['id']}")
    async with inbox.house.browser() as stranger:
        signed_out = await stranger.get(f"{inbox.attachments}/{attachment['id']}")

    assert across.status_code == 404
    assert signed_out.status_code == 401
    assert (await inbox.shows(uuid4())).status_code == 404


async def test_another_web_site_cannot_embed_a_file(inbox: Inbox) -> None:
    attachment = await inbox.uploads(a_photo())

    refused = await inbox.shows(attachment["id"], headers={"Sec-Fetch-Site": "cross-site"})

    assert (refused.status_code, code_of(refused)) == (403, "csrf")


async def test_a_signed_link_gives_one_file_to_a_platform_without_a_session(inbox: Inbox) -> None:
    services = inbox.house.services
    attachment = await inbox.uploads(a_photo(), name="a.jpg")
    link = link_for_platform(services, inbox.workspace, UUID(str(attachment["id"])))
    path = link.removeprefix(services.settings.own_url)

    async with httpx2.AsyncClient(base_url=inbox.house.address) as platform:
        fetched = await platform.get(path)
        changed = await platform.get(path[:-1] + ("A" if path[-1] != "A" else "B"))
        nonsense = await platform.get("/media/" + "x" * 199)

    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "image/jpeg")
    assert fetched.headers["cache-control"] == "private, no-store"
    assert fetched.content == (await inbox.shows(attachment["id"])).content
    assert changed.status_code == nonsense.status_code == 404


async def test_a_file_that_is_still_on_its_way_says_so(inbox: Inbox) -> None:
    attachment = await inbox.uploads(b"x")
    await inbox.house.as_owner("update attachments set state = 'waiting', storage_key = null")
    waiting = await inbox.shows(attachment["id"])
    await inbox.house.as_owner("update attachments set state = 'refused', reason = 'It is too large.'")
    refused = await inbox.shows(attachment["id"])

    assert waiting.json()["error"]["message"] == "This file is not here yet."
    assert refused.json()["error"]["message"] == "It is too large."


async def test_uploads_that_no_reply_took_along_are_forgotten_after_a_day(inbox: Inbox) -> None:
    channel = await inbox.house.a_channel(inbox.workspace)
    old, sent, fresh = [(await inbox.uploads(name.encode()))["id"] for name in ("old", "sent", "fresh")]
    await inbox.has_sent(sent, channel)
    await inbox.house.as_owner(
        "update attachments set created_at = now() - interval '25 hours' where attachment_id <> %(f)s",
        f=fresh,
    )

    await sweep(inbox.house.services, inbox.workspace, first_sweep(inbox.workspace, now()))

    codes = [(await inbox.shows(each)).status_code for each in (old, sent, fresh)]
    assert codes == [404, 200, 200]
    assert len(stored_files(inbox.house)) == 2


async def test_many_uploads_at_once_all_arrive(inbox: Inbox) -> None:
    contents = [bytes([number]) * 100_000 for number in range(10)]

    attachments = await asyncio.gather(*(inbox.uploads(content) for content in contents))

    shown = [(await inbox.shows(attachment["id"])).content for attachment in attachments]
    assert shown == contents


def a_photo(width: int = 40, height: int = 30) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    out = io.BytesIO()
    Image.new("RGB", (width, height), "orange").save(out, "JPEG", exif=exif)
    return out.getvalue()


def stored_files(house: House) -> list[str]:
    folder = house.services.settings.data / "files"
    return [path.name for path in folder.rglob("*") if path.is_file()]
