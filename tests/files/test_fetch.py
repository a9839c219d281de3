"""The one way out, against real servers that misbehave."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dragoman.channels.contract import MediaAddress
from dragoman.config_values import HostPort
from dragoman.files.failures import AddressRefused, FetchFailed, NotThere, TooBig, Unreachable, Unusable
from dragoman.files.fetch import Fetcher
from tests.files.far_side import Asked, FarSide, Say, far_side, trust_for

MB = 1024 * 1024
PUBLIC = "93.184.215.14"


@pytest.fixture
async def there() -> AsyncIterator[FarSide]:
    async with far_side() as started:
        yield started


def fetcher_for(*allowed: FarSide) -> Fetcher:
    """The operator allows these servers, which are on this machine."""
    return Fetcher(frozenset(HostPort("127.0.0.1", side.port) for side in allowed))


async def fetched(
    fetcher: Fetcher, url: str, *, hosts: tuple[str, ...] = ("127.0.0.1",), **more: object
) -> bytes:
    limits = {name: more.pop(name) for name in ("max_bytes", "timeout_seconds") if name in more}
    address = MediaAddress(url=url, hosts=hosts, max_bytes=10 * MB, **more)  # type: ignore[arg-type]
    async with fetcher.fetch(address, **({"max_bytes": 10 * MB} | limits)) as file:  # type: ignore[arg-type]
        content = file.file.read()
        assert file.size_bytes == len(content)
        return content


async def test_a_file_comes_whole_with_what_the_other_side_says_it_is(there: FarSide) -> None:
    url = there.gives("/photo", b"pixels", headers={"Content-Type": "image/png"})

    async with fetcher_for(there).fetch(
        MediaAddress(url=url, hosts=("127.0.0.1",), max_bytes=MB), max_bytes=MB
    ) as file:
        assert (file.file.read(), file.size_bytes, file.content_type) == (b"pixels", 6, "image/png")


async def test_plain_http_and_private_addresses_are_refused_without_the_operators_word(
    there: FarSide,
) -> None:
    url = there.gives("/secret", b"of the house")

    with pytest.raises(AddressRefused, match="not https"):
        await fetched(Fetcher(frozenset()), url)
    with pytest.raises(AddressRefused, match="not a public address"):
        await fetched(Fetcher(frozenset()), url.replace("http:", "https:"))
    assert there.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
async def test_however_this_machine_is_spelt_it_is_not_reached(there: FarSide, host: str) -> None:
    there.gives("/secret", b"of the house")

    with pytest.raises(AddressRefused):
        await fetched(Fetcher(frozenset()), f"https://{host}:{there.port}/secret", hosts=(host.strip("[]"),))
    assert there.asked == []


async def test_a_name_with_one_private_address_among_public_ones_is_refused(there: FarSide) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return [PUBLIC, "127.0.0.1"]

    with pytest.raises(AddressRefused):
        await fetched(
            Fetcher(frozenset(), resolver=resolver), "https://cdn.example/f", hosts=("cdn.example",)
        )


async def test_a_name_is_resolved_once_and_what_was_checked_is_what_is_connected_to(there: FarSide) -> None:
    """A name server that says one thing to the check and another to the connection gains nothing."""
    asked = []

    async def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    there.gives("/f", b"checked")
    fetcher = Fetcher(frozenset({HostPort("cdn.example", there.port)}), resolver=resolver)

    assert await fetched(fetcher, there.address("/f", "cdn.example"), hosts=("cdn.example",)) == b"checked"
    assert asked == ["cdn.example"]


async def test_the_checked_address_is_used_while_tls_and_host_keep_the_name(tmp_path: Path) -> None:
    trust = trust_for(tmp_path, "cdn.example")

    async def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async with far_side(trust.server) as there:
        there.gives("/f", b"by name")
        allowed = frozenset({HostPort("cdn.example", there.port), HostPort("other.example", there.port)})
        fetcher = Fetcher(allowed, resolver=resolver, tls=trust.client)

        assert (
            await fetched(fetcher, there.address("/f", "cdn.example"), hosts=("cdn.example",)) == b"by name"
        )
        assert there.asked[0].headers["host"] == f"cdn.example:{there.port}"

        with pytest.raises(Unreachable):  # the same machine cannot prove that it is another
            await fetched(fetcher, there.address("/f", "other.example"), hosts=("other.example",))


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    async with far_side(trust_for(tmp_path, "localhost").server) as there:
        url = there.gives("/f", b"x")

        with pytest.raises(Unreachable):
            await fetched(fetcher_for(there), url)


async def test_three_redirects_are_followed_and_a_fourth_is_not(there: FarSide) -> None:
    there.gives("/0", b"arrived")
    for number in range(1, 5):
        there.leads(f"/{number}", f"/{number - 1}", status=(301, 302, 303, 307, 308)[number])

    assert await fetched(fetcher_for(there), there.address("/3")) == b"arrived"
    with pytest.raises(NotThere):
        await fetched(fetcher_for(there), there.address("/4"))


async def test_each_step_of_a_redirect_is_checked_anew(there: FarSide) -> None:
    async with far_side() as inner:
        inner.gives("/secret", b"of the house")
        for number, target in enumerate(
            (
                inner.address("/secret"),
                "https://169.254.169.254/latest",
                "file:///etc/passwd",
                "http://127.0.0.1:1/",
            )
        ):
            url = there.leads(f"/out{number}", target)

            with pytest.raises(AddressRefused):
                await fetched(fetcher_for(there), url, hosts=("127.0.0.1", "169.254.169.254"))
        assert inner.asked == []


async def test_a_redirect_to_a_host_that_the_channel_does_not_name_is_refused(there: FarSide) -> None:
    async with far_side() as other:
        url = there.leads("/out", other.address("/f"))

        with pytest.raises(AddressRefused, match="do not come from"):
            await fetched(fetcher_for(there, other), url, hosts=(f"127.0.0.1:{there.port}",))


async def test_a_token_stays_with_the_host_that_it_is_for(there: FarSide) -> None:
    async with far_side() as other:
        other.gives("/f", b"x")
        url = there.leads("/near", there.leads("/far", other.address("/f")))

        await fetched(fetcher_for(there, other), url, headers={"Authorization": "Bearer TOKEN"})

    assert [asked.headers.get("authorization") for asked in there.asked] == ["Bearer TOKEN"] * 2
    assert "authorization" not in other.asked[0].headers


async def test_no_cookie_is_carried_from_one_request_to_the_next(there: FarSide) -> None:
    there.gives("/f", b"x")
    url = there.gives("/start", status=302, headers={"Location": "/f", "Set-Cookie": "a=b"})

    await fetched(fetcher_for(there), url)

    assert "cookie" not in there.asked[1].headers


async def test_a_proxy_of_the_environment_is_not_used(
    there: FarSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert await fetched(fetcher_for(there), there.gives("/f", b"direct")) == b"direct"


async def test_a_file_that_announces_too_much_is_not_begun(there: FarSide) -> None:
    url = there.gives("/big", headers={"Content-Length": str(20 * MB)})

    with pytest.raises(TooBig) as refused:
        await fetched(fetcher_for(there), url)
    assert refused.value.reason == "The file is larger than 10 MB."


async def test_a_file_that_grows_beyond_the_limit_is_left(there: FarSide) -> None:
    said = 0

    async def answer(_: Asked, say: Say) -> None:
        nonlocal said
        await say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await say(b"10000\r\n" + bytes(0x10000) + b"\r\n")
            said += 0x10000

    there.answers["/endless"] = answer

    with pytest.raises(TooBig):
        await fetched(fetcher_for(there), there.address("/endless"), max_bytes=MB)
    assert said < 20 * MB


async def test_the_smaller_of_the_two_limits_counts(there: FarSide) -> None:
    url = there.gives("/f", bytes(2000))

    with pytest.raises(TooBig):
        await fetched(fetcher_for(there), url, max_bytes=1999)
    assert len(await fetched(fetcher_for(there), url, max_bytes=2000)) == 2000


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_small_bomb_is_counted_as_what_it_unpacks_to(there: FarSide, encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    url = there.gives("/bomb", pack(bytes(50 * MB)), headers={"Content-Encoding": encoding})
    fine = there.gives("/fine", pack(b"hello" * 1000), headers={"Content-Encoding": encoding})

    with pytest.raises(TooBig):
        await fetched(fetcher_for(there), url)
    assert await fetched(fetcher_for(there), fine) == b"hello" * 1000


async def test_what_is_packed_strangely_or_broken_is_not_used(there: FarSide) -> None:
    packed = gzip.compress(b"hello" * 1000)
    for number, (encoding, body) in enumerate(
        (
            ("br", packed),
            ("gzip, gzip", packed),
            ("gzip", b"no gzip"),
            ("gzip", packed[:-4]),
            ("gzip", packed + b"x"),
        )
    ):
        url = there.gives(f"/{number}", body, headers={"Content-Encoding": encoding})
        with pytest.raises(Unusable):
            await fetched(fetcher_for(there), url)


async def test_a_slow_drip_ends_when_the_time_is_over(there: FarSide) -> None:
    async def drip(_: Asked, say: Say) -> None:
        await say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            await say(b".")
            await asyncio.sleep(0.02)

    there.answers["/drip"] = drip

    with pytest.raises(Unreachable, match="too long"):
        await fetched(fetcher_for(there), there.address("/drip"), timeout_seconds=0.3)


async def test_a_name_server_that_never_answers_ends_as_well() -> None:
    async def resolver(host: str, port: int) -> list[str]:
        await asyncio.sleep(3600)
        return []

    with pytest.raises(Unreachable):
        await fetched(
            Fetcher(frozenset(), resolver=resolver),
            "https://cdn.example/f",
            hosts=("cdn.example",),
            timeout_seconds=0.2,
        )


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_trouble_that_passes_is_worth_another_try(there: FarSide, status: int) -> None:
    with pytest.raises(Unreachable):
        await fetched(fetcher_for(there), there.gives("/f", status=status))


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 404, 410])
async def test_a_no_is_a_no(there: FarSide, status: int) -> None:
    with pytest.raises(NotThere):
        await fetched(fetcher_for(there), there.gives("/f", status=status))


async def test_an_answer_that_breaks_off_or_is_none_is_worth_another_try(there: FarSide) -> None:
    async def breaks_off(_: Asked, say: Say) -> None:
        await say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbut this is all")

    async def babble(_: Asked, say: Say) -> None:
        await say(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")

    async def nothing(_: Asked, say: Say) -> None:
        pass

    for path, answer in {"/half": breaks_off, "/babble": babble, "/nothing": nothing}.items():
        there.answers[path] = answer
        with pytest.raises(Unreachable):
            await fetched(fetcher_for(there), there.address(path))


async def test_nobody_there_is_worth_another_try(there: FarSide) -> None:
    fetcher = Fetcher(frozenset({HostPort("127.0.0.1", 1), HostPort("nowhere.invalid", 443)}))

    with pytest.raises(Unreachable):
        await fetched(fetcher, "http://127.0.0.1:1/f")
    with pytest.raises(Unreachable, match="cannot be found"):
        await fetched(fetcher, "https://nowhere.invalid/f", hosts=("nowhere.invalid",))


async def test_no_failure_repeats_an_address_that_holds_a_token(there: FarSide) -> None:
    async def nothing(_: Asked, say: Say) -> None:
        pass

    there.answers["/botTOKEN/f"] = nothing
    url = there.gives("/botTOKEN/g", status=404)

    for address in (
        url,
        there.address("/botTOKEN/f"),
        "https://127.0.0.1:1/botTOKEN",
        "ftp://127.0.0.1/botTOKEN",
    ):
        with pytest.raises(FetchFailed) as failed:
            await fetched(fetcher_for(there), address)
        told = f"{failed.value!r} {failed.value.__cause__!r} {failed.value.__suppress_context__}"
        assert "TOKEN" not in told
