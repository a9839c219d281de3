"""What is Instagram's own, from the customer's phone to the team's screen and back."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dragoman.connecting.actions import check, connect
from dragoman.simulator.acts import Delete, Edit, React, Read, SendMedia, SendOther
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_mention_in_a_story_shows_its_address_and_keeps_nothing_of_it(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()

    await jun.does(SendOther(kind="story_mention"))
    await inbox.work()

    assert await inbox.rows() == []
    [item] = (await inbox.maria.asks("GET", "shelf")).json()["items"]
    assert item["fragments"] == [{"text": None, "kind": "context_story_mention"}]
    [message] = await inbox.timeline(item["conversation_id"])
    [part] = message["parts"]
    assert (part["kind"], part["url"].startswith("http")) == ("story_mention", True)
    assert await inbox.sql("select from attachments where workspace_id = %s", inbox.id) == []


async def test_an_answer_to_a_story_says_to_which(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()

    await jun.does(SendOther(kind="story_reply"))
    await inbox.work()

    [message] = await inbox.timeline()
    assert message["text"] == "how much is the one on the left?"
    assert [part["kind"] for part in message["parts"]] == ["story"]


async def test_a_picture_is_shown_through_us_and_kept_nowhere(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()

    await jun.does(SendMedia(kind="photo"))
    await inbox.work()

    [message] = await inbox.timeline()
    [part] = message["parts"]
    stored = await inbox.sql("select state, storage_key from attachments where workspace_id = %s", inbox.id)
    shown = await inbox.maria.asks("GET", f"attachments/{part['id']}")
    assert stored == [("linked", None)]
    assert Image.open(io.BytesIO(shown.content)).size > (1, 1)


async def test_what_a_customer_takes_back_is_gone_with_its_text_and_its_files(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()
    [words] = await jun.says("my card number is 4111")
    [picture] = await jun.does(SendMedia(kind="photo"))
    await inbox.work()

    await jun.does(Delete(message=words))
    await jun.does(Delete(message=picture))
    await inbox.work()

    shown = [(m["text"], m["parts"], m["deleted"]) for m in await inbox.timeline()]
    assert shown == [(None, [], True), (None, [], True)]
    assert await inbox.sql("select from attachments where workspace_id = %s", inbox.id) == []


async def test_an_edit_and_a_reaction_change_what_stands_there(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()
    [mid] = await jun.says("in blak?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], "Do you mean black?")
    await inbox.work()
    ours = next(line.id for line in await jun.screen() if not line.mine)

    await jun.does(Edit(message=mid, text="in black?"))
    await jun.does(React(message=ours, emoji="👍"))
    await inbox.work()

    asked, answered = await inbox.timeline()
    assert (asked["text"], asked["edited"]) == ("in black?", True)
    assert [each["emoji"] for each in answered["reactions"]] == ["👍"]


async def test_reading_the_newest_reads_what_came_before_it(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()
    conversation = await _asks(inbox, jun)
    for answer in ("Until six.", "On Saturdays until four."):
        await inbox.maria.reply(conversation, answer)
    await inbox.until(lambda: _answered(inbox, 2))
    unread = [await inbox.state_of("Until six."), await inbox.state_of("On Saturdays until four.")]

    await jun.does(Read())
    await inbox.work()

    assert unread == ["sent", "sent"]
    assert await inbox.state_of("Until six.") == "read"
    assert await inbox.state_of("On Saturdays until four.") == "read"


async def test_a_picture_of_ours_is_fetched_by_its_link(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()
    conversation = await _asks(inbox, jun)
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(picture, "PNG")
    file = await inbox.upload("grinder.png", picture.getvalue(), "image")

    await inbox.maria.reply(conversation, "", attachment_ids=[file])
    await inbox.work()

    assert await inbox.state_of() == "sent"
    assert [line.media for line in await jun.screen() if not line.mine] == ["image"]


async def test_a_long_answer_in_korean_goes_as_several_none_of_which_cuts_a_sign(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()
    conversation = await _asks(inbox, jun)

    await inbox.maria.reply(conversation, "가" * 700)
    await inbox.until(lambda: _sees(jun, 3))

    assert await jun.sees() == ["가" * 333, "가" * 333, "가" * 34]


async def test_what_may_have_arrived_is_found_in_the_history_though_its_echo_says_nothing(
    inbox: Inbox,
) -> None:
    jun = await inbox.on_instagram()
    conversation = await _asks(inbox, jun)
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.LOST_ANSWER, side="api", account=jun.account, method="messages", times=1)
    )
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.work()
    doubtful = await _answers(inbox)

    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'reconcile'", inbox.id)
    await inbox.work()

    assert ("Until six.", "unknown") in doubtful
    assert await _answers(inbox) == [("Until six.", "sent")]
    assert await jun.sees() == ["Until six."]


async def test_what_a_colleague_types_in_the_app_is_an_answer(inbox: Inbox) -> None:
    jun = await inbox.on_instagram(by_page=True)
    await _asks(inbox, jun)

    await inbox.house.simulator.post(
        "/page-inbox", account=jun.account, customer=jun.id, text="Until six.", app="1217981644879628"
    )
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "them"
    assert await inbox.texts() == ["until when?", "Until six."]


async def test_a_webhook_that_is_entered_by_hand_keeps_the_channel_waiting_until_it_is(inbox: Inbox) -> None:
    made = await inbox.house.simulator.new_instagram()
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.ERROR, side="api", platform="instagram", method="subscriptions", times=1, code=100)
    )
    fields = {
        "app_id": made.app_id,
        "app_secret": made.app_secret,
        "instagram_token": made.instagram_token,
        "instagram_app_secret": made.instagram_app_secret,
    }

    [channel_id] = await connect(inbox.house.services, inbox.id, "instagram", fields, simulated=True)
    [waiting] = (await inbox.maria.get("channels"))["channels"]
    words = waiting["trouble"].split()
    address, token = words[words.index("address") + 1], words[words.index("token") + 1].rstrip(",")
    await inbox.house.simulator.post(
        "/app-webhook",
        app=made.app_id,
        url=address,
        verify_token=token,
        fields=["messages", "message_echoes"],
    )

    assert waiting["state"] == "attention"
    assert await check(inbox.house.services, inbox.id, channel_id) is None
    [live] = (await inbox.maria.get("channels"))["channels"]
    assert live["state"] == "live"


async def _asks(inbox: Inbox, customer: Customer) -> str:
    await customer.says("until when?")
    await inbox.work()
    conversation: str = (await inbox.row())["id"]
    return conversation


async def _answers(inbox: Inbox) -> list[tuple[str, str]]:
    ours = [message for message in await inbox.timeline() if message["side"] == "team"]
    return [(message["text"], message["delivery"]["state"]) for message in ours]


async def _answered(inbox: Inbox, count: int) -> bool:
    return [state for _, state in await _answers(inbox)] == ["sent"] * count


async def _sees(customer: Customer, count: int) -> bool:
    return len(await customer.sees()) == count
