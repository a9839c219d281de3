"""Our own address, called from outside in: the way that browsers and platforms take, through every proxy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx2

from dragoman.config import Settings
from dragoman.doctor.model import Finding, fail, ok, warn
from dragoman.inbound.door import COME_BACK, NOT_FOUND, WRONG_SIGNATURE
from dragoman.kit.http import outward
from dragoman.kit.json_reading import NotAnObject, read_object, record_in, text

SECONDS = 10.0  # for each question
NOWHERE = "/hooks/doctor"  # an address that no connection can have
NOBODY_BEHIND_A_PROXY = (502, 504)

Answer = httpx2.Response | str
"""What answered, or why nothing did: the middle of a sentence."""


async def address_findings(settings: Settings) -> AsyncIterator[Finding]:
    """Does what answers at our address behave as only a Dragoman does?"""
    url = settings.own_url
    yield public_url(settings)
    async with a_stranger() as http:
        answer = await asked(http, "GET", f"{url}/api/me")
        yield api_verdict(answer, url)
        if not isinstance(answer, str):
            yield client_verdict(await asked(http, "GET", f"{url}/"), url)
            yield hooks_verdict(await asked(http, "POST", url + NOWHERE), url)


def public_url(settings: Settings) -> Finding:
    check, url = "address.public_url", settings.public_url
    if url is None:
        return warn(
            check, "PUBLIC_URL is not set: only this machine can open the app, and no platform can deliver."
        )
    if url.startswith("https://"):
        return ok(check, f"PUBLIC_URL is {url}.")
    if _is_loopback(url):
        return warn(check, f"PUBLIC_URL ({url}) leads to this machine only.")
    return fail(check, f"PUBLIC_URL ({url}) is not https: passwords travel for everybody to read.")


def a_stranger() -> httpx2.AsyncClient:
    """Somebody who comes as the platforms do."""
    return outward(SECONDS)


async def asked(http: httpx2.AsyncClient, method: str, url: str) -> Answer:
    try:
        return await http.request(method, url)
    except httpx2.TimeoutException:
        return f"does not answer within {SECONDS:.0f} s"
    except httpx2.HTTPError as problem:
        return f"cannot be reached from here ({str(problem) or type(problem).__name__})"


def api_verdict(answer: Answer, url: str) -> Finding:
    """A stranger is told to sign in, in our own words."""
    check = "address.api"
    if isinstance(answer, str):
        return fail(check, f"{url} {answer}.")
    if answer.status_code == 401 and _error_code(answer) == "signed_out":
        return ok(check, f"Dragoman answers at {url}.")
    return fail(check, f"{url} leads to something else than Dragoman{_instead(answer)}.")


def client_verdict(answer: Answer, url: str) -> Finding:
    check = "address.client"
    if isinstance(answer, str):
        return fail(check, f"{url} {answer}.")
    if answer.status_code == 200 and answer.headers.get("content-type", "").startswith("text/html"):
        return ok(check, "The app itself is served.")
    return fail(check, f"The app itself is not served at {url}{_instead(answer)}.")


def hooks_verdict(answer: Answer, url: str) -> Finding:
    check = "address.hooks"
    if isinstance(answer, str):
        return fail(check, f"{url} {answer}.")
    if answer.status_code == NOT_FOUND.status and answer.content == NOT_FOUND.body:
        return ok(check, "What is sent to /hooks/ reaches our door.")
    return fail(check, f"What is sent to {url}/hooks/ does not reach our door{_instead(answer)}.")


def delivery_verdict(answer: Answer, platform: str, names: str) -> Finding:
    """What an unsigned delivery to a connection's own address is answered. The address itself stays secret."""
    check, what = f"delivery.{platform}", f"The webhook address of {names}"
    if isinstance(answer, str):
        return fail(check, f"{what} {answer}.")
    told = answer.status_code, answer.content
    if told == (WRONG_SIGNATURE.status, WRONG_SIGNATURE.body):
        return ok(check, f"{what} is open, and refuses what is not signed.")
    if told == (NOT_FOUND.status, NOT_FOUND.body):
        return fail(check, f"{what} is unknown to the Dragoman that answers there: it has another database.")
    if told == (COME_BACK.status, COME_BACK.body):
        return fail(check, f"{what} takes nothing: its secrets cannot be opened, or its database is away.")
    return fail(check, f"{what} leads to something else than our door{_instead(answer)}.")


def _instead(answer: httpx2.Response) -> str:
    """What a person who looks after the proxy needs to know."""
    if answer.is_redirect:
        return (
            f": it sends one on to {answer.headers.get('location', 'nowhere')}, where platforms do not follow"
        )
    if answer.status_code in NOBODY_BEHIND_A_PROXY:
        return f": a proxy answers, and finds nobody behind it ({answer.status_code})"
    return f": it answers with {answer.status_code}"


def _error_code(answer: httpx2.Response) -> str | None:
    try:
        error = record_in(read_object(answer.content), "error")
    except NotAnObject:
        return None
    return text(error, "code") if error else None


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
