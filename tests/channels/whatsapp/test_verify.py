"""The signature against a value computed with openssl, through the channel itself."""

import pytest

from dragoman.channels.contract import Credentials, Hook
from dragoman.channels.whatsapp.channel import WHATSAPP

SECRET = "a1b2c3d4e5f60718293a4b5c6d7e8f90"

# printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET"
BODY = (
    rb'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":'
    rb'{"text":"K\u00e4se \ud83e\uddc0 https:\/\/a.example"}}]}]}'
)
SIGNATURE = "36f1f32be0a454b7848b77c31928328f9eef6c44b7a3be6812324720193265a4"


def delivered(body: bytes, signature: str) -> Hook:
    return Hook(method="POST", query={}, headers={"x-hub-signature-256": signature}, body=body)


def test_what_the_apps_secret_signed_is_theirs() -> None:
    assert WHATSAPP.verify(
        delivered(BODY, f"sha256={SIGNATURE}"), Credentials(secrets={"app_secret": SECRET})
    )


@pytest.mark.parametrize(
    ("body", "signature", "secrets"),
    [
        (BODY + b" ", f"sha256={SIGNATURE}", {"app_secret": SECRET}),
        (BODY, SIGNATURE, {"app_secret": SECRET}),
        (BODY, "", {"app_secret": SECRET}),
        (BODY, f"sha256={SIGNATURE}", {"app_secret": "another"}),
        (BODY, f"sha256={SIGNATURE}", {"app_secret": ""}),
        (BODY, f"sha256={SIGNATURE}", {"access_token": SECRET}),
    ],
)
def test_nothing_else_is(body: bytes, signature: str, secrets: dict[str, str]) -> None:
    assert not WHATSAPP.verify(delivered(body, signature), Credentials(secrets=secrets))


def test_the_challenge_goes_back_to_who_knows_our_verify_token() -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "tell-me"}
    asked = Hook(method="GET", query=query, headers={}, body=b"")

    answer = WHATSAPP.handshake(asked, Credentials(secrets={"verify_token": "tell-me"}))

    assert answer is not None
    assert (answer.status, answer.body) == (200, b"1158201444")
    refused = WHATSAPP.handshake(asked, Credentials(secrets={"verify_token": "other"}))
    assert refused is not None
    assert refused.status == 403
