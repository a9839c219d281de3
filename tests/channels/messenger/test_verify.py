"""The signature against values computed with openssl, and the verification call."""

import json
from typing import Any

import pytest

from dragoman.channels.contract import Credentials, Hook
from dragoman.channels.messenger.channel import MESSENGER

SECRET = "a1b2c3d4e5f60718293a4b5c6d7e8f90"

# printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET"
PLAIN = b'{"object":"page","entry":[]}'
PLAIN_SIGNATURE = "9e808b285e8644b11991a5b600ea081299c4ef534a99ae761931e00830f2d9fc"
ESCAPED = (
    rb'{"object":"page","entry":[{"id":"104857600123456","time":1795266001334,"messaging":[{"sender":'
    rb'{"id":"7654321098765432"},"recipient":{"id":"104857600123456"},"timestamp":1795266001234,"message":'
    rb'{"mid":"m_a","text":"K\u00e4se \ud83e\uddc0 <5% @ https:\/\/shop.example\/k\u00e4se"}}]}]}'
)
ESCAPED_SIGNATURE = "2a2c9e24e42246cc1f75b61ce01fd36d0bb18fd37714c3c42ee01ca54348d167"

CREDENTIALS = Credentials(secrets={"app_secret": SECRET, "verify_token": "tell-me"})


def delivered(body: bytes, signature: str | None) -> Hook:
    headers = {} if signature is None else {"x-hub-signature-256": signature}
    return Hook(method="POST", query={}, headers=headers, body=body)


def asked(**query: str) -> Hook:
    named = {f"hub.{name}": value for name, value in query.items()}
    return Hook(method="GET", query=named, headers={}, body=b"")


@pytest.mark.parametrize(("body", "signature"), [(PLAIN, PLAIN_SIGNATURE), (ESCAPED, ESCAPED_SIGNATURE)])
def test_what_the_apps_secret_signed_is_theirs(body: bytes, signature: str) -> None:
    assert MESSENGER.verify(delivered(body, f"sha256={signature}"), CREDENTIALS)


def test_the_same_json_written_without_escapes_is_not_what_was_signed() -> None:
    rewritten = json.dumps(json.loads(ESCAPED), ensure_ascii=False, separators=(",", ":")).encode()

    assert not MESSENGER.verify(delivered(rewritten, f"sha256={ESCAPED_SIGNATURE}"), CREDENTIALS)


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "sha256=",
        PLAIN_SIGNATURE,
        f"sha1={PLAIN_SIGNATURE}",
        f"sha256={PLAIN_SIGNATURE.upper()}",
        f"sha256={PLAIN_SIGNATURE[:-1]}0",
        "sha256=ü",
        "sha256=\udc80",
    ],
)
def test_any_other_header_is_refused(signature: str | None) -> None:
    assert not MESSENGER.verify(delivered(PLAIN, signature), CREDENTIALS)


@pytest.mark.parametrize("secrets", [{}, {"app_secret": ""}])
def test_nothing_is_theirs_while_we_have_no_secret(secrets: dict[str, str]) -> None:
    signed_with_nothing = "sha256=f117fbb4e9c49c36968d7e5c1ff0c517e23b08385791fe533b642dbc519df4d9"

    assert not MESSENGER.verify(delivered(PLAIN, signed_with_nothing), Credentials(secrets=secrets))


def test_the_challenge_goes_back_to_who_knows_our_verify_token() -> None:
    answer = MESSENGER.handshake(
        asked(mode="subscribe", challenge="1158201444", verify_token="tell-me"), CREDENTIALS
    )

    assert answer is not None
    assert (answer.status, answer.body) == (200, b"1158201444")
    assert answer.content_type.startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        {"mode": "subscribe", "challenge": "1", "verify_token": "wrong"},
        {"mode": "subscribe", "challenge": "1", "verify_token": "ключ"},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "unsubscribe", "challenge": "1", "verify_token": "tell-me"},
        {},
    ],
)
def test_nobody_else_gets_the_challenge(query: dict[str, Any]) -> None:
    answer = MESSENGER.handshake(asked(**query), CREDENTIALS)

    assert answer is not None
    assert answer.status == 403
    assert b"1" not in answer.body


def test_without_a_verify_token_of_ours_an_empty_one_opens_nothing() -> None:
    answer = MESSENGER.handshake(
        asked(mode="subscribe", challenge="1", verify_token=""), Credentials(secrets={"app_secret": SECRET})
    )

    assert answer is not None
    assert answer.status == 403


def test_a_delivery_is_no_handshake() -> None:
    assert MESSENGER.handshake(delivered(PLAIN, None), CREDENTIALS) is None
