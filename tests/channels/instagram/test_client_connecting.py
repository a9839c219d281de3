"""Connecting an account over real HTTP, whichever way it logs in: each token goes to its own host only."""

from typing import Any

import pytest

from dragoman.channels.contract import AccountInfo
from dragoman.channels.errors import LeftToTheAdmin, NeedsReconnect, TryLater
from dragoman.channels.instagram.client import InstagramClient
from dragoman.channels.instagram.subscription import FIELDS, OWN_FIELDS
from tests.channels.instagram.conftest import APP, IG, OWN_TOKEN, PAGE_TOKEN, SECRET, credentials
from tests.channels.messenger.graph_server import Answer, GraphServer, answer, refusal

HOOK = "https://inbox.example/hooks/abc"
DONE = answer({"success": True})


def hooked(facebook: GraphServer, **differences: Any) -> None:
    hook = {"object": "instagram", "callback_url": HOOK, "active": True, **differences}
    facebook.says("GET", f"{APP}/subscriptions", answer({"data": [{"object": "page"}, hook]}))


def subscribed(server: GraphServer, *fields: str, app: str = APP) -> None:
    server.says(
        "GET", "me/subscribed_apps", answer({"data": [{"id": app, "subscribed_fields": list(fields)}]})
    )


async def test_an_account_that_logged_in_itself_is_known_by_the_id_of_its_webhooks(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    instagram.says(
        "GET", "me", answer({"id": "9001", "user_id": IG, "username": "espresso", "name": "E & Co"})
    )

    assert await own.check() == (
        AccountInfo(
            account=IG,
            name="@espresso",
            handle="espresso",
            facts={"app_id": APP, "login": "instagram", "login_id": "9001"},
        ),
    )
    assert instagram.requests[0].headers["authorization"] == f"Bearer {OWN_TOKEN}"
    assert facebook.requests == []


async def test_an_account_is_found_by_its_page(linked: InstagramClient, facebook: GraphServer) -> None:
    about = {"id": IG, "username": "espresso", "name": "E & Co"}
    facebook.says("GET", "me", answer({"id": "77", "name": "E & Co", "instagram_business_account": about}))

    [info] = await linked.check()

    assert (info.account, info.name) == (IG, "@espresso")
    assert info.facts == {"app_id": APP, "login": "facebook", "page_id": "77"}


async def test_a_page_without_an_account_is_told_as_such(
    linked: InstagramClient, facebook: GraphServer
) -> None:
    facebook.says("GET", "me", answer({"id": "77", "name": "E & Co"}))

    with pytest.raises(NeedsReconnect, match="has no Instagram account"):
        await linked.check()


@pytest.mark.parametrize("tokens", [{}, {"page_token": PAGE_TOKEN, "instagram_token": OWN_TOKEN}])
async def test_one_way_to_log_in_must_be_chosen(
    facebook: GraphServer, instagram: GraphServer, tokens: dict[str, str]
) -> None:
    client = InstagramClient(credentials(facebook, instagram, **tokens))

    with pytest.raises(NeedsReconnect, match="one of the two"):
        await client.check()
    await client.aclose()
    assert facebook.requests == instagram.requests == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refusal(190, 463, status=401), NeedsReconnect),
        (refusal(200, 2534041), NeedsReconnect),
        (answer({}), NeedsReconnect),
        (Answer(502, b"<html>"), TryLater),
    ],
)
async def test_a_token_that_is_no_good_needs_an_admin_and_trouble_at_metas_end_does_not(
    own: InstagramClient, instagram: GraphServer, said: Answer, kind: type[Exception]
) -> None:
    instagram.says("GET", "me", said)

    with pytest.raises(kind):
        await own.check()


async def test_registering_subscribes_the_account_at_its_host_and_the_app_at_facebooks(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    instagram.says("POST", "me/subscribed_apps", DONE)
    facebook.says("POST", f"{APP}/subscriptions", DONE)
    subscribed(instagram, *OWN_FIELDS)
    hooked(facebook)

    await own.register(IG, HOOK)

    [account] = instagram.asked("POST", "me/subscribed_apps")
    [app] = facebook.asked("POST", f"{APP}/subscriptions")
    assert account.form == {"subscribed_fields": ",".join(OWN_FIELDS)}
    assert app.form == {
        "object": "instagram",
        "callback_url": HOOK,
        "verify_token": "verify-me",
        "fields": ",".join((*FIELDS, "message_edit")),
        "include_values": "true",
    }
    assert app.headers["authorization"] == f"Bearer {APP}|{SECRET}"


async def test_where_meta_wants_the_webhook_entered_by_hand_the_admin_is_told_what_to_enter(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    instagram.says("POST", "me/subscribed_apps", DONE)
    facebook.says("POST", f"{APP}/subscriptions", refusal(100))

    with pytest.raises(LeftToTheAdmin) as left:
        await own.register(IG, HOOK)

    assert HOOK in left.value.reason
    assert "verify-me" in left.value.reason


async def test_an_address_that_meta_cannot_reach_is_no_step_for_the_dashboard(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    instagram.says("POST", "me/subscribed_apps", DONE)
    facebook.says("POST", f"{APP}/subscriptions", refusal(2200))

    with pytest.raises(NeedsReconnect, match="could not verify our webhook address"):
        await own.register(IG, HOOK)


async def test_a_page_that_messenger_has_subscribed_keeps_what_it_is_subscribed_to(
    linked: InstagramClient, facebook: GraphServer
) -> None:
    subscribed(facebook, "messages", "message_echoes", "message_deliveries")
    facebook.says("POST", f"{APP}/subscriptions", DONE)
    hooked(facebook)

    await linked.register(IG, HOOK)
    await linked.unregister(IG)

    assert [each.method for each in facebook.requests if each.path.endswith("subscribed_apps")] == ["GET"] * 3


async def test_a_page_that_only_instagram_uses_is_unsubscribed(
    linked: InstagramClient, facebook: GraphServer
) -> None:
    subscribed(facebook, "messages")
    facebook.says("DELETE", "me/subscribed_apps", DONE)

    await linked.unregister(IG)

    assert len(facebook.asked("DELETE", "me/subscribed_apps")) == 1


async def test_a_healthy_subscription_has_nothing_to_say(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    subscribed(instagram, *OWN_FIELDS)
    hooked(facebook)

    assert await own.hook_health(IG, HOOK) is None


@pytest.mark.parametrize(
    ("difference", "trouble"),
    [
        ({"callback_url": "https://other.example/x"}, "another address"),
        ({"active": False}, "switched the app's webhook off"),
        ({"object": "user"}, "One step is left"),
    ],
)
async def test_what_is_wrong_with_the_apps_webhook_is_seen(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer, difference: Any, trouble: str
) -> None:
    subscribed(instagram, *OWN_FIELDS)
    hooked(facebook, **difference)

    assert trouble in (await own.hook_health(IG, HOOK) or "")


async def test_what_meta_dropped_silently_is_seen(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    hooked(facebook)
    subscribed(instagram, *OWN_FIELDS, app="555")
    gone = await own.hook_health(IG, HOOK)
    subscribed(instagram, "messages")
    in_part = await own.hook_health(IG, HOOK)

    assert "no longer delivers" in (gone or "")
    assert "message_echoes is missing" in (in_part or "")


async def test_an_app_whose_webhook_nobody_may_see_is_taken_for_well(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    subscribed(instagram, *OWN_FIELDS)
    facebook.says("GET", f"{APP}/subscriptions", refusal(100))

    assert await own.hook_health(IG, HOOK) is None
