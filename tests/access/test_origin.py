"""Where a request comes from: the network address behind proxies, and the web page."""

from ipaddress import ip_network

import pytest

from dragoman.access.origin import is_from_our_page, neighbourhood, network_address, origin_of

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))
ORIGIN = "https://inbox.example.com"


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "asked_from"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # a stranger claims to be somebody else
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # what the client itself wrote is not believed
        ("10.0.0.2", "203.0.113.9, 10.0.0.3", "203.0.113.9"),  # two proxies in a row
        ("10.0.0.2", "10.0.0.3", "10.0.0.3"),
        ("10.0.0.2", "nonsense", "10.0.0.2"),
        ("10.0.0.2", "203.0.113.9, nonsense", "10.0.0.2"),
        ("10.0.0.2", "203.0.113.9:4711", "203.0.113.9"),
        ("::1", "[2001:db8::7]:443", "2001:db8::7"),
        ("::ffff:10.0.0.2", "203.0.113.9", "203.0.113.9"),
        (None, "203.0.113.9", "unknown"),
    ],
)
def test_the_address_behind_trusted_proxies_and_nothing_that_others_claim(
    peer: str | None, forwarded_for: str, asked_from: str
) -> None:
    assert network_address(peer, forwarded_for, PROXIES) == asked_from


def test_one_customer_of_a_network_holds_a_whole_64_of_ipv6() -> None:
    assert neighbourhood("2001:db8:1:2:3::4") == neighbourhood("2001:db8:1:2:ffff::1")
    assert neighbourhood("2001:db8:1:2::1") != neighbourhood("2001:db8:1:3::1")
    assert neighbourhood("203.0.113.9") != neighbourhood("203.0.113.8")
    assert neighbourhood("unknown") == "unknown"


@pytest.mark.parametrize(
    ("method", "headers", "is_ours"),
    [
        ("GET", {"sec-fetch-site": "same-origin"}, True),
        ("POST", {"sec-fetch-site": "same-origin"}, True),
        ("GET", {"sec-fetch-site": "same-site"}, False),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, False),
        ("POST", {"sec-fetch-site": "cross-site", "origin": ORIGIN}, False),
        ("GET", {"sec-fetch-site": "none"}, True),
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "cors"}, False),
        ("POST", {"sec-fetch-site": "none"}, False),
        ("GET", {}, True),
        ("POST", {}, False),
        ("POST", {"origin": ORIGIN}, True),
        ("POST", {"origin": "null"}, False),
        ("POST", {"origin": "https://inbox.example.com.evil.example"}, False),
        ("DELETE", {"origin": "http://inbox.example.com"}, False),
    ],
)
def test_only_pages_of_ours_may_use_the_cookie(method: str, headers: dict[str, str], is_ours: bool) -> None:
    assert is_from_our_page(method, headers, ORIGIN) is is_ours


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Inbox.Example.com", "https://inbox.example.com"),
        ("https://inbox.example.com:443/under/here", "https://inbox.example.com"),
        ("http://127.0.0.1:8088", "http://127.0.0.1:8088"),
        ("http://[::1]:8088", "http://[::1]:8088"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(address: str, origin: str) -> None:
    assert origin_of(address) == origin
