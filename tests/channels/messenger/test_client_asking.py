"""Looking things up over real HTTP: a doubtful message, a customer's name, a file's address."""

from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Accepted, Credentials, Outgoing, OutgoingFile, Profile
from dragoman.channels.errors import MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.messenger.client import MessengerClient
from tests.channels.messenger.conftest import NOW
from tests.channels.messenger.graph_server import Answer, GraphServer, answer, refusal

PAGE = "104857600123456"
ANN = "765"
TEXT = Outgoing(to=ANN, correlation="c", text="Yes, in red.")


def a_message(mid: str = "m_1", *, seconds: int = 0, by: str = PAGE, **more: Any) -> dict[str, Any]:
    at = (NOW + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    return {"id": mid, "created_time": at, "from": {"id": by}, "message": "Yes, in red.", **more}


def a_file(kind: MediaKind, name: str = "cup.png") -> Outgoing:
    file = OutgoingFile(kind=kind, name=name, mime_type="x/y", size_bytes=1, content=b"x")
    return Outgoing(to=ANN, correlation="c", file=file)


def remembers(graph: GraphServer, *messages: dict[str, Any]) -> None:
    graph.says("GET", f"{PAGE}/conversations", answer({"data": [{"messages": {"data": list(messages)}}]}))


async def test_a_doubtful_text_is_found_in_the_conversation(
    client: MessengerClient, graph: GraphServer
) -> None:
    remembers(graph, a_message("m_later", seconds=9, by=ANN), a_message("m_ours", seconds=1))

    assert await client.find_sent(PAGE, TEXT, NOW) == Accepted(
        external_id="m_ours", at=NOW + timedelta(seconds=1)
    )
    [request] = graph.asked("GET", f"{PAGE}/conversations")
    assert request.query["platform"] == "messenger"
    assert request.query["user_id"] == ANN
    assert request.query["fields"].startswith("messages{")


@pytest.mark.parametrize(
    "message",
    [
        a_message(by=ANN),
        a_message(message="Yes, in black."),
        a_message(seconds=-3),
        a_message(created_time="yesterday"),
        a_message(created_time="2026-11-21T12:00:00"),
        a_message(id=None),
        {},
    ],
)
async def test_what_is_not_ours_or_not_of_this_time_is_not_it(
    client: MessengerClient, graph: GraphServer, message: dict[str, Any]
) -> None:
    remembers(graph, message)

    assert await client.find_sent(PAGE, TEXT, NOW) is None


async def test_without_a_conversation_it_is_certainly_not_there(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("GET", f"{PAGE}/conversations", answer({"data": []}))

    assert await client.find_sent(PAGE, TEXT, NOW) is None


async def test_times_cut_to_the_second_and_trimmed_words_still_match(
    client: MessengerClient, graph: GraphServer
) -> None:
    remembers(graph, a_message(seconds=-2, message="un café, deux"))
    outgoing = Outgoing(to=ANN, correlation="c", text="  un cafe\u0301,\n\n deux \n")

    assert await client.find_sent(PAGE, outgoing, NOW) is not None


async def test_of_two_alike_the_newer_is_the_doubtful_one(
    client: MessengerClient, graph: GraphServer
) -> None:
    remembers(graph, a_message("m_first", seconds=0), a_message("m_second", seconds=2))

    found = await client.find_sent(PAGE, TEXT, NOW)

    assert found is not None
    assert found.external_id == "m_second"


async def test_what_is_known_to_be_another_message_is_not_it(
    client: MessengerClient, graph: GraphServer
) -> None:
    remembers(graph, a_message("m_first", seconds=0), a_message("m_second", seconds=2))

    found = await client.find_sent(PAGE, TEXT, NOW, others=["m_second"])
    neither = await client.find_sent(PAGE, TEXT, NOW, others=["m_first", "m_second"])

    assert found is not None
    assert (found.external_id, neither) == ("m_first", None)


async def test_beyond_what_meta_shows_the_doubt_remains(client: MessengerClient, graph: GraphServer) -> None:
    remembers(graph, *(a_message(f"m_{number}", seconds=number, by=ANN) for number in range(20)))

    with pytest.raises(MaybeSent):
        await client.find_sent(PAGE, TEXT, NOW)


@pytest.mark.parametrize(
    ("outgoing", "attachment"),
    [
        (a_file(MediaKind.IMAGE), {"mime_type": "image/jpeg", "name": "image-12"}),
        (a_file(MediaKind.IMAGE), {"image_data": {"url": "https://x.fbcdn.net/1"}}),
        (a_file(MediaKind.VIDEO), {"video_data": {"url": "https://x.fbcdn.net/1"}}),
        (a_file(MediaKind.VOICE), {"mime_type": "audio/mp4"}),
        (a_file(MediaKind.FILE, "Käse.pdf"), {"mime_type": "application/pdf", "name": "Kase.pdf"}),
    ],
)
async def test_a_doubtful_file_is_known_by_its_kind_or_name(
    client: MessengerClient, graph: GraphServer, outgoing: Outgoing, attachment: dict[str, Any]
) -> None:
    remembers(graph, a_message(message="", attachments={"data": [attachment]}))

    assert await client.find_sent(PAGE, outgoing, NOW) is not None


@pytest.mark.parametrize(
    ("outgoing", "attachment"),
    [
        (a_file(MediaKind.IMAGE), {"mime_type": "audio/mp4"}),
        (a_file(MediaKind.FILE, "offer.pdf"), {"mime_type": "application/pdf", "name": "other.pdf"}),
        (a_file(MediaKind.FILE, "offer.pdf"), {"name": "offer.pdf", "size": 2}),
        (a_file(MediaKind.FILE), {}),
    ],
)
async def test_of_another_kind_or_name_of_file_nobody_can_tell(
    client: MessengerClient, graph: GraphServer, outgoing: Outgoing, attachment: dict[str, Any]
) -> None:
    remembers(graph, a_message(message="", attachments={"data": [attachment]}))

    with pytest.raises(MaybeSent):
        await client.find_sent(PAGE, outgoing, NOW)


async def test_without_any_file_of_ours_since_then_it_is_certainly_not_there(
    client: MessengerClient, graph: GraphServer
) -> None:
    theirs = a_message(by=ANN, attachments={"data": [{"mime_type": "image/png"}]})
    earlier = a_message(seconds=-9, attachments={"data": [{"mime_type": "image/png"}]})
    remembers(graph, theirs, a_message("m_2"), earlier)

    assert await client.find_sent(PAGE, a_file(MediaKind.IMAGE), NOW) is None


async def test_while_the_history_is_rate_limited_nothing_is_decided(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("GET", f"{PAGE}/conversations", refusal(613))

    with pytest.raises(TryLater):
        await client.find_sent(PAGE, TEXT, NOW)


async def test_a_profile_gives_name_and_picture(client: MessengerClient, graph: GraphServer) -> None:
    graph.says("GET", ANN, answer({"id": ANN, "name": "Ann Lee", "profile_pic": "https://x.fbsbx.com/p.jpg"}))

    assert await client.profile(PAGE, ANN) == Profile(
        name="Ann Lee",
        picture=Media(kind=MediaKind.IMAGE, source={"url": "https://x.fbsbx.com/p.jpg"}),
    )


async def test_a_name_in_two_halves_is_put_together(client: MessengerClient, graph: GraphServer) -> None:
    graph.says("GET", ANN, answer({"first_name": "Ann", "last_name": "Lee"}))

    assert (await client.profile(PAGE, ANN)).name == "Ann Lee"


@pytest.mark.parametrize("said", [answer({}), refusal(100, 2018247), refusal(100, 2018218), refusal(10)])
async def test_where_the_profile_is_closed_the_conversation_tells_the_name(
    client: MessengerClient, graph: GraphServer, said: Answer
) -> None:
    people = [{"name": "Espresso & Co", "id": PAGE}, {"name": "Ann Lee", "id": ANN}]
    graph.says("GET", ANN, said)
    graph.says("GET", f"{PAGE}/conversations", answer({"data": [{"participants": {"data": people}}]}))

    assert await client.profile(PAGE, ANN) == Profile(name="Ann Lee")


async def test_a_person_whom_meta_hides_has_an_empty_profile(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("GET", f"{PAGE}/conversations", refusal(200))

    assert await client.profile(PAGE, ANN) == Profile()


async def test_a_dead_token_is_noticed_while_looking_up_a_name(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("GET", ANN, refusal(190, 460))

    with pytest.raises(NeedsReconnect):
        await client.profile(PAGE, ANN)


async def test_a_file_is_fetched_from_metas_own_hosts_only(credentials: Credentials) -> None:
    real = MessengerClient(Credentials(secrets=credentials.secrets, settings=credentials.settings))
    url = "https://scontent.xx.fbcdn.net/v/1.jpg"

    found = await real.locate(PAGE, Media(kind=MediaKind.IMAGE, source={"url": url}))

    assert (found.url, found.hosts) == (url, ("*.fbcdn.net", "*.fbsbx.com"))
    assert (found.max_bytes, found.headers, found.secret) == (25 * 1024**2, {}, False)
    await real.aclose()


async def test_a_simulated_file_may_lie_at_the_simulator(client: MessengerClient, graph: GraphServer) -> None:
    host = graph.address.removeprefix("http://").partition("/")[0]

    found = await client.locate(PAGE, Media(kind=MediaKind.IMAGE, source={"url": f"http://{host}/cdn/1"}))

    assert host in found.hosts


@pytest.mark.parametrize("source", [{}, {"url": ""}, {"url": "file:///etc/passwd"}])
async def test_a_file_without_an_address_cannot_be_fetched(
    client: MessengerClient, source: dict[str, str]
) -> None:
    with pytest.raises(Undeliverable):
        await client.locate(PAGE, Media(kind=MediaKind.IMAGE, source=source))


async def test_signs_of_life_travel_alone(client: MessengerClient, graph: GraphServer) -> None:
    graph.says("POST", f"{PAGE}/messages", answer({"recipient_id": ANN}))

    await client.mark_seen(PAGE, ANN)
    await client.show_typing(PAGE, ANN)
    await client.acknowledge(PAGE, "")

    assert [request.json for request in graph.requests] == [
        {"recipient": {"id": ANN}, "sender_action": "mark_seen"},
        {"recipient": {"id": ANN}, "sender_action": "typing_on"},
    ]


async def test_messenger_cannot_be_polled(client: MessengerClient) -> None:
    with pytest.raises(Undeliverable, match="public address"):
        await client.poll(PAGE, None, 30)


async def test_an_id_cannot_climb_out_of_its_place_in_the_address(
    client: MessengerClient, graph: GraphServer
) -> None:
    await client.profile(PAGE, "../me/accounts?x=1#")

    assert graph.requests[0].target.startswith("/graph/v26.0/..%2Fme%2Faccounts%3Fx%3D1%23?")
