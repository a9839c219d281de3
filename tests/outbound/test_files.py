"""Files go both ways: ours onto the customer's phone, theirs into the timeline."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dragoman.simulator.acts import SendMedia
from tests.inbox.inbox import Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("platform", ["telegram", "messenger"])
async def test_a_picture_of_ours_is_on_the_customers_phone(inbox: Inbox, platform: str) -> None:
    customer = await (inbox.on_telegram() if platform == "telegram" else inbox.on_messenger())
    await customer.says("what does it look like?")
    await inbox.work()
    picture = await inbox.upload("window.png", _picture(), "image")

    await inbox.maria.reply((await inbox.row())["id"], "", attachment_ids=[picture])
    await inbox.work()

    (line,) = [line for line in await customer.screen() if not line.mine]
    assert line.media in ("photo", "image")
    assert (await inbox.bubble())["parts"][0]["name"] == "window.png"
    assert (await inbox.row())["waiting_for"] == "them"


async def test_a_document_of_ours_arrives_as_the_very_same_bytes(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("the price list, please")
    await inbox.work()
    content = b"beans: 9 euro\n" * 1000
    file = await inbox.upload("prices.txt", content, "file")

    await inbox.maria.reply((await inbox.row())["id"], "", attachment_ids=[file])
    await inbox.work()

    (line,) = [line for line in await ana.screen() if not line.mine]
    fetched = await inbox.house.http.get(f"{inbox.house.simulator.base_url}{line.media_path}")
    assert fetched.content == content


@pytest.mark.parametrize("platform", ["telegram", "messenger"])
async def test_a_customers_photo_is_kept_and_shown_re_encoded(inbox: Inbox, platform: str) -> None:
    customer = await (inbox.on_telegram() if platform == "telegram" else inbox.on_messenger())

    await customer.does(SendMedia(kind="photo"))
    await inbox.work()

    part = await _only_part(inbox)
    assert (part["kind"], part["state"]) == ("image", "stored")
    assert part["width"] > 0
    shown = await inbox.maria.asks("GET", f"attachments/{part['id']}")
    assert shown.status_code == 200
    assert shown.headers["Content-Type"].startswith("image/")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert picture.size[0] > 0
        assert not picture.getexif()


@pytest.mark.parametrize("kind", ["voice", "document", "video", "sticker"])
async def test_a_customers_file_is_kept(inbox: Inbox, kind: str) -> None:
    ana = await inbox.on_telegram()

    await ana.says("look at this")
    await ana.does(SendMedia(kind=kind))  # type: ignore[arg-type]  # one of the kinds that there are
    await inbox.work()

    part = await _only_part(inbox)
    assert part["state"] == "stored"
    assert part["size_bytes"] > 0
    saved = await inbox.maria.asks("GET", f"attachments/{part['id']}", params={"download": "true"})
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert len(saved.content) > 0


async def test_a_file_of_a_kind_that_the_channel_does_not_take_is_refused_before_it_is_queued(
    inbox: Inbox,
) -> None:
    bot = await inbox.a_bot_line()
    ana = await inbox.on_telegram(bot=bot.account)
    await ana.says("hello")
    await inbox.work()
    sticker = await inbox.upload("wave.webp", _picture("WEBP"), "sticker")

    refused = await inbox.try_to_reply((await inbox.row())["id"], "", attachment_ids=[sticker])

    assert refused.status_code == 422
    assert "sticker" in refused.json()["error"]["fields"]["attachment_ids"]


async def test_a_file_goes_out_once_only(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("hello")
    await inbox.work()
    conversation = (await inbox.row())["id"]
    file = await inbox.upload("prices.txt", b"beans", "file")
    await inbox.maria.reply(conversation, "", attachment_ids=[file])

    refused = await inbox.try_to_reply(conversation, "", attachment_ids=[file])

    assert refused.status_code == 422
    assert "add it again" in refused.json()["error"]["fields"]["attachment_ids"]


async def test_a_colleagues_upload_is_not_mine_to_send(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("hello")
    await inbox.work()
    file = await inbox.upload("prices.txt", b"beans", "file")
    jonas = await inbox.a_member("Jonas")

    content = {
        "text": "",
        "attachment_ids": [file],
        "idempotency_key": "not-mine-1",
        "seen_seq": await inbox.seq(),
    }
    refused = await jonas.asks("POST", f"conversations/{(await inbox.row())['id']}/replies", json=content)

    assert refused.status_code == 422


async def _only_part(inbox: Inbox) -> Row:
    (part,) = [part for message in await inbox.timeline() for part in message["parts"]]
    found: Row = part
    return found


def _picture(kind: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(written, kind)
    return written.getvalue()
