"""Everything that may happen in a workspace, each by its real way: the door, the API, or the platform's answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from dragoman.channels.events import choice_payload
from dragoman.conversations import store as conversations
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.outbound.automatic import Source, Words, say
from dragoman.rules.acting import run_rules
from dragoman.settling.facts import SettledTurn
from dragoman.simulator.acts import (
    Block,
    Edit,
    Press,
    QuickReply,
    React,
    Read,
    SendLocation,
    SendMedia,
    Start,
    Unblock,
)
from dragoman.simulator.faults import Fault, Trouble
from dragoman.team.acting import route_turns
from dragoman.webhooks.call_store import CALL_WEBHOOK
from dragoman.work import jobs
from tests.inbox.house import PATIENCE_SECONDS
from tests.laws.knocking import hook_of, knock
from tests.laws.scene import Customer, Scene, lost_answer, refusal
from tests.notifications.browser import ABrowser
from tests.rules.given import a_turn

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


async def a_choice_is_offered_and_pressed(scene: Scene) -> None:
    customer = scene.somebody("messenger")
    question = await scene.send(customer, "In which colour?", choices=["Black", "White"])
    await scene.expect(question, "sent")
    await scene.does(customer, QuickReply(title="White", payload=choice_payload(question, 1)))


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


async def a_day_of_the_ledger_is_looked_up(scene: Scene) -> None:
    """Nothing is missing: there is no alarm of it."""
    await scene.maria.post(f"ledger/{datetime.now(UTC).date()}/check", 204)
    await scene.house.work()


async def an_evening_comes(scene: Scene) -> None:
    """It began a minute ago where Maria is; no mail server is set, so that the line stands in the app alone."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    evening = {"days": [1, 2, 3, 4, 5, 6, 7], "minute": at.hour * 60 + at.minute, "zone": "UTC"}
    await scene.maria.post("evening", 204, evening=evening, locale="en")
    await scene.house.sql("update jobs set due_at = now() where kind = 'evening'")
    await scene.house.work()


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
    await passing.post(f"conversations/{conversation}/assign", owner_id=str(member))
    await passing.post(f"conversations/{conversation}/drafts/{new_id()}", version=0, text="I am off")
    await passing.post("/api/me/profile", name="Somebody Else", email=f"{name}@example.com", locale=None)
    await scene.maria.post(f"members/{member}/remove")


async def members_are_here_and_away(scene: Scene) -> None:
    """Who is here is written down a moment after they said so."""
    for member in (scene.maria, scene.jonas):
        await member.post("here", expect=204)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await scene.house.sql(  # noqa: ASYNC110 the database is asked
            "select from members m left join member_presence p using (workspace_id, member_id)"
            " where member_id = any(%s) and here_since is null",
            [each.membership.member_id for each in (scene.maria, scene.jonas)],
        ):
            await asyncio.sleep(0.05)
    await scene.jonas.post("people/away", expect=204, is_away=True)
    await scene.maria.post("people/away", expect=204, is_away=True)
    await scene.maria.post("people/away", expect=204, is_away=False)


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


async def conversations_are_assigned(scene: Scene) -> None:
    """Taken, given to a colleague and to a team's queue, handed back, and many at once, some of which cannot be."""
    team = await a_team(scene, "Returns")
    conversations = [await scene.conversation_of(each) for each in scene.customers[:3]]
    maria, jonas = str(scene.maria.membership.member_id), str(scene.jonas.membership.member_id)
    first = f"conversations/{conversations[0]}/assign"
    await scene.jonas.post(first, expect=204, owner_id=jonas)
    await scene.maria.post(first, expect=204, owner_id=maria)
    await scene.maria.post(
        f"conversations/{conversations[1]}/assign", expect=204, owner_id=None, team_id=team
    )
    await scene.maria.post(first, expect=204, owner_id=None)
    given = {"act": "assign", "owner_id": jonas}
    steps = [{"conversation_id": each, **given} for each in conversations]
    steps += [{"conversation_id": conversations[2], "act": "assign", "owner_id": maria, "team_id": team}]
    await scene.maria.post("conversations/bulk", expect=200, steps=steps, seen_seq=0)


async def conversations_are_prioritised(scene: Scene) -> None:
    conversations = [await scene.conversation_of(each) for each in scene.customers[:3]]
    given = ["urgent", "low", "high"]
    steps = [
        {"conversation_id": each, "act": "prioritise", "priority": priority}
        for each, priority in zip(conversations, given, strict=False)
    ]
    await scene.maria.post("conversations/bulk", expect=200, steps=steps, seen_seq=0)
    await scene.jonas.post("conversations/bulk", expect=200, steps=steps[:1], seen_seq=0)


async def turns_find_who_speaks_their_language(scene: Scene) -> None:
    """One does, one is what nobody speaks and an alarm, until somebody says that they do."""
    korean = {"languages": [{"language": "ko", "level": "native"}], "capacity": 1000}
    await scene.jonas.post(f"people/{scene.jonas.membership.member_id}", expect=204, **korean)
    turns = [await _settled(scene, scene.customers[nth], said) for nth, said in enumerate(("ko", "pl"))]
    async with scene.house.database.transaction(scene.house.workspace_id) as tx:
        await route_turns(tx, turns)
    also = {"languages": [{"language": "pl", "level": "reads"}]}
    await scene.maria.post(f"people/{scene.maria.membership.member_id}", expect=204, **also)


async def _settled(scene: Scene, customer: Customer, language: str) -> SettledTurn:
    """What they wrote last, as it would be known once it has settled; they wait, and nobody has them."""
    await scene.says(customer, f"something in {language}")
    conversation = await scene.conversation_of(customer)
    await scene.maria.post(f"conversations/{conversation}/assign", expect=204, owner_id=None, team_id=None)
    row = (await scene.maria.get(f"conversations/{conversation}"))["conversation"]
    return a_turn(
        language=language,
        conversation_id=UUID(conversation),
        channel_id=UUID(row["channel_id"]),
        turn_id=new_id(),
    )


async def a_team_is_made_changed_and_removed(scene: Scene) -> None:
    """Another stays, with a conversation in its queue."""
    gone, stays = await a_team(scene, "Night shift"), await a_team(scene, "Front desk")
    somebody = await scene.conversation_of(scene.somebody())
    for team in (gone, stays, gone):
        await scene.maria.post(f"conversations/{somebody}/assign", expect=204, team_id=team)
    lena = str(scene.lena.membership.member_id)
    name = f"Early shift {len(await _teams(scene))}"
    await scene.maria.post(f"teams/{stays}", expect=204, name=name, member_ids=[lena])
    await scene.maria.post(f"teams/{gone}/remove", expect=204)


async def a_team(scene: Scene, name: str) -> str:
    """With Jonas and Maria in it; a number keeps its name apart."""
    members = [str(each.membership.member_id) for each in (scene.maria, scene.jonas)]
    unique = f"{name} {len(await _teams(scene))}"
    made = await scene.maria.post("teams", expect=201, name=unique, member_ids=members)
    return str(made["id"])


async def _teams(scene: Scene) -> list[Row]:
    found: list[Row] = (await scene.maria.snapshot())["teams"]
    return found


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


async def rules_are_made(scene: Scene) -> None:
    """One that is changed and switched, put before another, and brought back to what it was; the other is removed."""
    label = await labelled(scene, "by a rule")
    kept, gone = [
        await scene.maria.post("rules", expect=201, **a_rule(name, {"do": "label", "value": [label]}))
        for name in ("Kept", "Gone")
    ]
    await scene.maria.post(f"rules/{kept['id']}/switch", enabled=False)
    await scene.maria.post(f"rules/{kept['id']}", **a_rule("Kept", {"do": "close", "value": None}), version=2)
    others = [each["id"] for each in (await scene.maria.get("rules"))["items"]]
    await scene.maria.post("rules/order", ids=others[::-1])
    await scene.maria.post(f"rules/{kept['id']}/restore", version=2)
    await scene.maria.post(f"rules/{gone['id']}/remove")


async def a_rule_acts(scene: Scene) -> None:
    """About a turn that settles: it labels the conversation, which has not got that label, and closes it."""
    label = await a_label(scene, "acted")
    actions: list[Row] = [{"do": "label", "value": [label]}, {"do": "close", "value": None}]
    rule = await scene.maria.post("rules", expect=201, **a_rule("Acts", *actions))
    turn = await a_turn_of_somebody(scene)
    async with scene.house.database.transaction(scene.house.workspace_id) as tx:
        await run_rules(tx, [turn])
    await scene.maria.post(f"rules/{rule['id']}/remove")


async def a_webhook_is_called(scene: Scene) -> None:
    """By a rule, in the transaction of its turn; nobody outside hears of it here. Others are renamed and removed."""
    wanted: Row = {"name": "CRM", "address": "https://crm.example.net/"}
    webhook = await scene.maria.post("webhooks", expect=201, **wanted)
    await scene.maria.post(f"webhooks/{webhook['id']}", **{**wanted, "name": "The CRM"})
    await scene.maria.post(f"webhooks/{webhook['id']}/secret", expect=201)
    rule = await scene.maria.post(
        "rules", expect=201, **a_rule("Tells", {"do": "call", "value": [webhook["id"]]})
    )
    turn = await a_turn_of_somebody(scene)
    async with scene.house.database.transaction(scene.house.workspace_id) as tx:
        await run_rules(tx, [turn])
        await jobs.done(tx, CALL_WEBHOOK, [UUID(webhook["id"])])
    await scene.maria.post(f"rules/{rule['id']}/remove")
    for gone in (await scene.maria.get("webhooks"))["items"][1:]:
        await scene.maria.post(f"webhooks/{gone['id']}/remove")


async def a_turn_of_somebody(scene: Scene) -> SettledTurn:
    """With the words that rules of a scene wait for."""
    conversation = await scene.conversation_of(scene.somebody())
    (found,) = await scene.house.sql(
        "select channel_id, last_turn_id from conversations where conversation_id = %s", conversation
    )
    return a_turn("abracadabra", turn_id=found[1], conversation_id=UUID(conversation), channel_id=found[0])


async def the_house_says_something(scene: Scene) -> None:
    """By itself, once for an answer and once not, and it leaves."""
    customer = scene.somebody()
    await scene.says(customer, "is anybody there?")
    conversation = UUID(await scene.conversation_of(customer))
    for answers in (False, True):
        words = Words(text="We have read it.", source=Source.RULE, key=new_id().hex, answers=answers)
        async with scene.house.database.transaction(scene.house.workspace_id) as tx:
            before = await conversations.lock_one(tx, conversation)
            assert before is not None
            said = await say(tx, before, words, now())
            await conversations.record(tx, before, said.conversation)
        await scene.house.work()


async def a_customer_is_greeted(scene: Scene) -> None:
    hello = {"is_on": True, "texts": [{"language": "en", "text": "Hello!"}]}
    nothing: Row = {"is_on": False, "texts": []}
    await scene.maria.post("automatic", expect=204, greeting=hello, away=nothing, quiet_minutes=0)
    await a_stranger_writes(scene)
    await scene.house.sql("update jobs set due_at = now() where kind = 'settle_turn'")
    await scene.house.work()
    await scene.maria.post("automatic", expect=204, greeting=nothing, away=nothing)


async def what_a_rule_did_is_taken_back(scene: Scene) -> None:
    """A label, from a conversation that it was put on by a rule."""
    await a_rule_acts(scene)
    ((conversation, entry),) = await scene.house.sql(
        "select conversation_id, entry_id from trail where cause = 'rule' and kind = 'label'"
        " order by entry_id desc limit 1"
    )
    await scene.maria.post(f"conversations/{conversation}/trail/{entry}/revert", expect=204)


async def a_rule_is_rehearsed(scene: Scene) -> None:
    """On all that has settled so far: it finds something."""
    await scene.house.sql("update jobs set due_at = now() where kind = 'settle_turn'")
    await scene.house.work()
    content = a_rule("Tried", {"do": "close", "value": None}, all=[])
    await scene.maria.post("rehearsals", expect=201, content=content, days=90)
    await scene.house.work()


def a_rule(name: str, *actions: Row, **more: Any) -> Row:
    """Of a turn with these words alone, so that nothing else in a scene sets it off."""
    words = {"fact": "text", "op": "contains", "value": ["abracadabra"]}
    content: Row = {
        "name": name,
        "trigger": "turn_settled",
        "after": None,
        "enabled": True,
        "all": [words],
        "any": [],
        "none": [],
    }
    return {**content, "actions": list(actions), "stop": False, **more}


async def labelled(scene: Scene, *names: str) -> str:
    """New labels, each on a conversation that Jonas sees and on one of anybody's; the id of the first."""
    ids = [await a_label(scene, name) for name in names]
    for customer in (scene.customers[0], scene.somebody()):
        await scene.maria.post(f"conversations/{await scene.conversation_of(customer)}/labels", put=ids)
    return ids[0]


async def a_label(scene: Scene, name: str) -> str:
    """A new one, on nothing yet."""
    unique = f"{name} {scene.chance.randrange(10_000_000)}"
    return str((await scene.maria.post("labels", name=unique, colour="teal"))["id"])


async def noise_comes_and_is_opened(scene: Scene) -> None:
    """It lies on the shelf, is taken off, put back; on one channel it is wanted after that."""
    like, simulator = scene.somebody(), scene.house.simulator
    stranger = await simulator.new_customer(like.platform, "Somebody who likes it")
    await simulator.says(like.platform, like.account, stranger, "🔥")
    await scene.house.work()
    item = (await scene.maria.get("shelf"))["items"][0]
    await scene.maria.post(f"shelf/{item['id']}/open", expect=204)
    await scene.maria.post(f"shelf/{item['id']}/put-back", expect=204)
    await scene.maria.post(f"channels/{item['channel_id']}/noise", expect=200, opening=["sticker"])


async def a_reaction_answers_our_question(scene: Scene) -> None:
    customer = scene.somebody("telegram")
    await scene.says(customer, "when can I come?")
    await scene.send(customer, "Friday, 2 pm?")
    phone = await scene.house.simulator.phone(customer.platform, customer.account, customer.id)
    question = next(line.id for line in reversed(phone.lines) if line.text == "Friday, 2 pm?")
    await scene.does(customer, React(message=question, emoji="👍"))
    await scene.does(customer, React(message=question, emoji=None))
    await scene.does(customer, React(message=question, emoji="👍"))


async def a_language_is_found_and_corrected(scene: Scene) -> None:
    customer = scene.somebody()
    await scene.says(customer, "안녕하세요, 배송은 얼마나 걸리나요?")
    await scene.house.sql("update jobs set due_at = now() where kind = 'settle_turn'")
    await scene.house.work()
    opened = await scene.maria.get(f"conversations/{await scene.conversation_of(customer)}")
    contact = opened["conversation"]["contact"]["id"]
    await scene.maria.post(f"contacts/{contact}/language", expect=204, language="ja")
    await scene.maria.post(f"contacts/{contact}/language", expect=204, language=None)


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


async def somebody_is_answered_too_late(scene: Scene) -> None:
    """One waits until it is at risk, another until it is overdue, and is answered then; levels come, move and go."""
    whom: Row = {"channel_ids": [], "languages": [], "label_ids": [], "priorities": []}
    promise = {"first_reply": 600, "next_reply": 600, "measured": "calendar", "warned": 60, **whom}
    made = [
        (await scene.maria.post("service-levels", expect=201, name=name, **promise))["id"]
        for name in ("Everybody", "Nobody else")
    ]
    there = [each["id"] for each in (await scene.maria.get("service-levels"))["items"]]
    await scene.maria.post("service-levels/order", expect=204, ids=there[::-1])
    await scene.house.work()
    at_risk, overdue = scene.somebody("messenger"), scene.somebody("telegram")
    for customer, minutes in ((at_risk, 30), (overdue, -1)):
        await scene.says(customer, "is anybody there?")
        await scene.house.sql(
            """update conversations set service_at_risk_at = now() - interval '1 minute',
                                        service_due_at = now() + make_interval(mins => %s)
               where conversation_id = %s and service_level_id is not null""",
            minutes,
            await scene.conversation_of(customer),
        )
        await scene.house.sql("update jobs set due_at = now() where kind = 'service'")
        await scene.house.work()
    await scene.send(overdue, "We are sorry that it took so long.")
    await scene.maria.post(
        f"service-levels/{made[0]}", expect=204, name="All", **promise | {"first_reply": 900}
    )
    await scene.maria.post(f"service-levels/{made[1]}/remove", expect=204)
    await scene.house.work()


HAPPENINGS: tuple[Happening, ...] = (
    a_customer_writes, a_stranger_writes, a_message_comes_late, a_customer_sends_a_picture,
    a_customer_sends_a_place, a_customer_edits, a_customer_takes_a_message_back, a_customer_reacts,
    a_customer_presses_start, a_customer_presses_a_button, a_choice_is_offered_and_pressed,
    a_customer_blocks_us_and_comes_back, a_turn_settles,
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
    noise_comes_and_is_opened, a_reaction_answers_our_question, a_language_is_found_and_corrected,
    rules_are_made, a_rule_acts, what_a_rule_did_is_taken_back, a_rule_is_rehearsed,
    the_house_says_something, a_customer_is_greeted, a_webhook_is_called,
    a_channel_is_being_set_up, templates_are_looked_at, a_conversation_is_labelled,
    conversations_are_assigned, conversations_are_prioritised, turns_find_who_speaks_their_language,
    members_are_here_and_away, a_team_is_made_changed_and_removed, a_label_gets_another_name, a_label_is_removed,
    a_channel_is_connected, a_channel_is_removed, a_channel_gets_into_trouble_and_out,
    channels_are_looked_after,
    those_of_a_channels_past_are_opened,
    a_member_is_told_of_a_turn, an_evening_comes, a_day_of_the_ledger_is_looked_up,
    somebody_is_answered_too_late,
)  # fmt: skip
