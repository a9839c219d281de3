"""Connecting a channel: tried at once, kept sealed, delivered to; refused in plain sentences."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from dragoman.access.model import Role
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import NewBot, NewPage
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_bot_is_connected_and_its_customers_are_heard(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot("Espresso & Co.")

    answer = await _connect(inbox, bot)
    ana = await inbox.on_telegram(bot=bot.id)
    await ana.says("hello")
    await inbox.work()

    (channel,) = answer.json()["channels"]
    assert answer.status_code == 201
    assert (channel["name"], channel["handle"]) == ("Espresso & Co.", f"@{bot.username}")
    assert (channel["state"], channel["trouble"], channel["simulated"]) == ("live", None, True)
    assert await inbox.texts() == ["hello"]


async def test_a_wrong_token_is_refused_in_a_plain_sentence_and_nothing_is_kept(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    wrong = NewBot(id=bot.id, token=bot.token[:-3] + "xyz", username=bot.username)

    answer = await _connect(inbox, wrong)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "platform_refused")
    assert error["message"].endswith(".")
    assert wrong.token not in answer.text
    assert await _kept(inbox) == []
    assert (await inbox.maria.snapshot())["channels"] == []


async def test_what_is_missing_from_the_form_is_named(inbox: Inbox) -> None:
    answer = await inbox.maria.asks(
        "POST", "channels", json={"platform": "messenger", "fields": {"app_id": "1"}, "simulated": True}
    )

    assert answer.status_code == 422
    assert set(answer.json()["error"]["fields"]) == {"app_secret", "page_token"}


async def test_an_unknown_platform_is_refused(inbox: Inbox) -> None:
    answer = await inbox.maria.asks("POST", "channels", json={"platform": "telex", "fields": {}})

    assert answer.status_code == 422


async def test_the_same_bot_connected_again_is_the_same_channel(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    first = await _connect(inbox, bot)

    again = await _connect(inbox, bot)

    assert again.status_code == 201
    assert _ids(again) == _ids(first)
    assert len(await _kept(inbox)) == 1
    ana = await inbox.on_telegram(bot=bot.id)
    await ana.says("still heard")
    await inbox.work()
    assert await inbox.texts() == ["still heard"]


async def test_a_new_token_in_place_of_a_dead_one_goes_on_with_the_same_conversations(inbox: Inbox) -> None:
    page = await inbox.house.simulator.new_page()
    (channel,) = _ids(await _connect_page(inbox, page, page.page_token))
    jun = await inbox.on_messenger(page=page.page_id)
    await jun.says("open today?")
    await inbox.work()
    conversation = (await inbox.row())["id"]
    await inbox.house.simulator.post("/revoke", token=page.page_token, subcode=460)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.work()
    (in_trouble,) = (await inbox.maria.snapshot())["channels"]

    renewed = await _connect_page(inbox, page, await _new_token(inbox, page))
    await inbox.maria.reply(conversation, "Until seven.")
    await inbox.until(lambda: _sees(jun, "Until seven."))
    await jun.says("and tomorrow?")
    await inbox.work()

    assert in_trouble["state"] == "attention"
    assert _ids(renewed) == [channel]
    (well,) = (await inbox.maria.snapshot())["channels"]
    assert (well["state"], well["trouble"]) == ("live", None)
    assert (await inbox.row())["id"] == conversation
    assert "and tomorrow?" in await inbox.texts()


async def test_connecting_again_repairs_what_an_interruption_left_half_done(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    first = await _connect(inbox, bot)
    await inbox.sql("update channels set state = 'testing' where workspace_id = %s", inbox.id)
    await inbox.house.http.post(f"{inbox.house.simulator.telegram_api}/bot{bot.token}/deleteWebhook")

    again = await _connect(inbox, bot)
    ana = await inbox.on_telegram(bot=bot.id)
    await ana.says("heard again")
    await inbox.work()

    assert _ids(again) == _ids(first)
    assert again.json()["channels"][0]["state"] == "live"
    assert await inbox.texts() == ["heard again"]


async def test_a_renewal_that_the_platform_will_not_deliver_to_keeps_the_channel_and_says_why(
    inbox: Inbox,
) -> None:
    bot = await inbox.house.simulator.new_bot()
    (channel,) = _ids(await _connect(inbox, bot))
    await inbox.house.simulator.trouble(_will_not_deliver(bot))

    refused = await _connect(inbox, bot)

    (shown,) = (await inbox.maria.snapshot())["channels"]
    assert refused.status_code == 422
    assert (shown["id"], shown["state"]) == (channel, "attention")
    assert shown["trouble"] == refused.json()["error"]["message"]


async def test_a_channel_whose_trouble_ends_is_live_again_by_itself(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("hello")
    await inbox.work()
    dead = Fault(kind=Trouble.ERROR, side="api", account=ana.account, status=401, message="Unauthorized")
    number = await inbox.house.simulator.trouble(dead)
    await inbox.maria.reply((await inbox.row())["id"], "Good morning")
    await inbox.work()
    await inbox.all_due_now()
    (ill,) = (await inbox.maria.snapshot())["channels"]

    await inbox.house.simulator.end_trouble(number)
    await inbox.all_due_now()

    (well,) = (await inbox.maria.snapshot())["channels"]
    assert (ill["state"], well["state"], well["trouble"]) == ("attention", "live", None)
    assert (
        await inbox.sql("select 1 from jobs where workspace_id = %s and kind = 'check_channel'", inbox.id)
        == []
    )


async def test_a_platform_that_will_not_deliver_leaves_nothing_behind(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    await inbox.house.simulator.trouble(_will_not_deliver(bot))

    refused = await _connect(inbox, bot)
    kept = await _kept(inbox)
    again = await _connect(inbox, bot)

    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "platform_refused")
    assert [(secrets, removed) for secrets, removed in kept] == [(None, True)]
    assert again.status_code == 201


async def test_a_member_who_is_no_admin_cannot_connect_or_remove(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await _connect(inbox, bot)
    (channel,) = (await jonas.snapshot())["channels"]

    connecting = await jonas.asks("POST", "channels", json=_form(await inbox.house.simulator.new_bot()))
    removing = await jonas.asks("POST", f"channels/{channel['id']}/remove")

    assert (connecting.status_code, removing.status_code) == (403, 403)
    assert len((await inbox.maria.snapshot())["channels"]) == 1


async def test_a_production_workspace_takes_no_simulated_channel(inbox: Inbox) -> None:
    await inbox.sql("update workspaces set kind = 'production' where workspace_id = %s", inbox.id)

    answer = await _connect(inbox, await inbox.house.simulator.new_bot())

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert await _kept(inbox) == []


@pytest.mark.parametrize("delivery", [None, "webhook", "polling"])
async def test_messenger_needs_an_address_that_facebook_can_reach(inbox: Inbox, delivery: str | None) -> None:
    fields = {"app_id": "1", "app_secret": "s", "page_token": "t"}

    answer = await inbox.maria.asks(
        "POST", "channels", json={"platform": "messenger", "fields": fields, "delivery": delivery}
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "needs_address")


async def test_what_is_removed_is_not_heard_any_more_and_its_secrets_are_gone(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    channel = (await _connect(inbox, bot)).json()["channels"][0]
    line = await inbox.bot_line(bot.id)

    removed = await inbox.maria.asks("POST", f"channels/{channel['id']}/remove")
    knocked = await line.posts(b"{}")
    hook = await inbox.house.http.get(f"{inbox.house.simulator.telegram_api}/bot{bot.token}/getWebhookInfo")

    assert removed.status_code == 204
    assert (await inbox.maria.snapshot())["channels"] == []
    assert [(secrets, gone) for secrets, gone in await _kept(inbox)] == [(None, True)]
    assert knocked.status_code == 404
    assert hook.json()["result"]["url"] == ""


async def test_what_came_in_before_a_removal_stays_readable_and_cannot_be_answered(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("hello")
    await inbox.work()
    row = await inbox.row()

    await inbox.maria.post(f"channels/{row['channel_id']}/remove", expect=204)
    refused = await inbox.try_to_reply(row["id"], "Hi!")

    assert await inbox.texts() == ["hello"]
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "cannot_send")


async def test_a_removed_bot_can_be_connected_anew(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    channel = (await _connect(inbox, bot)).json()["channels"][0]
    await inbox.maria.post(f"channels/{channel['id']}/remove", expect=204)

    again = await _connect(inbox, bot)

    assert again.status_code == 201
    assert again.json()["channels"][0]["id"] != channel["id"]


async def test_a_check_says_what_the_platform_says(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    channel = (await _connect(inbox, bot)).json()["channels"][0]
    well = await inbox.maria.post(f"channels/{channel['id']}/check", expect=200)
    refuses = Fault(kind=Trouble.ERROR, side="api", account=bot.id, status=401, message="Unauthorized")
    await inbox.house.simulator.trouble(refuses)

    ill = await inbox.maria.post(f"channels/{channel['id']}/check", expect=200)

    assert well == {"ok": True, "sentence": None, "wording": None}
    assert not ill["ok"]
    (shown,) = (await inbox.maria.snapshot())["channels"]
    assert (shown["state"], shown["trouble"]) == ("attention", ill["sentence"])


async def test_the_forms_of_all_platforms_say_what_is_secret(inbox: Inbox) -> None:
    platforms = {each["platform"]: each for each in await inbox.maria.get("/api/platforms")}

    assert {"telegram", "messenger", "instagram"} <= set(platforms)
    assert [(f["name"], f["secret"]) for f in platforms["telegram"]["fields"]] == [("token", True)]
    assert platforms["telegram"]["polls"]
    assert not platforms["messenger"]["polls"]


async def _connect(inbox: Inbox, bot: NewBot) -> httpx2.Response:
    return await inbox.maria.asks("POST", "channels", json=_form(bot))


def _ids(answer: httpx2.Response) -> list[str]:
    return [channel["id"] for channel in answer.json()["channels"]]


def _will_not_deliver(bot: NewBot) -> Fault:
    return Fault(
        kind=Trouble.ERROR,
        side="api",
        account=bot.id,
        method="setWebhook",
        times=1,
        status=400,
        message="Bad Request: bad webhook: HTTPS url must be provided",
    )


async def _connect_page(inbox: Inbox, page: NewPage, token: str) -> httpx2.Response:
    fields = {"app_id": page.app_id, "app_secret": page.app_secret, "page_token": token}
    return await inbox.maria.asks(
        "POST", "channels", json={"platform": "messenger", "fields": fields, "simulated": True}
    )


async def _new_token(inbox: Inbox, page: NewPage) -> str:
    """As the page's owner finds it beside the page."""
    simulator = inbox.house.simulator
    answer = await inbox.house.http.get(
        f"{simulator.graph_api}/me/accounts", params={"access_token": page.user_token}
    )
    return next(str(each["access_token"]) for each in answer.json()["data"] if each["id"] == page.page_id)


async def _sees(customer: Customer, text: str) -> bool:
    return text in await customer.sees()


def _form(bot: NewBot) -> dict[str, Any]:
    return {"platform": "telegram", "fields": {"token": bot.token}, "simulated": True}


async def _kept(inbox: Inbox) -> list[tuple[bytes | None, bool]]:
    """Of each connection: its sealed secrets, and whether it was removed."""
    found = await inbox.sql(
        "select secrets, removed_at is not null from connections where workspace_id = %s", inbox.id
    )
    return [(row[0], row[1]) for row in found]
