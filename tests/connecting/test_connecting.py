"""Connecting a channel: tried at once, kept sealed, delivered to; refused in plain sentences."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from dragoman.access.model import Role
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import NewBot
from tests.inbox.inbox import Inbox

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


async def test_the_same_bot_cannot_be_connected_twice(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    await _connect(inbox, bot)

    again = await _connect(inbox, bot)

    assert (again.status_code, again.json()["error"]["code"]) == (409, "conflict")
    assert len(await _kept(inbox)) == 1
    ana = await inbox.on_telegram(bot=bot.id)
    await ana.says("still heard")
    await inbox.work()
    assert await inbox.texts() == ["still heard"]


async def test_a_platform_that_will_not_deliver_leaves_nothing_behind(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    trouble = Fault(kind=Trouble.ERROR, side="api", account=bot.id, method="setWebhook", times=1, status=400,
                    message="Bad Request: bad webhook: HTTPS url must be provided")  # fmt: skip
    await inbox.house.simulator.trouble(trouble)

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

    assert well == {"ok": True, "sentence": None}
    assert not ill["ok"]
    (shown,) = (await inbox.maria.snapshot())["channels"]
    assert (shown["state"], shown["trouble"]) == ("attention", ill["sentence"])


async def test_the_forms_of_all_platforms_say_what_is_secret(inbox: Inbox) -> None:
    platforms = {each["platform"]: each for each in await inbox.maria.get("/api/platforms")}

    assert set(platforms) == {"telegram", "messenger"}
    assert [(f["name"], f["secret"]) for f in platforms["telegram"]["fields"]] == [("token", True)]
    assert platforms["telegram"]["polls"]
    assert not platforms["messenger"]["polls"]


async def _connect(inbox: Inbox, bot: NewBot) -> httpx2.Response:
    return await inbox.maria.asks("POST", "channels", json=_form(bot))


def _form(bot: NewBot) -> dict[str, Any]:
    return {"platform": "telegram", "fields": {"token": bot.token}, "simulated": True}


async def _kept(inbox: Inbox) -> list[tuple[bytes | None, bool]]:
    """Of each connection: its sealed secrets, and whether it was removed."""
    found = await inbox.sql(
        "select secrets, removed_at is not null from connections where workspace_id = %s", inbox.id
    )
    return [(row[0], row[1]) for row in found]
