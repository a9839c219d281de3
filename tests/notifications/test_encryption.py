"""What a push carries, against the examples of the standards and against a reader that shares no code with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from dragoman.notifications.encryption import MOST_BYTES, BrowserKeys, encrypted, point_of
from dragoman.notifications.vapid import TOKEN_LIFE, authorization, base64url, contact_of, from_base64url
from tests.notifications.browser import ABrowser, sender_of, verified

CURVE = ec.SECP256R1()


def test_the_example_of_rfc_8291_comes_out_byte_by_byte() -> None:
    browser = BrowserKeys(
        from_base64url(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        from_base64url("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    ours = ec.derive_private_key(
        int.from_bytes(from_base64url("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), CURVE
    )

    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        browser,
        salt=from_base64url("DGv6ra1nlYgDCS1FRnbzlw"),
        ours=ours,
    )

    assert base64url(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_only_the_browser_that_it_is_for_can_read_it() -> None:
    maria, eve = ABrowser(), ABrowser()
    body = encrypted("grüße 你好".encode(), maria.keys, salt=bytes(16))

    assert maria.reads(body) == "grüße 你好".encode()
    with pytest.raises(InvalidTag):
        eve.reads(body)


def test_no_two_messages_look_alike() -> None:
    maria = ABrowser()

    one, two = (encrypted(b"the same", maria.keys, salt=bytes(16)) for _ in range(2))

    assert one != two


def test_a_message_fills_one_record_and_no_more() -> None:
    maria = ABrowser()

    assert len(encrypted(bytes(MOST_BYTES), maria.keys, salt=bytes(16))) == 4096
    with pytest.raises(ValueError, match="carries"):
        encrypted(bytes(MOST_BYTES + 1), maria.keys, salt=bytes(16))


@pytest.mark.parametrize(
    ("public", "secret"),
    [
        (bytes(65), bytes(16)),
        (point_of(ec.generate_private_key(CURVE).public_key()), bytes(15)),
        (b"", b""),
    ],
    ids=["no point of the curve", "a short secret", "nothing"],
)
def test_what_are_no_keys_of_a_browser_are_refused(public: bytes, secret: bytes) -> None:
    with pytest.raises(ValueError, match=r"(?i)key|point"):
        BrowserKeys(public, secret)


def test_the_token_reads_as_the_example_of_rfc_8292() -> None:
    expires = datetime.fromtimestamp(1453523768, UTC)
    key = ec.generate_private_key(CURVE)

    header = authorization(key, "https://push.example.net", "mailto:push@example.com", expires - TOKEN_LIFE)

    signed = (
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1"
        "MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0"
    )
    assert header.startswith(f"vapid t={signed}.")
    assert sender_of(header) == point_of(key.public_key())
    assert verified(header)["aud"] == "https://push.example.net"


def test_our_reader_of_tokens_takes_the_example_of_rfc_8292_and_no_forged_one() -> None:
    example = (
        "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAi"
        "OjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuC"
        "GSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, "
        "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
    )

    assert verified(example)["sub"] == "mailto:push@example.com"
    with pytest.raises(AssertionError):
        verified(example.replace("i3CYb7t4", "i3CYb7t5"))


def test_who_runs_an_installation_is_named_by_its_public_address() -> None:
    assert contact_of("https://inbox.example.com") == "https://inbox.example.com"
    assert contact_of("http://127.0.0.1:8088").startswith("mailto:")
