"""Connecting a Page over real HTTP: trying the credentials, subscribing, and seeing when Meta has dropped us."""

from typing import Any

import pytest

from dragoman.channels.contract import AccountInfo
from dragoman.channels.errors import NeedsReconnect, TryLater
from dragoman.channels.messenger.client import MessengerClient
from dragoman.channels.messenger.subscription import FIELDS
from dragoman.channels.meta import graph as graph_module
from tests.channels.messenger.conftest import APP, SECRET, TOKEN
from tests.channels.messenger.graph_server import Answer, GraphServer, Silence, answer, refusal

PAGE = "104857600123456"
HOOK = "https://inbox.example/hooks/abc"

# printf '%s' "$APP|$SECRET" | openssl dgst -sha256 -hmac "$SECRET"
APP_PROOF = "26c500603d0e1b700e3f41f75b564fd69c91892417af764f792d7121acb8d625"


def a_page(graph: GraphServer) -> None:
    graph.says("GET", "me", answer({"id": PAGE, "name": "Espresso & Co"}))
    graph.says("GET", f"{PAGE}/subscribed_apps", answer({"data": []}))
    graph.says("GET", "app", answer({"id": APP}))


def a_subscription(graph: GraphServer, **differences: Any) -> None:
    app = {"id": APP, "name": "Inbox", "subscribed_fields": list(FIELDS)}
    hook = {"object": "page", "callback_url": HOOK, "active": True}
    page = {**app, **{key: value for key, value in differences.items() if key in app}}
    ours = {**hook, **{key: value for key, value in differences.items() if key in hook}}
    graph.says("GET", f"{PAGE}/subscribed_apps", answer({"data": [page]}))
    graph.says("GET", f"{APP}/subscriptions", answer({"data": [{"object": "user"}, ours]}))


async def test_good_credentials_name_their_page(client: MessengerClient, graph: GraphServer) -> None:
    a_page(graph)

    assert await client.check() == (AccountInfo(account=PAGE, name="Espresso & Co", facts={"app_id": APP}),)
    assert graph.asked("GET", "me")[0].query["fields"] == "id,name"


async def test_a_page_whose_app_cannot_be_asked_is_good_enough(
    client: MessengerClient, graph: GraphServer
) -> None:
    a_page(graph)
    graph.says("GET", "app", refusal(100))

    assert (await client.check())[0].account == PAGE


async def test_a_token_of_another_app_is_told_as_such(client: MessengerClient, graph: GraphServer) -> None:
    a_page(graph)
    graph.says("GET", "app", answer({"id": "555"}))

    with pytest.raises(NeedsReconnect, match="made by the app 555"):
        await client.check()


async def test_a_persons_token_is_told_from_a_pages(client: MessengerClient, graph: GraphServer) -> None:
    graph.says("GET", "me", answer({"id": "42", "name": "Ann Lee"}))
    graph.says("GET", "42/subscribed_apps", refusal(100))

    with pytest.raises(NeedsReconnect, match="belongs to Ann Lee, which is no Page"):
        await client.check()


@pytest.mark.parametrize("me", [answer({}), answer({"id": None}), refusal(190, 463, status=401)])
async def test_a_token_without_a_page_needs_an_admin(
    client: MessengerClient, graph: GraphServer, me: Answer
) -> None:
    graph.says("GET", "me", me)

    with pytest.raises(NeedsReconnect):
        await client.check()


@pytest.mark.parametrize("said", [Silence.HANGS_UP, Answer(502, b"<html>"), refusal(2, status=500)])
async def test_trouble_at_metas_end_is_only_a_reason_to_try_again(
    client: MessengerClient, graph: GraphServer, said: Answer | Silence
) -> None:
    graph.says("GET", "me", said)

    with pytest.raises(TryLater):
        await client.check()


async def test_a_check_that_nobody_answers_ends(
    client: MessengerClient, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_module, "ASK_SECONDS", 0.2)
    graph.says("GET", "me", Silence.SAYS_NOTHING)

    with pytest.raises(TryLater):
        await client.check()


async def test_registering_subscribes_the_app_by_its_own_token_and_then_the_page(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{APP}/subscriptions", answer({"success": True}))
    graph.says("POST", f"{PAGE}/subscribed_apps", answer({"success": True}))
    a_subscription(graph)

    await client.register(PAGE, HOOK)

    [app] = graph.asked("POST", f"{APP}/subscriptions")
    assert app.form == {
        "object": "page",
        "callback_url": HOOK,
        "verify_token": "verify-me",
        "fields": ",".join(FIELDS),
        "include_values": "true",
    }
    assert app.headers["authorization"] == f"Bearer {APP}|{SECRET}"
    assert app.query == {"appsecret_proof": APP_PROOF}
    [page] = graph.asked("POST", f"{PAGE}/subscribed_apps")
    assert page.form == {"subscribed_fields": ",".join(FIELDS)}
    assert page.headers["authorization"] == f"Bearer {TOKEN}"


async def test_an_address_that_meta_cannot_reach_is_told_as_such(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{APP}/subscriptions", refusal(2200))

    with pytest.raises(NeedsReconnect, match="could not verify our webhook address"):
        await client.register(PAGE, HOOK)
    assert graph.asked("POST", f"{PAGE}/subscribed_apps") == []


async def test_a_registration_that_did_not_stick_is_noticed(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{APP}/subscriptions", answer({"success": True}))
    graph.says("POST", f"{PAGE}/subscribed_apps", answer({"success": True}))
    a_subscription(graph, id="555")

    with pytest.raises(NeedsReconnect, match="no longer delivers this Page's messages"):
        await client.register(PAGE, HOOK)


async def test_a_healthy_subscription_has_nothing_to_say(client: MessengerClient, graph: GraphServer) -> None:
    a_subscription(graph)

    assert await client.hook_health(PAGE, HOOK) is None


@pytest.mark.parametrize(
    ("difference", "trouble"),
    [
        ({"id": "555"}, "no longer delivers"),
        ({"subscribed_fields": ["messages"]}, "message_echoes, messaging_postbacks is missing"),
        ({"subscribed_fields": None}, "messages, messaging_postbacks is missing"),
        ({"callback_url": "https://other.example/hooks/x"}, "another address"),
        ({"active": False}, "switched the app's webhook off"),
        ({"object": "instagram"}, "no webhook for Pages"),
    ],
)
async def test_what_meta_dropped_silently_is_seen(
    client: MessengerClient, graph: GraphServer, difference: dict[str, Any], trouble: str
) -> None:
    a_subscription(graph, **difference)

    said = await client.hook_health(PAGE, HOOK)

    assert said is not None
    assert trouble in said


async def test_unregistering_leaves_the_apps_other_pages_alone(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("DELETE", f"{PAGE}/subscribed_apps", answer({"success": True}))

    await client.unregister(PAGE)

    assert [(request.method, request.path) for request in graph.requests] == [
        ("DELETE", f"/graph/v26.0/{PAGE}/subscribed_apps")
    ]
