"""Greetings and away messages: once in an episode, after the burst, to nobody who asked for nothing."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from dragoman.access.model import Role
from dragoman.automatic import speaking
from dragoman.kit.clock import now
from tests.inbox.inbox import Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")

HELLO: Row = {
    "is_on": True,
    "texts": [{"language": "en", "text": "Hello!"}, {"language": "pl", "text": "Dzień dobry!"}],
}
AWAY: Row = {"is_on": True, "texts": [{"language": "en", "text": "Back {back}."}]}
OFF: Row = {"is_on": False, "texts": []}


async def says_by_itself(inbox: Inbox, greeting: Row = OFF, away: Row = OFF, **more: Any) -> None:
    await inbox.maria.post("automatic", expect=204, greeting=greeting, away=away, **more)


async def is_closed(inbox: Inbox) -> date:
    """Today and tomorrow, as midnight may come meanwhile; the day on which it opens."""
    today = now().date()
    free = [{"day": (today + timedelta(days=n)).isoformat(), "name": "A free day"} for n in range(2)]
    house = (await inbox.maria.get("people"))["house"] | {"zone": "UTC", "holidays": free}
    await inbox.maria.post("house", expect=204, **house)
    return today + timedelta(days=2)


async def settled(inbox: Inbox) -> None:
    await inbox.work()
    await inbox.all_due_now()
    await inbox.all_due_now()


async def trail(inbox: Inbox) -> list[tuple[str, Row]]:
    found = await inbox.sql(
        "select kind, what from trail where workspace_id = %s and cause = 'system' order by entry_id",
        inbox.id,
    )
    return [(row[0], row[1]) for row in found]


async def test_who_begins_a_conversation_is_greeted_once_in_their_language(inbox: Inbox) -> None:
    await says_by_itself(inbox, greeting=HELLO)
    ana = await inbox.on_telegram("Ana")

    await ana.says("Dzień dobry, czy macie", "jeszcze czarne filiżanki do espresso?")
    await settled(inbox)
    await ana.says("Bardzo proszę o szybką odpowiedź, to na prezent.")
    await settled(inbox)

    assert await ana.sees() == ["Dzień dobry!"]
    row = await inbox.row()
    assert (row["waiting_for"], row["preview"]["side"]) == ("us", "customer")
    assert await trail(inbox) == [("said", {"source": "greeting", "language": "pl"})]
    bubble = await inbox.bubble()
    assert bubble["said_by"]["source"] == "greeting"


async def test_who_comes_back_after_closing_is_greeted_again(inbox: Inbox) -> None:
    await says_by_itself(inbox, greeting=HELLO, quiet_minutes=0)
    ana = await inbox.on_telegram("Ana")
    await ana.says("Is it open today?")
    await settled(inbox)
    await inbox.maria.post(f"conversations/{(await inbox.row())['id']}/close", seen_seq=await inbox.seq())

    await ana.says("And on Sunday, is it open then?")
    await settled(inbox)

    assert await ana.sees() == ["Hello!", "Hello!"]


async def test_several_who_are_done_at_once_are_each_greeted_in_their_language(inbox: Inbox) -> None:
    await says_by_itself(inbox, greeting=HELLO)
    ana = await inbox.on_telegram("Ana")
    jun = await inbox.on_messenger("Jun")
    ola = await inbox.on_telegram("Ola", bot=ana.account)

    await ana.says("Is it open today, or only tomorrow?")
    await jun.says("Do you have the black cups in your window?")
    await ola.says("Czy macie jeszcze czarne filiżanki do espresso?")
    await settled(inbox)

    assert (await ana.sees(), await jun.sees(), await ola.sees()) == (
        ["Hello!"],
        ["Hello!"],
        ["Dzień dobry!"],
    )
    assert [kind for kind, _ in await trail(inbox)] == ["said"] * 3


async def test_two_turns_that_settle_together_are_greeted_once(inbox: Inbox) -> None:
    await says_by_itself(inbox, greeting=HELLO)
    page = await inbox.a_page_line()
    at = now().timestamp()

    await page.delivers(page.message("Is it open on Sunday?", "m_1", at=at - 1_800))
    await page.delivers(page.message("And do you ship to Norway?", "m_2", at=at - 20))
    await settled(inbox)

    turns = await inbox.sql(
        "select turn_id from turns where workspace_id = %s and side = 'customer'", inbox.id
    )
    assert len(turns) == 2
    assert [m["text"] for m in await inbox.timeline() if m["side"] == "team"] == ["Hello!"]


async def test_outside_of_business_hours_the_away_message_wins(inbox: Inbox) -> None:
    opens = await is_closed(inbox)
    await says_by_itself(inbox, greeting=HELLO, away=AWAY)
    ana = await inbox.on_telegram("Ana")

    await ana.says("Is it open today?")
    await settled(inbox)
    await ana.says("Or tomorrow, is it open then?")
    await settled(inbox)

    assert await ana.sees() == [f"Back {opens:%A} 00:00."]
    assert (await inbox.bubble())["said_by"]["source"] == "away"


async def test_noise_is_neither_greeted_nor_told_that_nobody_is_there(inbox: Inbox) -> None:
    await is_closed(inbox)
    await says_by_itself(inbox, greeting=HELLO, away=AWAY)
    ana = await inbox.on_telegram("Ana")

    await ana.says("👍")
    await settled(inbox)

    assert await ana.sees() == []


async def test_to_whom_a_member_has_just_written_nothing_is_said(inbox: Inbox) -> None:
    await says_by_itself(inbox, greeting=HELLO)
    ana = await inbox.on_telegram("Ana")
    await ana.says("Is it open today?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], "Until six.", then_close=True)
    await settled(inbox)

    await ana.says("And on Sunday, is it open then?")
    await settled(inbox)

    assert await ana.sees() == ["Until six."]
    assert await trail(inbox) == []


async def test_a_burst_that_goes_on_is_waited_for(inbox: Inbox) -> None:
    await says_by_itself(inbox, greeting=HELLO)
    ana = await inbox.on_telegram("Ana")
    await ana.says("Is it open today?", "I mean the shop")
    await inbox.work()
    await inbox.sql(
        "update turns set arrived_first_at = arrived_last_at - interval '45 s' where workspace_id = %s",
        inbox.id,
    )

    await inbox.sql(
        "update jobs set due_at = now() where workspace_id = %s and kind = 'settle_turn'", inbox.id
    )
    await inbox.work()
    while_it_may_go_on = await inbox.texts()
    await inbox.all_due_now()
    await inbox.all_due_now()

    assert while_it_may_go_on == ["Is it open today?", "I mean the shop"]
    assert await ana.sees() == ["Hello!"]


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_the_order_of_fragments_there_is_one_greeting(inbox: Inbox, seed: int) -> None:
    await says_by_itself(inbox, greeting=HELLO)
    page = await inbox.a_page_line()
    at = now().timestamp() - 20
    fragments = [
        page.message(text, f"m_{nth}", at=at + nth) for nth, text in enumerate(("Is it", "open", "now?"))
    ]
    coming = [*fragments, *fragments]
    Random(seed).shuffle(coming)

    for each in coming:
        await page.delivers(each)
        await inbox.work()
    await settled(inbox)

    assert [m["text"] for m in await inbox.timeline() if m["side"] == "team"] == ["Hello!"]


async def test_a_crash_while_it_settles_leaves_none_and_the_next_try_one(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await says_by_itself(inbox, greeting=HELLO)
    ana = await inbox.on_telegram("Ana")
    await ana.says("Is it open today?")
    await inbox.work()
    entry = speaking._Speaker._entry

    def breaks(self: Any, *_: Any, **__: Any) -> None:
        monkeypatch.setattr(speaking._Speaker, "_entry", entry)
        raise RuntimeError("the power went off")

    monkeypatch.setattr(speaking._Speaker, "_entry", breaks)
    await inbox.all_due_now()
    await settled(inbox)

    assert await ana.sees() == ["Hello!"]
    assert await trail(inbox) == [("said", {"source": "greeting", "language": "en"})]


async def test_why_nothing_was_said_is_told_where_one_wonders(inbox: Inbox) -> None:
    house = (await inbox.maria.get("people"))["house"] | {"shifts": []}
    await inbox.maria.post("house", expect=204, **house)
    await says_by_itself(inbox, away=AWAY)
    ana = await inbox.on_telegram("Ana")

    await ana.says("Is it open today?")
    await settled(inbox)

    assert await ana.sees() == []
    assert await trail(inbox) == [("unsaid", {"source": "away", "why": "no_opening"})]


async def test_everybody_sees_what_is_said_and_who_may_manage_it_changes_it(inbox: Inbox) -> None:
    lena = await inbox.a_member("Lena", Role.MEMBER)
    await inbox.on_telegram("Ana")
    channel = (await inbox.maria.snapshot())["channels"][0]["id"]
    own = {"channel_id": channel, "greeting": HELLO, "away": None}
    await says_by_itself(inbox, away=AWAY, channels=[own], quiet_minutes=5)

    shown = await lena.get("automatic")
    refused = await lena.asks("POST", "automatic", json={"greeting": OFF, "away": OFF})
    wrong = await inbox.maria.asks("POST", "automatic", json={"greeting": AWAY, "away": OFF})

    assert (shown["away"], shown["channels"], shown["quiet_minutes"]) == (AWAY, [own], 5)
    assert refused.status_code == 403
    assert (wrong.status_code, list(wrong.json()["error"]["fields"])) == (422, ["greeting:en"])
