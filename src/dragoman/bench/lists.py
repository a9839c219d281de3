"""``bench lists``: any view's page, opening, counts and search, over HTTP, where there is very much of everything.

The figure is the 99th percentile in milliseconds over all kinds of lists, and that of searching stands beside it. The
limit is what PostgreSQL alone takes to read a page of rows whose keys it is given, over one connection.
"""

from __future__ import annotations

import http.client
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from random import Random
from typing import Any
from urllib.parse import quote

import click
import msgspec
import psycopg

from dragoman.access.http import COOKIE
from dragoman.bench.crowd import MESSAGES_EACH, PHRASES, crowd
from dragoman.bench.ground import Ground, ground
from dragoman.bench.inbox import Inbox
from dragoman.bench.phrases import FIRST_NAMES, phrases
from dragoman.bench.result import Piece, Result, Run, percentile, result
from dragoman.errors import OperatorError

ANSWER_SECONDS = 30
PAGES_TO_KNOW = 200  # of each view, whose cursors are asked for again at random
LIMIT_READS = 300
PAGE_ROWS = 50
WARM_UP = 100  # requests

SEARCHES = "search"  # the kinds of requests whose names begin so

Taken = Mapping[str, list[float]]
"""Milliseconds, by the kind of request."""

PAGE_BY_KEYS = """
    select c.*, m.text, i.name from conversations c
    join messages m on m.workspace_id = c.workspace_id and m.message_id = c.last_message_id
    join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    where c.workspace_id = %s and c.conversation_id = any(%s)"""


def bench(*, seconds: int, runs: int, commit_delay_us: int, rows: int) -> Result:
    """``rows``: conversations in all workspaces together, with five messages each."""
    with ground(commit_delay_us) as here:
        inbox = crowd(here, rows)
        here.start_web()
        browser = _Browser(here, inbox)
        asked = _requests(browser)
        for _ in range(WARM_UP):
            browser.get(next(asked)[1])
        measured = [_run(here, inbox, browser, asked, seconds) for _ in range(runs)]
        around = here.surroundings(workspaces=here.count("select count(*) from workspaces"))
    everything = rows * (1 + MESSAGES_EACH)
    return result(
        "lists",
        "ms",
        [run for run, _ in measured],
        around,
        rows_before=everything,
        rows_after=everything,
        parts=_parts([taken for _, taken in measured]),
    )


def _parts(runs: Sequence[Taken]) -> dict[str, Piece]:
    together = {kind: [each for taken in runs for each in taken[kind]] for kind in sorted(runs[0])}
    return {
        kind: Piece(round(percentile(taken, 50), 1), round(percentile(taken, 99), 1))
        for kind, taken in together.items()
    }


class _Browser:
    """One member's, over one connection."""

    def __init__(self, here: Ground, inbox: Inbox) -> None:
        self._port = here.settings.port
        self._base = f"/api/w/{inbox.workspace_id}"
        self._headers = {"Cookie": f"{COOKIE}={inbox.colleagues[0].token}", "Sec-Fetch-Site": "same-origin"}
        self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_SECONDS)

    def get(self, path: str) -> Any:
        """Raises OperatorError at any other answer than 200."""
        self._connection.request("GET", self._base + path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise OperatorError(
                f"{path} was answered with {answer.status}: {body.decode(errors='replace')[:200]}"
            )
        return body


def _requests(browser: _Browser) -> Iterator[tuple[str, str]]:
    """(kind, path) without end, the kinds taking turns."""
    chance = Random(1)  # noqa: S311 the same requests every time, no secret
    pages = {view: _pages(browser, view) for view in ("waiting", "all", "closed")}
    known = [row for each in pages.values() for _, ids in each for row in ids]
    said = phrases(PHRASES, seed=1)
    kinds: dict[str, Callable[[], str]] = {
        **{f"view {view}": partial(_one_of, chance, each) for view, each in pages.items()},
        "open": lambda: f"/conversations/{chance.choice(known)}",
        "start and counts": lambda: f"/snapshot?view=waiting&conversation={chance.choice(known)}",
        "search common word": lambda: _search(chance.choice(said).split()[0]),
        "search any words": lambda: _search(" ".join(chance.sample(chance.choice(said).split(), 2))),
        "search rare word": lambda: _search(chance.choice(said).split()[-3]),
        "search number": lambda: _search(str(100_000 + chance.randrange(1, 2000))),
        "search nothing": lambda: _search(f"nobody said {chance.randrange(10**9)}"),
        "search name": lambda: _search(chance.choice(FIRST_NAMES)),
        "search from": lambda: _search(f"from:{chance.choice(FIRST_NAMES)} {chance.choice(said).split()[0]}"),
    }
    while True:
        for kind, path in kinds.items():
            yield kind, path()


def _one_of(chance: Random, pages: Sequence[tuple[str, list[str]]]) -> str:
    return chance.choice(pages)[0]


def _search(words: str) -> str:
    return f"/search?q={quote(words)}"


def _pages(browser: _Browser, view: str) -> list[tuple[str, list[str]]]:
    """Paths of a view's first pages, and the conversations on them."""
    found: list[tuple[str, list[str]]] = []
    path = f"/conversations?view={view}"
    for _ in range(PAGES_TO_KNOW):
        page = msgspec.json.decode(browser.get(path))
        found.append((path, [row["id"] for row in page["items"]]))
        if page["next_cursor"] is None:
            break
        path = f"/conversations?view={view}&cursor={quote(page['next_cursor'])}"
    return found


def _run(
    here: Ground, inbox: Inbox, browser: _Browser, asked: Iterator[tuple[str, str]], seconds: int
) -> tuple[Run, Taken]:
    limit = percentile(_reads_by_keys(here, inbox), 99)
    taken: defaultdict[str, list[float]] = defaultdict(list)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        kind, path = next(asked)
        began = time.monotonic()
        browser.get(path)
        taken[kind].append((time.monotonic() - began) * 1000)
    lists = [each for kind, found in taken.items() if not kind.startswith(SEARCHES) for each in found]
    p50, p99 = percentile(lists, 50), percentile(lists, 99)
    searches = [each for kind, found in taken.items() if kind.startswith(SEARCHES) for each in found]
    click.echo(
        f"  lists p50 {p50:.1f} ms, p99 {p99:.1f} ms; searches p50 {percentile(searches, 50):.1f} ms,"
        f" p99 {percentile(searches, 99):.1f} ms; reading a page by its keys {limit:.1f} ms",
        err=True,
    )
    return Run(p99, limit, p50, p99), dict(taken)


def _reads_by_keys(here: Ground, inbox: Inbox) -> list[float]:
    """Milliseconds that each of some pages takes when nothing is looked for or decided."""
    chance = Random(2)  # noqa: S311 the same pages every time, no secret
    with psycopg.connect(here.dsn, autocommit=True, connect_timeout=10) as connection:
        known = [
            row[0]
            for row in connection.execute(
                "select conversation_id from conversations where workspace_id = %s limit 20000",
                [inbox.workspace_id],
            )
        ]
        taken = []
        for _ in range(LIMIT_READS):
            keys = chance.sample(known, min(PAGE_ROWS, len(known)))
            began = time.monotonic()
            connection.execute(PAGE_BY_KEYS, [inbox.workspace_id, keys]).fetchall()
            taken.append((time.monotonic() - began) * 1000)
    return taken
