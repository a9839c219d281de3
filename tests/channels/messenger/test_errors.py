"""Each refusal of Meta's goes to the person who can act, in one plain sentence."""

from datetime import timedelta

import pytest

from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.messenger.errors import REFUSALS
from dragoman.channels.meta import errors as meta
from dragoman.channels.meta.errors import GraphError, read_error, says_login_is_lost


def channel_error(error: GraphError, secrets: tuple[str, ...] = ()) -> ChannelError:
    return meta.channel_error(error, REFUSALS, secrets)


REFUSED: list[tuple[int | None, int | None, type[ChannelError]]] = [
    (1, None, MaybeSent),
    (2, None, MaybeSent),
    (4, None, TryLater),
    (10, None, NeedsReconnect),
    (10, 1893063, NeedsReconnect),
    (10, 2018065, Undeliverable),
    (10, 2018108, Undeliverable),
    (10, 2018278, Undeliverable),
    (10, 2534022, Undeliverable),
    (17, None, TryLater),
    (32, None, TryLater),
    (100, None, Undeliverable),
    (100, 33, Undeliverable),
    (100, 2018001, Undeliverable),
    (100, 2018008, Undeliverable),
    (100, 2018014, Undeliverable),
    (100, 2018047, Undeliverable),
    (100, 2018074, Undeliverable),
    (100, 2018109, Undeliverable),
    (100, 2018294, Undeliverable),
    (102, None, NeedsReconnect),
    (190, None, NeedsReconnect),
    (190, 458, NeedsReconnect),
    (190, 459, NeedsReconnect),
    (190, 460, NeedsReconnect),
    (190, 463, NeedsReconnect),
    (190, 467, NeedsReconnect),
    (190, 492, NeedsReconnect),
    (200, None, NeedsReconnect),
    (200, 1545041, Undeliverable),
    (200, 2018028, Undeliverable),
    (10, 2018028, Undeliverable),
    (230, None, NeedsReconnect),
    (299, None, NeedsReconnect),
    (341, None, TryLater),
    (368, None, NeedsReconnect),
    (551, None, Undeliverable),
    (551, 1545041, Undeliverable),
    (613, None, TryLater),
    (613, 2018338, NeedsReconnect),
    (613, 2534040, TryLater),
    (80006, None, TryLater),
    (10, 2018300, Undeliverable),
    (2018300, None, Undeliverable),
    (10, 2018321, TryLater),
    (100, 2018218, Undeliverable),
    (100, 2018247, Undeliverable),
    (9000001, None, Undeliverable),
    (2200, None, NeedsReconnect),
    (424242, 7, Undeliverable),
]


@pytest.mark.parametrize(("code", "subcode", "kind"), REFUSED)
def test_a_refusal_goes_to_who_can_act(
    code: int | None, subcode: int | None, kind: type[ChannelError]
) -> None:
    error = channel_error(GraphError(status=400, code=code, subcode=subcode))

    assert type(error) is kind
    assert error.reason.endswith((".", "?", ")"))
    assert "\n" not in error.reason


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        (10, "(#10) This message is sent outside of allowed window.", Undeliverable),
        (10, "(#10) Message cannot be sent to this user.", Undeliverable),
        (10, "(#10) This person isn't available right now.", Undeliverable),
        (
            200,
            "(#200) Cannot message users who are not admins, developers or testers of the app",
            Undeliverable,
        ),
        (10, "(#10) Application does not have permission for this action", NeedsReconnect),
        (200, "(#200) Requires pages_messaging permission to manage the object", NeedsReconnect),
    ],
)
def test_a_refusal_of_one_person_without_a_subcode_does_not_stop_the_page(
    code: int, words: str, kind: type[ChannelError]
) -> None:
    assert type(channel_error(GraphError(status=403, code=code, words=words))) is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (GraphError(status=500), MaybeSent),
        (GraphError(status=502), MaybeSent),
        (GraphError(status=503, code=100), MaybeSent),
        (GraphError(status=400, code=100, is_transient=True), MaybeSent),
        (GraphError(status=400, code=424242, is_transient=True), MaybeSent),
        (GraphError(status=500, code=190), NeedsReconnect),
        (GraphError(status=500, code=613, is_transient=True), TryLater),
        (GraphError(status=401), NeedsReconnect),
        (GraphError(status=404), Undeliverable),
        (GraphError(status=413), Undeliverable),
        (GraphError(status=429), TryLater),
    ],
)
def test_only_what_may_have_been_acted_on_is_doubtful(error: GraphError, kind: type[ChannelError]) -> None:
    assert type(channel_error(error)) is kind


def test_the_label_for_the_log_holds_code_subcode_and_trace() -> None:
    body = {"error": {"code": 10, "error_subcode": 2018278, "fbtrace_id": "AxYz", "message": "(#10) outside"}}

    assert channel_error(read_error(400, body, None)).code == "10/2018278 trace AxYz"
    assert channel_error(read_error(502, None, None)).code == "HTTP 502"


def test_an_unknown_refusal_is_told_in_metas_words_for_people() -> None:
    body = {"error": {"code": 424242, "message": "(#424242) x", "error_user_msg": "The cup is full."}}

    assert channel_error(read_error(400, body, None)).reason == "Meta refused the request: The cup is full."


def test_a_quoted_token_is_not_repeated() -> None:
    body = {"error": {"code": 424242, "message": "Malformed access token EAAGsecret"}}

    error = channel_error(read_error(400, body, None), secrets=("EAAGsecret", ""))

    assert "EAAGsecret" not in error.reason
    assert "Malformed access token" in error.reason


def test_a_wrong_app_secret_is_named_as_such() -> None:
    body = {"error": {"code": 100, "message": "Invalid appsecret_proof provided in the API argument"}}

    error = channel_error(read_error(400, body, None))

    assert isinstance(error, NeedsReconnect)
    assert "app secret" in error.reason


@pytest.mark.parametrize(
    ("usage", "pause"),
    [
        ('{"77":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":7}]}', 7),
        ('{"77":[{"estimated_time_to_regain_access":3}],"78":[{"estimated_time_to_regain_access":9}]}', 9),
        ('{"77":[{"estimated_time_to_regain_access":99999999999}]}', 24 * 60),
        ('{"77":[{"estimated_time_to_regain_access":0}]}', None),
        ('{"77":[{"estimated_time_to_regain_access":-5}]}', None),
        ('{"77":"much"}', None),
        ("not json", None),
        (None, None),
    ],
)
def test_we_stay_away_for_as_long_as_meta_announces(usage: str | None, pause: int | None) -> None:
    error = channel_error(read_error(400, {"error": {"code": 613}}, usage))

    assert error.retry_after == (None if pause is None else timedelta(minutes=pause))


def test_a_running_advertisement_flow_is_given_a_quarter_of_an_hour() -> None:
    error = channel_error(GraphError(status=400, code=10, subcode=2018321))

    assert error.retry_after == timedelta(minutes=15)


@pytest.mark.parametrize(
    "body", [{}, {"error": 7}, {"error": {"code": "10", "error_subcode": []}}, {"error": []}]
)
def test_an_odd_refusal_is_a_refusal_all_the_same(body: dict[str, object]) -> None:
    assert isinstance(channel_error(read_error(400, body, None)), Undeliverable)


def test_a_lost_login_is_told_from_a_missing_right() -> None:
    assert says_login_is_lost(channel_error(GraphError(status=400, code=190, subcode=463)))
    assert says_login_is_lost(channel_error(GraphError(status=400, code=102, trace="A")))
    assert not says_login_is_lost(channel_error(GraphError(status=400, code=10)))
    assert not says_login_is_lost(channel_error(GraphError(status=400, code=1)))
