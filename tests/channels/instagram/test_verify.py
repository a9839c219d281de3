"""The signature against values computed with openssl: an app signs with one of its two secrets."""

import pytest

from dragoman.channels.contract import Credentials, Hook
from dragoman.channels.instagram.channel import INSTAGRAM
from tests.channels.instagram.conftest import OWN_SECRET, SECRET

BODY = (
    rb'{"object":"instagram","entry":[{"id":"17841405822304914","time":1795266001334,"messaging":[{"sender":'
    rb'{"id":"2987654321098765"},"recipient":{"id":"17841405822304914"},"timestamp":1795266001234,"message":'
    rb'{"mid":"aWdf_a","text":"\uc548\ub155 \ud83e\uddc0 https:\/\/shop.example\/"}}]}]}'
)
# printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET"
BY_THE_APP = "397018eca820d7fa6cb618464e77d4e269aa7e8a8c301c9f68f9f90988f645d7"
BY_INSTAGRAM = "5190491a7412cc5ac700eb6de8c886bdb66235ce46da974b1c00c585c88527dd"


def delivered(signature: str | None, body: bytes = BODY) -> Hook:
    headers = {} if signature is None else {"x-hub-signature-256": signature}
    return Hook(method="POST", query={}, headers=headers, body=body)


BOTH = Credentials(
    secrets={"app_secret": SECRET, "instagram_app_secret": OWN_SECRET, "verify_token": "tell-me"}
)
OF_A_PAGE = Credentials(secrets={"app_secret": SECRET, "instagram_app_secret": "", "verify_token": "tell-me"})


@pytest.mark.parametrize("signature", [BY_THE_APP, BY_INSTAGRAM])
def test_what_either_secret_signed_is_theirs(signature: str) -> None:
    assert INSTAGRAM.verify(delivered(f"sha256={signature}"), BOTH)


def test_without_a_second_secret_the_first_alone_counts() -> None:
    assert INSTAGRAM.verify(delivered(f"sha256={BY_THE_APP}"), OF_A_PAGE)
    assert not INSTAGRAM.verify(delivered(f"sha256={BY_INSTAGRAM}"), OF_A_PAGE)


@pytest.mark.parametrize("signature", [None, "", "sha256=", BY_THE_APP, f"sha1={BY_THE_APP}", "sha256=ü"])
def test_any_other_header_is_refused(signature: str | None) -> None:
    assert not INSTAGRAM.verify(delivered(signature), BOTH)


def test_another_body_is_not_what_was_signed() -> None:
    assert not INSTAGRAM.verify(delivered(f"sha256={BY_THE_APP}", BODY + b" "), BOTH)


def test_nothing_is_theirs_while_we_have_no_secret() -> None:
    # printf '%s' "$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:
    nobodys = "56e70e6422927df8f7e59e9ab470ce2be8610593f714579ee4154c26f0a12e10"

    assert not INSTAGRAM.verify(delivered(f"sha256={nobodys}"), Credentials(secrets={}))


def test_the_challenge_goes_back_to_who_knows_our_verify_token() -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "tell-me"}
    asked = Hook(method="GET", query=query, headers={}, body=b"")

    answer = INSTAGRAM.handshake(asked, BOTH)

    assert answer is not None
    assert (answer.status, answer.body) == (200, b"1158201444")
