"""Everything that may happen in a workspace, each by its real way: the door, the API, or the platform's answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from dragoman.kit.ids import new_id
from dragoman.simulator.acts import Block, Edit, Press, React, Read, SendLocation, SendMedia, Start, Unblock
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.house import PATIENCE_SECONDS
from tests.laws.knocking import hook_of, knock
from tests.laws.scene import Customer, Scene, lost_answer, refusal
from tests.notifications.browser import ABrowser

Row = dict[str, Any]
Happening = Callable[[Scene], Awaitable[None]]


async def a_customer_writes(scene: Scene) -> None:
    await scene.says(scene.somebody(), "hi again", "one more thing…")


async def a_stranger_writes(scene: Scene) -> None:
    like = scene.somebody()
    simulator = scene.house.simulator
    customer = await simulator.new_customer(like.platform, "A stranger")
    await simulator.says(like.platform, like.account, customer, "is anybody there?")
    await scene.house.work()
    telegram = like.platform == "telegram"
    address = customer if telegram else await simulator.psid(like.account, customer)
    scene.customers.append(Customer(like.platform, like.account, customer, address))


async def a_message_comes_late(scene: Scene) -> None:
    """Between those that are there, so that turns are grouped again."""
    customer, simulator = scene.somebody(), scene.house.simulator
    for offset in (-3000, -1000, -2000, -2005):
        await simulator.post("/clock", offset_seconds=offset)
        await simulator.says(customer.platform, customer.account, customer.id, f"from {-offset} s ago")
    await simulator.post("/clock", offset_seconds=0)
    await scene.house.work()


async def a_customer_sends_a_picture(scene: Scene) -> None:
    await scene.does(scene.somebody(), SendMedia(kind="photo", caption="look"))


async def a_customer_sends_a_place(scene: Scene) -> None:
    await scene.does(scene.somebody(), SendLocation())


async def a_customer_edits(scene: Scene) -> None:
    customer = scene.somebody()
    (message,) = await scene.says(customer, "tpyo")
    await scene.does(customer, Edit(message=message, text="typo"))


async def a_quoted_message_is_edited(scene: Scene) -> None:
    """By the customer in their own later message, and by us in an answer."""
    customer = scene.somebody()
    (quoted,) = await scene.says(customer, "the blakc one")
    await scene.house.simulator.says(
        customer.platform, customer.account, customer.id, "this one, I mean", reply_to=quoted
    )
    await scene.house.work()
    opened = await scene.maria.get(f"conversations/{await scene.conversation_of(customer)}")
    ours = next(m["id"] for m in opened["timeline"]["items"] if m["text"] == "the blakc one")
    await scene.send(customer, "The black one, gladly.", reply_to=ours)
    await scene.does(customer, Edit(message=quoted, text="the black one"))


async def a_customer_takes_a_message_back(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    (mid,) = await scene.says(customer, "forget this")
    item = {
        "sender": {"id": customer.address},
        "recipient": {"id": customer.account},
        "timestamp": 1,
        "message": {"mid": mid, "is_deleted": True},
    }
    body = msgspec.json.encode({"object": "page", "entry": [{"id": customer.account, "messaging": [item]}]})
    answer = await knock(scene.house.http, await hook_of(scene.house, "messenger"), body)
    assert answer.status_code == 200
    await scene.house.work()


async def a_customer_reacts(scene: Scene) -> None:
    customer = scene.somebody()
    (message,) = await scene.says(customer, "I like this one")
    await scene.does(customer, React(message=message, emoji="❤️"))
    await scene.does(customer, React(message=message, emoji=None))
    await scene.does(customer, React(message=message, emoji="👍"))


async def a_customer_presses_start(scene: Scene) -> None:
    await scene.does(scene.somebody("telegram"), Start(payload="from-the-web-site"))


async def a_customer_presses_a_button(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    (message,) = await scene.says(customer, "which one?")
    await scene.does(customer, Press(message=message, data="BLACK", title="The black one"))


async def a_customer_blocks_us_and_comes_back(scene: Scene) -> None:
    customer = scene.somebody("telegram")
    await scene.does(customer, Block())
    await scene.does(customer, Unblock())


async def a_turn_settles(scene: Scene) -> None:
    await scene.says(scene.somebody(), "that was all")
    await scene.house.sql("update jobs set due_at = now() where kind = 'settle_turn'")
    await scene.house.work()


async def a_reply_waits_in_the_queue(scene: Scene) -> None:
    await scene.reply(scene.somebody(), "in a moment", expects_answer=True)


async def a_member_writes_a_draft(scene: Scene) -> None:
    """With a file, in two tabs that write over each other, and of it one is discarded."""
    customer = scene.somebody()
    path = f"conversations/{await scene.conversation_of(customer)}/drafts"
    answer = await scene.maria.asks("POST", "attachments", params={"name": "list.txt"}, content=b"beans")
    file = answer.json()["attachment"]["id"]
    draft, other = new_id(), new_id()
    await scene.maria.post(f"{path}/{draft}", version=0, text="We", attachment_ids=[file])
    await scene.maria.post(f"{path}/{draft}", version=1, text="We have", attachment_ids=[file])
    await scene.maria.post(f"{path}/{draft}", version=1, text="We sell", expects_answer=True)
    jonas_s = f"conversations/{await scene.conversation_of(scene.customers[0])}/drafts/{other}"
    await scene.jonas.post(jonas_s, version=0, text="I think that")
    await scene.jonas.post(f"{jonas_s}/discard")


async def a_draft_is_sent(scene: Scene) -> None:
    customer = scene.somebody()
    draft = new_id()
    path = f"conversations/{await scene.conversation_of(customer)}/drafts/{draft}"
    await scene.maria.post(path, version=0, text="Here they are.")
    await scene.reply(customer, "Here they are.", draft_id=str(draft))


async def a_reply_is_sent(scene: Scene) -> None:
    bubble = await scene.send(scene.somebody(), "60 cm, and black too.")
    await scene.expect(bubble, "sent")


async def a_reply_is_sent_and_read(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    await scene.send(customer, "It has 220 V.")
    await scene.does(customer, Read())


async def a_reply_closes_its_conversation(scene: Scene) -> None:
    await scene.send(scene.somebody(), "Goodbye!", then="close")


async def a_reply_fails_and_is_tried_again(scene: Scene) -> None:
    customer = scene.somebody()
    bubble = await scene.send_into_trouble(customer, "not like this", refusal(customer))
    await scene.expect(bubble, "failed")
    seq = (await scene.maria.snapshot())["seq"]
    await scene.maria.post(f"messages/{bubble}/retry", expect=202, seen_seq=seq)
    await scene.left(bubble)


async def a_reply_fails_and_is_discarded(scene: Scene) -> None:
    customer = scene.somebody()
    bubble = await scene.send_into_trouble(customer, "nor like this", refusal(customer))
    await scene.expect(bubble, "failed")
    await scene.maria.post(f"messages/{bubble}/discard", expect=200)


async def a_reply_is_taken_back(scene: Scene) -> None:
    await scene.house.sql("update workspaces set undo_seconds = 60")
    bubble = await scene.reply(scene.somebody(), "oops")
    await scene.house.sql("update workspaces set undo_seconds = 0")
    await scene.maria.post(f"messages/{bubble}/undo", expect=200)


async def a_reply_is_of_unknown_fate(scene: Scene) -> None:
    customer = scene.somebody("telegram")
    bubble = await scene.send_into_trouble(customer, "did you get this?", lost_answer(customer))
    await scene.expect(bubble, "unknown")


async def an_unknown_reply_has_arrived(scene: Scene) -> None:
    customer = scene.somebody("telegram")
    bubble = await scene.send_into_trouble(customer, "and this?", lost_answer(customer))
    await scene.expect(bubble, "unknown")
    await scene.maria.post(f"messages/{bubble}/resolve", expect=202, how="arrived")


async def an_unknown_reply_is_sent_again(scene: Scene) -> None:
    customer = scene.somebody("telegram")
    fault = Fault(
        Trouble.ERROR, "api", platform="telegram", method="sendMessage", status=502, message="Bad Gateway"
    )
    bubble = await scene.send_into_trouble(customer, "once more", fault)
    await scene.expect(bubble, "unknown")
    await scene.maria.post(f"messages/{bubble}/resolve", expect=202, how="send_again")
    await scene.left(bubble)


async def an_unknown_reply_is_asked_for(scene: Scene) -> None:
    """Messenger's echo stays away, so that its history is what tells."""
    customer, simulator = scene.somebody("messenger"), scene.house.simulator
    silence = await simulator.trouble(Fault(Trouble.STOP, "webhook", account=customer.account))
    lost = await simulator.trouble(lost_answer(customer))
    bubble = await scene.reply(customer, "is it there?")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await scene.state_of(bubble) in ("queued", "sending"):
            await scene.house.worker.work_off()
    await simulator.end_trouble(lost)
    await scene.expect(bubble, "unknown")
    await scene.maria.post(f"messages/{bubble}/resolve", expect=202, how="ask")
    await scene.house.worker.work_off()
    await scene.expect(bubble, "sent")
    await simulator.end_trouble(silence)
    await scene.house.work()


async def somebody_answers_in_the_page_inbox(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    await scene.house.simulator.post(
        "/page-inbox", account=customer.account, customer=customer.id, text="answered from the phone"
    )
    await scene.house.work()


async def another_app_takes_the_thread(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    where = {"account": customer.account, "customer": customer.id}
    await scene.house.simulator.post("/thread-owner", **where, app="263902037430900")
    await scene.says(customer, "while somebody else has it")
    await scene.house.simulator.post("/thread-owner", **where, app=None)
    await scene.says(customer, "and now it is ours")


async def a_member_closes(scene: Scene) -> None:
    customer = scene.somebody()
    seq = (await scene.maria.snapshot())["seq"]
    await scene.maria.post(f"conversations/{await scene.conversation_of(customer)}/close", seen_seq=seq)


async def a_member_reopens(scene: Scene) -> None:
    customer = scene.somebody()
    conversation = await scene.conversation_of(customer)
    seq = (await scene.maria.snapshot())["seq"]
    await scene.maria.post(f"conversations/{conversation}/close", seen_seq=seq)
    await scene.maria.post(f"conversations/{conversation}/reopen")


async def a_closed_conversation_is_written_to(scene: Scene) -> None:
    customer = scene.somebody()
    seq = (await scene.maria.snapshot())["seq"]
    await scene.maria.post(f"conversations/{await scene.conversation_of(customer)}/close", seen_seq=seq)
    await scene.says(customer, "but the box is broken")


async def a_member_reads(scene: Scene) -> None:
    """Each for themselves."""
    for reader, customer in ((scene.maria, scene.somebody()), (scene.jonas, scene.customers[0])):
        conversation = await scene.conversation_of(customer)
        opened = await reader.get(f"conversations/{conversation}")
        mark = opened["conversation"]["last_arrived_at"]
        await reader.post(f"conversations/{conversation}/read", read_up_to=mark)


async def a_member_marks_unread(scene: Scene) -> None:
    conversation = await scene.conversation_of(scene.customers[0])
    for reader in (scene.maria, scene.jonas):
        opened = await reader.get(f"conversations/{conversation}")
        mark = opened["conversation"]["last_arrived_at"]
        await reader.post(f"conversations/{conversation}/read", read_up_to=mark)
    await scene.maria.post(f"conversations/{conversation}/unread")


async def a_member_snoozes(scene: Scene) -> None:
    await scene.snoozes(scene.somebody())


async def a_member_snoozes_and_unsnoozes(scene: Scene) -> None:
    conversation = await scene.snoozes(scene.somebody())
    await scene.maria.post(f"conversations/{conversation}/unsnooze")


async def a_snoozed_customer_writes(scene: Scene) -> None:
    customer = scene.somebody()
    await scene.snoozes(customer)
    await scene.says(customer, "are you asleep?")


async def a_window_begins_to_close(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    await scene.says(customer, "are you still there?")
    await scene.time_passes(customer, hours=22)


async def a_window_that_closes_is_moved(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    await scene.says(customer, "hello?")
    await scene.time_passes(customer, hours=23)
    await scene.says(customer, "one more thing")


async def a_window_shuts(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    await scene.says(customer, "nobody there?")
    await scene.time_passes(customer, hours=22)
    await scene.time_passes(customer, hours=3)


async def a_snooze_is_over(scene: Scene) -> None:
    """One who waits is back, and one whom we had answered."""
    waiting, answered = scene.somebody("messenger"), scene.somebody("telegram")
    await scene.says(waiting, "and then?")
    await scene.send(answered, "Shall I ask again on Monday?")
    for customer in (waiting, answered):
        await scene.comes_back(await scene.snoozes(customer))


async def a_conversation_that_is_back_is_answered(scene: Scene) -> None:
    customer = scene.somebody()
    await scene.comes_back(await scene.snoozes(customer))
    await scene.send(customer, "Now we have it.")


async def a_member_takes_many_steps_at_once(scene: Scene) -> None:
    """Also ones that cannot be taken; and then all is undone."""
    seq = (await scene.maria.snapshot())["seq"]
    until = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    acts = [("close", "reopen"), ("snooze", "unsnooze"), ("read", "unread")]
    ids = [await scene.conversation_of(customer) for customer in scene.customers]
    steps = [(i, acts[nth % 3][0]) for nth, i in enumerate(ids)]
    back = [(i, acts[nth % 3][1]) for nth, i in enumerate(ids)]
    nobody = "00000000-0000-4000-8000-000000000000"
    for some in ([*steps, (nobody, "close")], back):
        asked = [{"conversation_id": i, "act": act, "until": until} for i, act in some]
        await scene.maria.post("conversations/bulk", steps=asked, seen_seq=seq)


async def a_profile_is_looked_up(scene: Scene) -> None:
    """Somebody whom the platform's webhooks do not name."""
    simulator = scene.house.simulator
    like = scene.somebody("messenger")
    customer = await simulator.new_customer("messenger", "Kari", last_name="Nordmann")
    await simulator.says("messenger", like.account, customer, "hei")
    await scene.house.work()


async def a_member_joins(scene: Scene) -> None:
    await scene.house.a_member(f"Newcomer{len(scene.house.people)}")


async def a_member_gets_another_role_and_name_and_leaves(scene: Scene) -> None:
    name = f"Passing{len(scene.house.people)}"
    passing = await scene.house.a_member(name)
    member = passing.membership.member_id
    await scene.maria.post(f"members/{member}/role", role="admin")
    conversation = await scene.conversation_of(scene.somebody())
    await passing.post(f"conversations/{conversation}/drafts/{new_id()}", version=0, text="I am off")
    await passing.post("/api/me/profile", name="Somebody Else", email=f"{name}@example.com", locale=None)
    await scene.maria.post(f"members/{member}/remove")


async def a_channel_is_connected(scene: Scene) -> None:
    await scene.house.a_bot(f"Bot {scene.chance.randrange(10_000)}")


async def those_of_a_channels_past_are_opened(scene: Scene) -> None:
    """A page is connected whose past holds three whom nobody answered: one is opened, two are and are put back."""
    simulator, page = scene.house.simulator, await scene.house.simulator.new_page("With a past")
    for name in ("Ada", "Bo", "Cleo"):
        person = await simulator.new_customer("messenger", name)
        await simulator.remembers(page.page_id, person, "until when?", hours_ago=30)
    fields = {"app_id": page.app_id, "app_secret": page.app_secret, "page_token": page.page_token}
    asked: Row = {"platform": "messenger", "fields": fields, "simulated": True}
    channel = (await scene.maria.post("channels", **asked))["channels"][0]["id"]
    await scene.house.work()
    offered = (await scene.maria.get(f"channels/{channel}/unanswered"))["items"]
    ids = [row["id"] for row in offered]
    assert len(ids) == 3
    await scene.maria.post(f"channels/{channel}/unanswered/open", conversation_ids=ids)
    await scene.maria.post(f"channels/{channel}/unanswered/put-back", conversation_ids=ids[1:])


async def a_channel_is_removed(scene: Scene) -> None:
    bot = await scene.house.a_bot("Short-lived")
    found = await scene.house.sql("select channel_id from channels where account = %s", bot.id)
    await scene.maria.post(f"channels/{found[0][0]}/remove")


async def a_channel_gets_into_trouble_and_out(scene: Scene) -> None:
    found = await scene.house.sql(
        "select channel_id from channels where account = %s", scene.customers[0].account
    )
    fault = Fault(
        Trouble.ERROR, "api", platform="telegram", method="getMe", status=401, message="Unauthorized"
    )
    number = await scene.house.simulator.trouble(fault)
    troubled = await scene.maria.post(f"channels/{found[0][0]}/check")
    await scene.house.simulator.end_trouble(number)
    healed = await scene.maria.post(f"channels/{found[0][0]}/check")
    assert (troubled["ok"], healed["ok"]) == (False, True)


async def channels_are_looked_after(scene: Scene) -> None:
    """One's delivery had ended and is begun anew, the tokens of all end soon, and then they do not."""
    await scene.house.simulator.post("/unsubscribe", account=scene.somebody("messenger").account)
    for left in (timedelta(days=5), timedelta(days=50)):
        await scene.house.sql("update connections set token_until = now() + %s::interval", left)
        await scene.house.sql(
            "update jobs set due_at = now() where kind in ('watch_connection', 'listen_to_channels')"
        )
        await scene.house.work()


async def a_conversation_is_labelled(scene: Scene) -> None:
    """By Maria, and by Jonas where he sees it; one label goes on, another one off again."""
    await labelled(scene, "refund", "fragile")
    conversation = await scene.conversation_of(scene.somebody())
    both = [row["id"] for row in (await scene.maria.get("labels"))["items"]][:2]
    await scene.maria.post(f"conversations/{conversation}/labels", put=both)
    await scene.maria.post(f"conversations/{conversation}/labels", take_off=both[:1])


async def a_channel_is_being_set_up(scene: Scene) -> None:
    """One is begun, written into and given up; another one stays."""
    for platform in ("telegram", "whatsapp"):
        begun = (await scene.maria.post("setups", platform=platform, simulated=True))["setup"]["id"]
        wanted = {"name": "verification", "asked": True, "granted": False}
        await scene.maria.asks("POST", f"setups/{begun}/approvals", json=wanted)
        if platform == "telegram":
            await scene.maria.post(f"setups/{begun}/give-up")


async def templates_are_looked_at(scene: Scene) -> None:
    """Those of a WhatsApp number: when it is connected, by a press, and when one was judged anew."""
    number = await scene.house.a_number("Templates")
    await scene.house.work()
    (channel,) = await scene.house.sql("select channel_id from channels where account = %s", number.number_id)
    await scene.maria.post(f"channels/{channel[0]}/templates/look")
    order = {"name": "how_was_it", "language": "en_US", "status": "APPROVED"}
    await scene.house.simulator.post("/numbers/template", account=number.waba_id, **order)
    await scene.house.work()


async def a_label_gets_another_name(scene: Scene) -> None:
    label = await labelled(scene, "lampps")
    await scene.maria.post(f"labels/{label}", name="lamps", colour="honey")


async def a_label_is_removed(scene: Scene) -> None:
    label = await labelled(scene, "short-lived", "also here")
    await scene.maria.post(f"labels/{label}/remove")


async def a_note_is_written(scene: Scene) -> None:
    """Maria mentions Jonas where he sees it, and a customer writes after it."""
    await noted(scene, f"is it in stock, <@{scene.jonas.membership.member_id}>?")
    await scene.says(scene.customers[0], "hello?")
    await scene.maria.post(
        f"conversations/{await scene.conversation_of(scene.somebody())}/notes", text="To be called back."
    )


async def a_note_is_edited_and_deleted(scene: Scene) -> None:
    """A mention comes with the edit, and goes with the words."""
    note = await noted(scene, "Somebody must look.")
    await scene.maria.post(
        f"notes/{note['id']}",
        text=f"Look, <@{scene.jonas.membership.member_id}> <@{scene.maria.membership.member_id}>",
    )
    other = await noted(scene, f"<@{scene.jonas.membership.member_id}>")
    await scene.maria.post(f"notes/{other['id']}", text="Nobody, after all.")
    await scene.maria.post(f"notes/{note['id']}/delete")


async def a_mention_is_seen(scene: Scene) -> None:
    note = await noted(scene, f"<@{scene.jonas.membership.member_id}>: yours")
    await scene.jonas.post(f"conversations/{note['conversation_id']}/mention-seen")


async def noted(scene: Scene, text: str) -> Row:
    """By Maria, in a conversation that Jonas sees."""
    conversation = await scene.conversation_of(scene.customers[0])
    made: Row = (await scene.maria.post(f"conversations/{conversation}/notes", text=text))["message"]
    return made


async def views_are_saved(scene: Scene) -> None:
    """One for everybody, one for oneself, one that is shared and taken back again, one that is removed."""
    wanted: Row = {"base": "waiting", "filter": {"unread": True}, "place": scene.chance.randrange(10)}
    await scene.maria.post("views", name="Ours", shared=True, **wanted)
    await scene.jonas.post("views", name="Mine", shared=False, **wanted)
    passing = await scene.jonas.post("views", name="Passing", shared=True, **wanted)
    await scene.jonas.post(f"views/{passing['id']}", name="Mine again", shared=False, **wanted)
    for gone in [row for row in (await scene.maria.snapshot())["saved_views"] if row["name"] == "Ours"][1:]:
        await scene.maria.post(f"views/{gone['id']}/remove")


async def labelled(scene: Scene, *names: str) -> str:
    """New labels, each on a conversation that Jonas sees and on one of anybody's; the id of the first."""
    ids = []
    for name in names:
        unique = f"{name} {scene.chance.randrange(10_000_000)}"
        ids.append((await scene.maria.post("labels", name=unique, colour="teal"))["id"])
    for customer in (scene.customers[0], scene.somebody()):
        await scene.maria.post(f"conversations/{await scene.conversation_of(customer)}/labels", put=ids)
    return str(ids[0])


async def a_member_is_told_of_a_turn(scene: Scene) -> None:
    """On a browser that cannot be reached: what is written down for it is what counts here."""
    browser, channels = ABrowser(), (await scene.maria.snapshot())["channels"]
    muted = [each["id"] for each in channels if each["platform"] == "telegram"]
    settings = {"who": "waiting", "shows": "words", "sound": True, "quiet": None, "muted": muted}
    await scene.maria.post("notifications/settings", expect=204, **settings)
    await scene.maria.post(
        "notifications/devices", expect=201, **browser.subscription("https://127.0.0.1:9/push")
    )
    await scene.says(scene.somebody("messenger"), "did you hear?")
    for _ in range(2):
        await scene.house.sql("update jobs set due_at = now() where kind in ('settle_turn', 'tell_turn')")
        await scene.house.work()


HAPPENINGS: tuple[Happening, ...] = (
    a_customer_writes, a_stranger_writes, a_message_comes_late, a_customer_sends_a_picture,
    a_customer_sends_a_place, a_customer_edits, a_customer_takes_a_message_back, a_customer_reacts,
    a_customer_presses_start, a_customer_presses_a_button, a_customer_blocks_us_and_comes_back, a_turn_settles,
    a_member_writes_a_draft, a_draft_is_sent,
    a_reply_waits_in_the_queue, a_reply_is_sent, a_reply_is_sent_and_read, a_reply_closes_its_conversation,
    a_reply_fails_and_is_tried_again, a_reply_fails_and_is_discarded, a_reply_is_taken_back,
    a_reply_is_of_unknown_fate, an_unknown_reply_has_arrived, an_unknown_reply_is_sent_again,
    an_unknown_reply_is_asked_for, somebody_answers_in_the_page_inbox, another_app_takes_the_thread,
    a_member_closes, a_member_reopens, a_closed_conversation_is_written_to, a_member_reads,
    a_member_marks_unread, a_member_snoozes, a_member_snoozes_and_unsnoozes, a_snoozed_customer_writes,
    a_snooze_is_over, a_window_begins_to_close, a_window_that_closes_is_moved, a_window_shuts,
    a_conversation_that_is_back_is_answered, a_member_takes_many_steps_at_once,
    a_profile_is_looked_up, a_member_joins, a_member_gets_another_role_and_name_and_leaves,
    a_note_is_written, a_note_is_edited_and_deleted, a_mention_is_seen, views_are_saved,
    a_channel_is_being_set_up, templates_are_looked_at, a_conversation_is_labelled,
    a_label_gets_another_name, a_label_is_removed,
    a_channel_is_connected, a_channel_is_removed, a_channel_gets_into_trouble_and_out,
    channels_are_looked_after,
    those_of_a_channels_past_are_opened,
    a_member_is_told_of_a_turn,
)  # fmt: skip
