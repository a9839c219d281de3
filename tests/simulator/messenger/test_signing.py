"""Signatures and bytes, against values computed elsewhere (`openssl dgst -sha256 -hmac <secret> <file>`)."""

from dragoman.simulator.messenger.signing import app_secret_proof, signature, wire_bytes

SECRET = "a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5"
BODY = (
    rb'{"object":"page","entry":[{"id":"PAGE","time":1760000000123,"messaging":[{"sender":{"id":"PSID"},'
    rb'"recipient":{"id":"PAGE"},"timestamp":1760000000001,"message":{"mid":"m_1",'
    rb'"text":"Gr\u00fc\u00dfe \ud83d\ude09 https:\/\/x.no\/"}}]}]}'
)


def test_a_body_is_written_with_lower_case_escapes_and_escaped_slashes() -> None:
    item = {
        "sender": {"id": "PSID"},
        "recipient": {"id": "PAGE"},
        "timestamp": 1760000000001,
        "message": {"mid": "m_1", "text": "Grüße 😉 https://x.no/"},
    }

    body = wire_bytes(
        {"object": "page", "entry": [{"id": "PAGE", "time": 1760000000123, "messaging": [item]}]}
    )

    assert body == BODY


def test_the_signature_of_a_body_is_the_one_that_openssl_computes() -> None:
    assert signature(SECRET, BODY) == (
        "sha256=383b151d584edf46dfaed0c157e3015237429fec15ceff3a851615a818ad3ac7"
    )


def test_the_proof_of_an_app_secret_is_the_one_that_openssl_computes() -> None:
    assert app_secret_proof(SECRET, "EAAtoken123") == (
        "4c27329e776213d771af5f46e24a2e26c0b08204c15d8cbaeaa2bf351933ef3b"
    )
