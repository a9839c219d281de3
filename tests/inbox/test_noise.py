"""Noise stops before it becomes work, and what answers us never is noise."""

from __future__ import annotations

import pytest

from dragoman.simulator.acts import Edit, React
from tests.inbox.inbox import Customer, Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_emoji_out_of_the_blue_opens_nothing_and_lies_on_the_shelf(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()

    await ana.says("🔥")
    await inbox.work()

    assert await inbox.rows() == []
    assert (await inbox.counts()).get("waiting", 0) == 0
    (item,) = await _shelf(inbox)
    assert (item["class"], item["fragments"][0]["text"], item["status"]) == ("emoji_only", "🔥", "unopened")
    assert (await inbox.counts())["shelved"] == 1


async def test_an_emoji_inside_a_turn_belongs_to_the_turn(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()

    await ana.says("the box", "is broken", "😉")
    await inbox.work()

    row = await inbox.row()
    assert (row["preview"]["count"], row["preview"]["last"]["text"]) == (3, "😉")
    assert await _shelf(inbox) == []


async def test_an_emoji_that_begins_a_turn_belongs_to_it_too_and_waits_since_then(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()

    await ana.says("🔥")
    await inbox.work()
    await ana.says("how much is it?")
    await inbox.work()

    row = await inbox.row()
    assert (row["waiting_for"], row["preview"]["count"], row["preview"]["first"]["text"]) == ("us", 2, "🔥")
    assert await _shelf(inbox) == []
    assert (await inbox.counts()).get("shelved", 0) == 0


async def test_thanks_after_closing_stay_closed_with_a_mark(inbox: Inbox) -> None:
    ana, conversation = await _answered_and_closed(inbox)

    await ana.says("감사합니다 🙏")
    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["wrote_after_closing"]) == ("closed", True)
    assert [item["conversation_id"] for item in await _shelf(inbox)] == [conversation]


async def test_thanks_with_a_complaint_reopen(inbox: Inbox) -> None:
    ana, _ = await _answered_and_closed(inbox)

    await ana.says("감사합니다, but the box is broken")
    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["waiting_for"], row["wrote_after_closing"]) == ("open", "us", False)


async def test_thanks_and_then_a_complaint_in_one_turn_wait_since_the_thanks(inbox: Inbox) -> None:
    ana, _ = await _answered_and_closed(inbox)
    await ana.says("감사합니다")
    await inbox.work()

    await ana.says("but the box is broken")
    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["preview"]["first"]["text"], row["preview"]["count"]) == (
        "open",
        "감사합니다",
        2,
    )


async def test_noise_in_an_open_conversation_makes_nobody_wait_and_moves_nothing(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("two coffees, please")
    await inbox.work()
    before = await inbox.row()
    await inbox.maria.reply(before["id"], "Here they are.")
    await inbox.work()
    answered = await inbox.row()

    await ana.says("👍")
    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["waiting_for"]) == ("open", "them")
    assert row["last_message_at"] == answered["last_message_at"]
    assert row["last_arrived_at"] == answered["last_arrived_at"]


async def test_a_thumb_after_our_question_waits_for_us(inbox: Inbox) -> None:
    ana = await _asked(inbox, "Friday 2 pm?")

    await ana.says("👍")
    await inbox.work()

    row = await inbox.row()
    assert (row["waiting_for"], row["preview"]["first"]["text"]) == ("us", "👍")
    assert await _shelf(inbox) == []


async def test_what_follows_the_answer_is_noise_again(inbox: Inbox) -> None:
    ana = await _asked(inbox, "Friday 2 pm?")
    await ana.says("👍")
    await inbox.work()
    await _long_ago(inbox)

    await ana.says("😊")
    await inbox.work()

    assert (await inbox.row())["preview"]["count"] == 1
    assert [item["fragments"][0]["text"] for item in await _shelf(inbox)] == ["😊"]


async def test_a_reaction_to_our_question_waits_with_what_it_answers(inbox: Inbox) -> None:
    ana = await _asked(inbox, "Friday 2 pm?")
    question = next(line.id for line in await ana.screen() if line.text == "Friday 2 pm?")

    await ana.does(React(question, "👍"))
    await inbox.work()

    row = await inbox.row()
    first = row["preview"]["first"]
    assert (row["waiting_for"], first["text"], first["kind"]) == ("us", "👍", "reaction")
    assert first["to"] == "Friday 2 pm?"
    assert row["waiting_since"] == row["preview"]["at"]
    assert await _shelf(inbox) == []


async def test_a_reaction_that_is_taken_back_answers_nothing(inbox: Inbox) -> None:
    ana = await _asked(inbox, "Friday 2 pm?", await inbox.on_messenger())
    question = next(line.id for line in await ana.screen() if line.text == "Friday 2 pm?")
    asked_at = (await inbox.row())["last_message_at"]
    await ana.does(React(question, "👍"))
    await inbox.work()
    assert (await inbox.row())["last_message_at"] > asked_at

    await ana.does(React(question))
    await inbox.work()

    row = await inbox.row()
    assert (row["waiting_for"], row["last_message_at"]) == ("them", asked_at)
    assert await _shelf(inbox) == []


async def test_a_reaction_to_what_was_no_question_is_noise(inbox: Inbox) -> None:
    ana = await _asked(inbox, "It is on its way.")
    told = next(line.id for line in await ana.screen() if line.text == "It is on its way.")

    await ana.does(React(told, "❤"))
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "them"
    (item,) = await _shelf(inbox)
    assert (item["kind"], item["reaction"]["emoji"], item["reaction"]["to"]) == (
        "reaction",
        "❤",
        "It is on its way.",
    )


async def test_noise_that_is_edited_into_words_opens(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    (emoji,) = await ana.says("🔥")
    await inbox.work()

    await ana.does(Edit(emoji, "how much is it?"))
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "us"
    assert await _shelf(inbox) == []


async def test_what_is_opened_from_the_shelf_waits_since_it_was_said_and_can_be_put_back(
    inbox: Inbox,
) -> None:
    ana = await inbox.on_telegram()
    await ana.says("🔥")
    await inbox.work()
    (item,) = await _shelf(inbox)

    opened = await inbox.maria.asks("POST", f"shelf/{item['id']}/open")

    assert opened.status_code == 204
    row = await inbox.row()
    assert (row["status"], row["waiting_for"], row["waiting_since"]) == ("open", "us", item["at"])
    assert await _shelf(inbox) == []

    put_back = await inbox.maria.asks("POST", f"shelf/{item['id']}/put-back")

    assert put_back.status_code == 204
    assert await inbox.rows() == []
    assert [each["id"] for each in await _shelf(inbox)] == [item["id"]]


async def test_thanks_opened_from_the_shelf_bring_only_themselves_back(inbox: Inbox) -> None:
    ana, _ = await _answered_and_closed(inbox)
    await ana.says("감사합니다")
    await inbox.work()
    (item,) = await _shelf(inbox)

    await inbox.maria.asks("POST", f"shelf/{item['id']}/open")

    row = await inbox.row()
    assert (row["status"], row["preview"]["count"], row["preview"]["first"]["text"]) == (
        "open",
        1,
        "감사합니다",
    )

    await inbox.maria.asks("POST", f"shelf/{item['id']}/put-back")

    assert (await inbox.row())["status"] == "closed"


async def _asked(inbox: Inbox, words: str, ana: Customer | None = None) -> Customer:
    ana = ana or await inbox.on_telegram()
    await ana.says("when can I come?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], words)
    await inbox.work()
    return ana


async def _answered_and_closed(inbox: Inbox) -> tuple[Customer, str]:
    ana = await _asked(inbox, "It is on its way.")
    conversation = str((await inbox.row())["id"])
    await inbox.maria.asks(
        "POST", f"conversations/{conversation}/close", json={"seen_seq": await inbox.seq()}
    )
    return ana, conversation


async def _long_ago(inbox: Inbox) -> None:
    """What was said so far was said a minute earlier: what comes now begins a turn of its own."""
    await inbox.sql(
        "update messages set sent_at = sent_at - interval '1 minute' where workspace_id = %s", inbox.id
    )
    await inbox.sql(
        """update conversations set last_message_at = last_message_at - interval '1 minute',
           first_unanswered_at = first_unanswered_at - interval '1 minute',
           last_unanswered_at = last_unanswered_at - interval '1 minute' where workspace_id = %s""",
        inbox.id,
    )
    await inbox.sql(
        """update turns set first_at = first_at - interval '1 minute', last_at = last_at - interval '1 minute'
           where workspace_id = %s""",
        inbox.id,
    )


async def _shelf(inbox: Inbox) -> list[Row]:
    answer = await inbox.maria.asks("GET", "shelf")
    assert answer.status_code == 200, answer.text
    found: list[Row] = answer.json()["items"]
    return found
