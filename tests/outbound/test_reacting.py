"""A member's reaction to what a customer wrote."""

from __future__ import annotations

import pytest

from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.deliveries import business
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("platform", ["telegram", "messenger", "instagram", "whatsapp"])
async def test_our_reaction_is_seen_by_the_customer_and_can_be_taken_back(
    inbox: Inbox, platform: str
) -> None:
    customer = await getattr(inbox, f"on_{platform}")()
    message = await _said(inbox, customer)

    assert await _react(inbox, message, "❤") == 202
    assert await _ours(inbox) == [("❤", None)]  # at once
    await inbox.work()
    assert await _on_the_phone(customer) == "❤"

    assert await _react(inbox, message, None) == 202
    await inbox.work()
    assert (await _on_the_phone(customer), await _ours(inbox)) == (None, [])


async def test_a_reaction_is_no_answer_and_no_news(inbox: Inbox) -> None:
    ana = await inbox.on_whatsapp()
    message = await _said(inbox, ana)
    before = await inbox.row()

    await _react(inbox, message, "👍")
    await inbox.work()

    assert await inbox.row() == before
    assert await inbox.outcomes() == [("message", "conversation"), ("receipt", "applied")]


async def test_the_newest_wish_counts(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    message = await _said(inbox, ana)

    for emoji in ("👍", "🔥", "❤"):
        await _react(inbox, message, emoji)
    await inbox.work()

    assert (await _on_the_phone(ana), await _ours(inbox)) == ("❤", [("❤", None)])


async def test_what_the_platform_refuses_says_so_until_it_is_tried_again(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    message = await _said(inbox, ana)
    number = await _refuses(inbox, ana)

    await _react(inbox, message, "👍")
    await inbox.work()
    [(emoji, reason)] = await _ours(inbox)
    assert (emoji, bool(reason), await _on_the_phone(ana)) == ("👍", True, None)

    await inbox.house.simulator.end_trouble(number)
    await _react(inbox, message, "👍")
    await inbox.work()
    assert (await _ours(inbox), await _on_the_phone(ana)) == ([("👍", None)], "👍")


@pytest.mark.parametrize("wished", [None, "❤"], ids=["taken back", "changed"])
async def test_what_may_not_be_changed_still_stands_and_says_why(inbox: Inbox, wished: str | None) -> None:
    ana = await inbox.on_telegram()
    message = await _said(inbox, ana)
    await _react(inbox, message, "👍")
    await inbox.work()
    number = await _refuses(inbox, ana)

    await _react(inbox, message, wished)
    await inbox.work()
    [shown] = (await inbox.timeline())[0]["reactions"]
    assert (shown["emoji"], bool(shown["refused"]), shown["stands"]) == ("👍", True, True)
    assert await _on_the_phone(ana) == "👍"

    await inbox.house.simulator.end_trouble(number)
    await _react(inbox, message, wished)
    await inbox.work()
    assert (await _ours(inbox), await _on_the_phone(ana)) == ([(wished, None)] if wished else [], wished)


async def test_nothing_is_offered_or_taken_in_chats_of_a_connected_account(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await inbox.serve_business_account(bot)
    await bot.delivers(business("Are you open today?", 9))
    await inbox.work()
    channels = (await inbox.maria.snapshot())["channels"]
    [account] = [each["id"] for each in channels if each["capabilities"]["reacts_with"] == []]
    [row] = await inbox.rows("all")
    assert row["channel_id"] == account

    assert await _react(inbox, (await inbox.timeline(row["id"]))[0]["id"], "👍") == 422


async def test_what_the_channel_does_not_take_is_refused_at_once(inbox: Inbox) -> None:
    jun = await inbox.on_instagram()
    message = await _said(inbox, jun)

    assert await _react(inbox, message, "🥑") == 422
    assert await _react(inbox, message, "👍" * 30) == 422
    assert await _ours(inbox) == []


async def test_only_what_a_customer_wrote_can_bear_one(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await _said(inbox, ana)
    ours = (await inbox.maria.reply((await inbox.row())["id"], "Until six."))["messages"][0]
    await inbox.work()

    assert await _react(inbox, ours["id"], "👍") == 409


async def test_who_may_not_see_a_conversation_cannot_react_in_it(inbox: Inbox) -> None:
    message = await _said(inbox, await inbox.on_telegram())
    ours = (await inbox.maria.reply((await inbox.row())["id"], "Until six."))["messages"][0]
    ben = await inbox.a_member("Ben")
    await inbox.sees_only(ben)

    for each in (message, ours["id"]):
        answer = await ben.asks("POST", f"messages/{each}/reaction", json={"emoji": "👍"})
        assert answer.status_code == 404


async def _said(inbox: Inbox, customer: Customer) -> str:
    await customer.says("Are you open today?")
    await inbox.work()
    return str((await inbox.timeline())[0]["id"])


async def _refuses(inbox: Inbox, customer: Customer) -> int:
    """The platform, whatever we put on its messages, until the trouble of this number ends."""
    refused = Fault(
        kind=Trouble.ERROR, side="api", account=customer.account, method="setMessageReaction", status=400
    )
    return await inbox.house.simulator.trouble(refused)


async def _react(inbox: Inbox, message: str, emoji: str | None) -> int:
    answer = await inbox.maria.asks("POST", f"messages/{message}/reaction", json={"emoji": emoji})
    return int(answer.status_code)


async def _ours(inbox: Inbox) -> list[tuple[str, str | None]]:
    return [(each["emoji"], each.get("refused")) for each in (await inbox.timeline())[0]["reactions"]]


async def _on_the_phone(customer: Customer) -> str | None:
    return (await customer.screen())[0].their_reaction
