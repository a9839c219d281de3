"""From an empty workspace to a living channel, for every platform, and what is said where it does not go on."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import msgspec
import pytest

from dragoman.access.model import Role
from dragoman.kit.errors import Refused
from dragoman.setups.actions import guided
from dragoman.setups.checking import Checking, check_all
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox
from tests.serving import free_port
from tests.setups.guide import ACCOUNTS, Guide, setups

pytestmark = pytest.mark.asyncio(loop_scope="session")

every_platform = pytest.mark.parametrize("which", ACCOUNTS)


@every_platform
async def test_an_empty_workspace_comes_to_a_living_channel_step_by_step(inbox: Inbox, which: str) -> None:
    guide = await (await Guide.to(inbox, which)).begin()
    begun = guide.state

    await guide.write_all()
    checks = await guide.check()
    tested = guide.state
    customer = Customer(
        inbox, guide.platform, guide.account, await inbox.house.simulator.new_customer(guide.platform)
    )
    await customer.says("hello?")
    await inbox.work()
    heard = await guide.look()
    await inbox.maria.reply(guide.shown["conversation_id"], "Good morning!")
    await inbox.until(lambda: customer.sees())
    await inbox.work()
    answered = await guide.look()

    assert (begun, tested, guide.state) == ("waiting_for_you", "testing", "live")
    assert {name: each["outcome"] for name, each in checks.items()} == {
        "credentials": "ok",
        "rights": "ok",
        "address": "ok",
        "delivery": "ok",
    }
    assert ("heard" in heard, "answered" in heard, "answered" in answered) == (True, False, True)
    (channel,) = (await inbox.maria.snapshot())["channels"]
    assert (channel["state"], channel["simulated"]) == ("live", True)
    assert (await setups(inbox))[0]["channel_ids"] == [channel["id"]]


@every_platform
async def test_a_step_says_at_once_what_its_fields_lead_to(inbox: Inbox, which: str) -> None:
    guide = await (await Guide.to(inbox, which)).begin()

    found = [(await guide.write(step)).json()["found"] for step in await guide.steps()]

    names = [name for each in found for name in each]
    assert names[-1]
    assert guide.platform == "telegram" or "Espresso & Co. inbox" in names


WRONG = {
    "telegram": "token",
    "messenger": "page_token",
    "instagram": "instagram_token",
    "instagram by Page": "page_token",
    "whatsapp": "access_token",
}


@every_platform
async def test_a_wrong_token_is_told_at_its_step_and_nothing_is_connected(inbox: Inbox, which: str) -> None:
    guide = await (await Guide.to(inbox, which)).begin()
    token = WRONG[which]
    wrong = guide.fields[token][:-3] + "xyz"

    for step in await guide.steps():
        refused = await guide.write(step, **{token: wrong})
        if refused.status_code != 200:
            break

    assert (await inbox.maria.get(f"setups/{guide.id}"))["setup"]["step"] == step["name"]
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "platform_refused")
    assert refused.json()["error"]["wording"] is not None
    assert wrong not in refused.text
    assert (await inbox.maria.snapshot())["channels"] == []


@every_platform
async def test_an_expired_token_is_told_by_the_checks(inbox: Inbox, which: str) -> None:
    guide = await (await Guide.to(inbox, which)).begin()
    await guide.write_all()
    await _expire(inbox, guide, which)

    checks = await guide.check()

    assert list(checks) == ["credentials"]
    assert checks["credentials"]["outcome"] == "failed"
    assert checks["credentials"]["wording"] is not None
    assert guide.state == "waiting_for_you"


async def _expire(inbox: Inbox, guide: Guide, which: str) -> None:
    simulator = inbox.house.simulator
    if guide.platform == "telegram":
        await simulator.trouble(
            Fault(kind=Trouble.ERROR, side="api", account=guide.account, status=401, message="Unauthorized")
        )
        return
    path = "/numbers/revoke" if guide.platform == "whatsapp" else "/revoke"
    await simulator.post(path, token=guide.fields[WRONG[which]], subcode=463)


@pytest.mark.parametrize(
    ("which", "right"),
    [
        ("messenger", "pages_messaging"),
        ("instagram by Page", "instagram_manage_messages"),
        ("whatsapp", "whatsapp_business_messaging"),
    ],
)
async def test_a_permission_that_the_token_lacks_is_named(inbox: Inbox, which: str, right: str) -> None:
    guide = await (await Guide.to(inbox, which)).begin()
    path = "/numbers/lack" if which == "whatsapp" else "/lack"
    await inbox.house.simulator.post(path, token=guide.fields[WRONG[which]], permissions=[right])
    await guide.write_all()

    checks = await guide.check()

    assert checks["rights"]["outcome"] == "failed"
    assert checks["rights"]["wording"] == {"code": "setup.rights_missing", "values": {"rights": right}}
    assert (await inbox.maria.snapshot())["channels"] == []


@pytest.mark.parametrize(
    ("port_of", "code"),
    [("nobody", "setup.address_unreachable"), ("the simulator", "setup.address_of_another")],
)
async def test_an_address_that_does_not_lead_here_is_told_before_the_platform_is_asked(
    inbox: Inbox, port_of: str, code: str
) -> None:
    guide = await (await (await Guide.to(inbox, "messenger")).begin()).write_all()
    port = free_port() if port_of == "nobody" else int(inbox.house.simulator.base_url.rpartition(":")[2])
    services = inbox.house.services
    astray = replace(services, settings=replace(services.settings, port=port))

    await check_all(astray, inbox.maria.membership, UUID(guide.id))

    (setup,) = await setups(inbox)
    assert [(each["name"], each["outcome"]) for each in setup["checks"]] == [
        ("credentials", "ok"),
        ("rights", "ok"),
        ("address", "failed"),
    ]
    assert setup["checks"][-1]["wording"]["code"] == code


async def test_without_a_public_address_messenger_says_what_its_operator_must_set(inbox: Inbox) -> None:
    guide = await (await (await Guide.to(inbox, "messenger")).begin()).write_all()
    services = inbox.house.services
    there = await guided(services, inbox.id, UUID(guide.id))
    real = replace(there, connection=msgspec.structs.replace(there.connection, simulated=False))

    with pytest.raises(Refused, match="set PUBLIC_URL to an https address"):
        await Checking(services, inbox.id, real).address()


@pytest.mark.parametrize("which", ["messenger", "whatsapp"])
async def test_a_webhook_that_the_platform_cannot_reach_leaves_the_set_up_to_be_tried_again(
    inbox: Inbox, which: str
) -> None:
    guide = await (await Guide.to(inbox, which)).begin()
    await guide.write_all()
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.ERROR, side="api", method="subscriptions", times=1, status=400, code=2200)
    )

    failed = await guide.check()
    left = (await inbox.maria.snapshot())["channels"]
    again = await guide.check()

    assert failed["delivery"]["wording"]["code"] == "meta.address_not_verified"
    assert left == []
    assert again["delivery"]["outcome"] == "ok"


async def test_what_meta_wants_done_by_hand_is_said_with_all_that_is_to_be_entered(inbox: Inbox) -> None:
    guide = await (await Guide.to(inbox, "instagram")).begin()
    await guide.write_all()
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.ERROR, side="api", method="subscriptions", status=400, code=100)
    )

    checks = await guide.check()
    by_hand = guide.shown["shown"]
    await inbox.house.simulator.post(
        "/app-webhook",
        app=guide.fields["app_id"],
        url=by_hand["address"],
        verify_token=by_hand["verify_token"],
        fields=["messages", "message_echoes"],
    )
    await inbox.house.simulator.no_more_troubles()
    again = await guide.check()

    assert checks["delivery"]["outcome"] == "failed"
    assert by_hand["address"] in checks["delivery"]["sentence"]
    assert by_hand["verify_token"] in checks["delivery"]["sentence"]
    assert again["delivery"]["outcome"] == "ok"


async def test_a_pending_approval_waits_for_the_platform_and_goes_on_by_itself(inbox: Inbox) -> None:
    guide = await (await Guide.to(inbox, "whatsapp")).begin()
    waba = guide.fields["waba_id"]
    await inbox.house.simulator.post("/numbers/review", account=waba, status="PENDING")
    await guide.write_all()

    checks = await guide.check()
    waiting = guide.state
    await inbox.house.simulator.post("/numbers/review", account=waba, status="APPROVED")
    await inbox.all_due_now()

    assert checks["credentials"]["outcome"] == "pending"
    assert waiting == "waiting_for_platform"
    assert [each["state"] for each in await setups(inbox)] == ["testing"]
    assert [each["state"] for each in (await inbox.maria.snapshot())["channels"]] == ["live"]


async def test_while_one_waits_for_days_another_goes_live(inbox: Inbox) -> None:
    waiting = await (await Guide.to(inbox, "whatsapp")).begin()
    await inbox.house.simulator.post("/numbers/review", account=waiting.fields["waba_id"], status="PENDING")
    await waiting.write_all()
    await waiting.check()

    other = await (await (await Guide.to(inbox, "telegram")).begin()).write_all()
    await other.check()

    assert {each["platform"]: each["state"] for each in await setups(inbox)} == {
        "whatsapp": "waiting_for_platform",
        "telegram": "testing",
    }


async def test_what_the_platform_was_asked_for_is_noted_beside_a_channel_that_is_live(inbox: Inbox) -> None:
    guide = await (await (await Guide.to(inbox, "messenger")).begin()).write_all()
    await guide.check()

    await guide.asks("approvals", name="advanced_access", asked=True, granted=False)
    (asked,) = (await setups(inbox))[0]["approvals"]
    await guide.asks("approvals", name="advanced_access", asked=True, granted=True)
    (granted,) = (await setups(inbox))[0]["approvals"]

    assert (asked["name"], asked["granted_at"]) == ("advanced_access", None)
    assert granted["asked_at"] == asked["asked_at"]
    assert granted["granted_at"] is not None


async def test_a_set_up_is_left_and_taken_up_again_where_it_stood(inbox: Inbox) -> None:
    guide = await (await Guide.to(inbox, "whatsapp")).begin()
    for step in (await guide.steps())[:3]:
        await guide.write(step)

    again = await inbox.maria.get(f"setups/{guide.id}")

    assert again["setup"]["step"] == "token"
    assert again["written"] == {name: guide.fields[name] for name in ("app_id", "waba_id")}
    assert again["given"] == ["app_secret"]
    assert guide.fields["app_secret"] not in str(again)


async def test_nobody_but_an_admin_sees_what_was_entered(inbox: Inbox) -> None:
    guide = await (await Guide.to(inbox, "messenger")).begin()
    jonas = await inbox.a_member("Jonas", Role.MEMBER)

    seen = await jonas.asks("GET", f"setups/{guide.id}")
    begun = await jonas.asks("POST", "setups", json={"platform": "telegram"})
    practised = await jonas.asks("POST", "setups/practice", json={"platform": "telegram"})

    assert [each.status_code for each in (seen, begun, practised)] == [403, 403, 403]
    assert [each["id"] for each in (await jonas.snapshot())["setups"]] == [guide.id]


async def test_a_set_up_that_is_given_up_leaves_no_secret(inbox: Inbox) -> None:
    guide = await (await (await Guide.to(inbox, "telegram")).begin()).write_all()

    await guide.asks("give-up")

    kept = await inbox.sql("select secrets from connections where connection_id = %s", guide.id)
    assert (await setups(inbox), kept) == ([], [(None,)])


async def test_a_living_channel_goes_on_with_a_new_token(inbox: Inbox) -> None:
    page = await inbox.house.a_page()
    (channel,) = (await inbox.maria.snapshot())["channels"]
    await inbox.house.simulator.post("/revoke", token=page.page_token, subcode=463)
    guide = Guide(inbox, "messenger", "", page.page_id, {"app_id": page.app_id})
    await guide.begin(renews=channel["id"])
    steps = {step["name"]: step for step in await guide.steps()}
    kept = await guide.asks("steps", step="secret", fields={})

    still_expired = await guide.check()
    await inbox.house.simulator.post("/revoke", token=page.page_token, subcode=None)
    guide.fields["page_token"] = page.page_token
    await guide.write(steps["token"])
    over = await guide.check()

    assert kept.status_code == 200
    assert guide.shown == {}
    assert (still_expired["credentials"]["outcome"], over) == ("failed", {})
    assert await setups(inbox) == []
    (well,) = (await inbox.maria.snapshot())["channels"]
    assert (well["id"], well["state"]) == (channel["id"], "live")


@pytest.mark.parametrize("platform", ["telegram", "messenger", "instagram", "whatsapp"])
async def test_a_practice_account_is_there_at_once_with_somebody_who_writes(
    inbox: Inbox, platform: str
) -> None:
    made = await inbox.maria.post("setups/practice", expect=201, platform=platform)
    setup = made["setup"]["id"]

    await inbox.maria.post(f"setups/{setup}/practice-message", expect=204)
    await inbox.work()
    heard = await inbox.maria.post(f"setups/{setup}/look")

    assert made["setup"]["state"] == "testing"
    assert heard["conversation_id"] == (await inbox.row())["id"]
    (channel,) = (await inbox.maria.snapshot())["channels"]
    assert channel["simulated"]


async def test_a_production_workspace_has_no_practice_accounts(inbox: Inbox) -> None:
    await inbox.sql("update workspaces set kind = 'production' where workspace_id = %s", inbox.id)

    refused = await inbox.maria.asks("POST", "setups/practice", json={"platform": "telegram"})

    assert refused.status_code == 403


async def test_the_guide_says_before_beginning_what_is_needed_and_what_takes_days(inbox: Inbox) -> None:
    for platform in await inbox.maria.get("/api/platforms"):
        said = [*platform["needs"], platform["first_word"], *platform["afterwards"]]
        said += [words for step in platform["steps"] for words in (step["title"], *step["words"])]
        said += [field["label"] for field in platform["fields"]]

        assert platform["needs"]
        assert platform["has_practice"]
        assert [each["text"] for each in said if each["wording"] is None] == []
        for way in [each["name"] for each in platform["ways"]] or [""]:
            steps = [step for step in platform["steps"] if not step["ways"] or way in step["ways"]]
            assert {name for step in steps for name in step["fields"]}
