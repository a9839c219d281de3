"""The main job: a burst becomes one conversation, and the answer reaches the customer's phone."""

import pytest

from dragoman.simulator.acts import Read
from tests.inbox.house import House

COUNTS = {
    "waiting": 0,
    "unassigned": 0,
    "open": 0,
    "closed": 0,
    "snoozed": 0,
    "snoozed_waiting": 0,
    "window_closing": 0,
    "at_risk": 0,
    "shelved": 0,
    "owned": {},
    "teams": {},
}
BURST = ("hi again!", "which size is the one in your window", "and does it come in black?", "220 V?", "😉")


async def test_a_burst_on_telegram_is_one_waiting_row_and_its_answer_reaches_the_phone(house: House) -> None:
    maria = await house.a_member("Maria")
    await house.no_undo()
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")

    await house.simulator.says("telegram", bot.id, ana, *BURST)
    await house.work()

    snapshot = await maria.snapshot()
    (row,) = snapshot["rows"]["items"]
    assert snapshot["counts"] == COUNTS | {"waiting": 1, "unassigned": 1, "open": 1}
    assert row["preview"]["count"] == 5
    assert (row["preview"]["first"]["text"], row["preview"]["last"]["text"]) == (BURST[0], BURST[-1])
    opened = await maria.get(f"conversations/{row['id']}")
    assert [m["text"] for m in opened["timeline"]["items"]] == list(BURST)
    assert len({m["turn_id"] for m in opened["timeline"]["items"]}) == 1

    await maria.reply(row["id"], "60 cm, black too, and 220 V is fine.")
    await house.work()

    phone = await house.simulator.phone("telegram", bot.id, ana)
    assert phone.lines[-1].text == "60 cm, black too, and 220 V is fine."
    after = await maria.snapshot("all")
    assert after["counts"] == COUNTS | {"open": 1, "owned": {str(maria.membership.member_id): 1}}
    assert after["rows"]["items"][0]["waiting_for"] == "them"


async def test_a_burst_on_messenger_is_answered_and_the_echo_is_not_a_second_message(house: House) -> None:
    maria = await house.a_member("Maria")
    await house.no_undo()
    page = await house.a_page()
    jun = await house.simulator.new_customer("messenger", "Jun")

    await house.simulator.says("messenger", page.page_id, jun, *BURST)
    await house.work()
    (row,) = (await maria.snapshot())["rows"]["items"]
    await maria.reply(row["id"], "Yes, 220 V.")
    await house.work()
    await house.work()

    opened = await maria.get(f"conversations/{row['id']}")
    ours = [m for m in opened["timeline"]["items"] if m["side"] == "team"]
    assert [m["text"] for m in ours] == ["Yes, 220 V."]
    assert ours[0]["delivery"]["state"] in ("sent", "delivered", "read")
    assert row["contact"]["name"]


@pytest.mark.parametrize("by_page", [False, True])
async def test_a_burst_on_instagram_is_answered_whichever_way_the_account_logged_in(
    house: House, by_page: bool
) -> None:
    maria = await house.a_member("Maria")
    await house.no_undo()
    shop = await house.an_instagram(by_page=by_page)
    jun = await house.simulator.new_customer("instagram", "Jun", username="jun.kim")

    await house.simulator.says("instagram", shop.account, jun, *BURST)
    await house.work()
    (row,) = (await maria.snapshot())["rows"]["items"]
    await maria.reply(row["id"], "네, 220 V 있어요.")
    await house.work()
    await house.work()

    assert row["preview"]["count"] == 5
    assert (await house.simulator.phone("instagram", shop.account, jun)).lines[-1].text == "네, 220 V 있어요."
    opened = await maria.get(f"conversations/{row['id']}")
    texts = [m["text"] for m in opened["timeline"]["items"] if m["side"] == "team"]
    assert texts == ["네, 220 V 있어요."]
    assert (await maria.snapshot("all"))["rows"]["items"][0]["contact"]["name"] == "Jun"


async def test_a_burst_on_whatsapp_is_answered_and_the_answers_statuses_rise(house: House) -> None:
    maria = await house.a_member("Maria")
    await house.no_undo()
    number = await house.a_number()
    mei = await house.simulator.new_customer("whatsapp", "Mei")

    await house.simulator.says("whatsapp", number.number_id, mei, *BURST)
    await house.work()
    (row,) = (await maria.snapshot())["rows"]["items"]
    assert (row["preview"]["count"], row["contact"]["name"]) == (5, "Mei")
    await maria.reply(row["id"], "60 cm, black too, and 220 V is fine.")
    await house.work()
    await house.work()

    phone = await house.simulator.phone("whatsapp", number.number_id, mei)
    assert phone.lines[-1].text == "60 cm, black too, and 220 V is fine."
    opened = await maria.get(f"conversations/{row['id']}")
    ours = [m for m in opened["timeline"]["items"] if m["side"] == "team"]
    assert [m["delivery"]["state"] for m in ours] == ["delivered"]

    await house.simulator.does("whatsapp", number.number_id, mei, Read())
    await house.work()

    opened = await maria.get(f"conversations/{row['id']}")
    assert opened["timeline"]["items"][-1]["delivery"]["state"] == "read"
    after = await maria.snapshot("all")
    assert after["rows"]["items"][0]["waiting_for"] == "them"
