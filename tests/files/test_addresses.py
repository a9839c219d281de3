"""Which addresses may be fetched from."""

import pytest

from dragoman.config_values import HostPort
from dragoman.files.addresses import is_allowed_by_operator, is_named, is_public, place_of, redirected
from dragoman.files.failures import AddressRefused


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # metadata of cloud machines
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",  # NAT64 of 127.0.0.1
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::1",  # 6to4 of 127.0.0.1
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "100::1",
        "no address",
        "",
    ],
)
def test_what_is_not_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "149.154.167.220", "2606:4700:4700::1111", "2a00:1450::5"])
def test_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/a",
        "file:///etc/passwd",
        "gopher://example.com",
        "//example.com/a",
        "https://",
        "https:///a",
        "https://user:secret@example.com/a",
        "https://user@example.com/a",
        "https://example.com:99999/",
        "https://example.com:x/",
        "https://[::1/",
        "https://exa mple.com/",
        "https://example.com/a\r\nHost: evil",
        "https://example.com%00.evil.example/",
        "https://example.com\\@evil.example/",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        place_of(url)


def test_a_refusal_does_not_repeat_what_may_be_a_secret() -> None:
    place = place_of("https://example.com/bot123:TOKEN/photo?key=SECRET")

    assert "TOKEN" not in repr(place)
    with pytest.raises(AddressRefused) as refused:
        place_of("https://user:TOKEN@example.com/SECRET")
    assert "TOKEN" not in str(refused.value)
    assert "SECRET" not in str(refused.value)


def test_a_host_is_compared_as_machines_see_it() -> None:
    assert place_of("https://EXAMPLE.com./a").host == "example.com"
    assert place_of("https://bücher.example/a").host == "xn--bcher-kva.example"
    assert place_of("https://example.com").port == 443


@pytest.mark.parametrize(
    ("url", "hosts", "named"),
    [
        ("https://api.telegram.org/f", ("api.telegram.org",), True),
        ("https://API.telegram.org/f", ("api.Telegram.org",), True),
        ("https://telegram.org/f", ("api.telegram.org",), False),
        ("https://scontent.xx.fbcdn.net/f", ("*.fbcdn.net",), True),
        ("https://fbcdn.net/f", ("*.fbcdn.net",), False),
        ("https://evilfbcdn.net/f", ("*.fbcdn.net",), False),
        ("https://x.fbcdn.net.evil.example/f", ("*.fbcdn.net",), False),
        ("https://127.0.0.1:8089/f", ("127.0.0.1:8089",), True),
        ("https://127.0.0.1:8090/f", ("127.0.0.1:8089",), False),
        ("https://127.0.0.1:8090/f", ("127.0.0.1",), True),
        ("https://[2606:4700::1]/f", ("2606:4700::1",), True),
        ("https://example.com/f", (), False),
    ],
)
def test_a_file_comes_only_from_the_hosts_that_its_channel_names(
    url: str, hosts: tuple[str, ...], named: bool
) -> None:
    assert is_named(place_of(url), hosts) is named


def test_the_operator_allows_a_host_with_its_port_and_no_other_port() -> None:
    allowed = frozenset({HostPort("127.0.0.1", 8089)})

    assert is_allowed_by_operator(place_of("http://127.0.0.1:8089/f"), allowed)
    assert not is_allowed_by_operator(place_of("http://127.0.0.1:8088/f"), allowed)
    assert not is_allowed_by_operator(place_of("http://localhost:8089/f"), allowed)


def test_a_redirect_may_be_relative_and_is_read_as_strictly() -> None:
    here = place_of("https://example.com:8443/a/b?c=d")

    assert redirected(here, "../e").url == "https://example.com:8443/e"
    assert redirected(here, "//other.example/f").site == ("https", "other.example", 443)
    for location in ("file:///etc/passwd", "https://user:pw@example.com/", "https://[::1/"):
        with pytest.raises(AddressRefused):
            redirected(here, location)
