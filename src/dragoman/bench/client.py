"""``bench client``: what a person feels at the screen, in Chromium, with a long list loaded and 50 arrivals a second.

The figure, and ``p95_ms``, is from a key to the paint that answers it; opening, scrolling and the cold start stand
beside it, unthrottled and with a processor slowed four times. The limit is a bare page that writes the key down.
"""

from __future__ import annotations

import asyncio
import gzip
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import click
import psycopg

from dragoman.access.http import COOKIE
from dragoman.bench.bodies import bot_message
from dragoman.bench.crowd import SHARES, crowd
from dragoman.bench.ground import Ground, ground
from dragoman.bench.inbox import Inbox
from dragoman.bench.posting import post_steadily, request
from dragoman.bench.result import Result, Run, percentile, result
from dragoman.errors import OperatorError
from dragoman.web import BUILT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page, ViewportSize

LONG = 5_000  # messages in one of them
PER_SECOND = 50
CUSTOMERS = 300  # who write meanwhile
SLOWED = 4
KEY_EVERY_MS = 100
QUICK_MS = 16.0  # the browser tells of no key that took less
OPENINGS_A_SECOND = 2
PIXELS_PER_SECOND = 6000
BARE_BATCH = 1000  # of arrivals, while a page without any script of ours is scrolled
WAIT_MS = 60_000
SCREEN: ViewportSize = {"width": 1440, "height": 900}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
BARE = """<!doctype html><div data-rows><p role=option aria-setsize=1 tabindex=0>.</p></div><script>
addEventListener("keydown", (e) => { document.querySelector("p").textContent += e.key })</script>"""

BARE_LIST = f"""<!doctype html><div data-rows style="height: 100vh; overflow: auto">
{"<p>A line of words, and nothing else.</p>" * 5000}</div>"""

LENGTHEN = """
    insert into messages (workspace_id, message_id, conversation_id, channel_id, turn_id, side, origin, external_id,
                          sent_at, arrived_at, text, waits)
    select workspace_id, gen_random_uuid(), conversation_id, channel_id, last_turn, 'customer', 'customer',
           'long' || n, at, at, 'long ago I asked about number ' || n, false
    from (select c.workspace_id, c.conversation_id, c.channel_id, m.turn_id as last_turn,
                 c.last_message_at - n * interval '1 hour' as at, n
          from conversations c
          join messages m on m.workspace_id = c.workspace_id and m.message_id = c.last_message_id,
          generate_series(2, %(long)s) n
          where c.workspace_id = %(workspace)s and c.conversation_id = %(conversation)s) as older"""
CONVERSATIONS = "select count(*) from conversations where workspace_id = %s and status <> 'unopened'"
MESSAGES = "select count(*) from messages where workspace_id = %s"
NEWEST = """
    select conversation_id from conversations where workspace_id = %s order by last_message_at desc limit 1"""

Measures = dict[str, float]
NewContext = Callable[[], "BrowserContext"]


def bench(*, seconds: int, runs: int, commit_delay_us: int, rows: int) -> Result:
    """``rows``: conversations in the list; ``seconds``: how long each thing is tried.

    Raises OperatorError where Chromium, Playwright or the built client is missing.
    """
    executable = _chromium()
    with ground(commit_delay_us) as here:
        inbox = crowd(here, round(rows / SHARES[0]))
        long = _long_conversation(here, inbox)
        here.start_web()
        with here.worker(), _browser(executable) as new_context:
            before = here.count(MESSAGES, inbox.workspace_id)
            measured = [_run(here, inbox, long, new_context, seconds, nth) for nth in range(runs)]
            after = here.count(MESSAGES, inbox.workspace_id)
        around = here.surroundings(workspaces=len(SHARES))
    named = [each for _, each in measured]
    return result(
        "client",
        "ms",
        [run for run, _ in measured],
        around,
        rows_before=before,
        rows_after=after,
        p95_ms=percentile([run.figure for run, _ in measured], 50),
        measures={name: percentile([each[name] for each in named], 50) for name in named[0]},
    )


def _run(
    here: Ground, inbox: Inbox, long: str, new_context: NewContext, seconds: int, nth: int
) -> tuple[Run, Measures]:
    limit = _bare_keys(new_context, seconds)
    with _arrivals(here, inbox, BARE_BATCH + nth):
        bare_frames = _bare_frames(new_context, seconds)
    context = new_context()
    page = _opened(context, here, inbox)
    measures = {"bare_frames_per_second": bare_frames}
    measures |= {"cold_ms": page.evaluate("bench.usable"), "first_script_kb": _compressed(page)}
    _load_everything(page, here.count(CONVERSATIONS, inbox.workspace_id))
    with _arrivals(here, inbox, nth):
        session = context.new_cdp_session(page)
        keys = _keys(page, seconds)
        measures |= _felt(page, session, inbox, long, seconds, Random(nth))  # noqa: S311 the same every time, no secret
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        slowed = {"key_p95_ms": percentile(_keys(page, seconds), 95)}
        slowed |= _felt(page, session, inbox, long, seconds, Random(nth + 1))  # noqa: S311 likewise
    context.close()
    p95 = percentile(keys, 95)
    measures |= {f"slowed_{name}": value for name, value in slowed.items()}
    click.echo(
        f"  key to paint p95 {p95:.0f} ms; " + ", ".join(f"{k} {v:.0f}" for k, v in measures.items()),
        err=True,
    )
    run = Run(p95, percentile(limit, 95), percentile(keys, 50), percentile(keys, 99))
    return run, measures


def _opened(context: BrowserContext, here: Ground, inbox: Inbox) -> Page:
    """The app as its owner opens it for the first time on this machine."""
    url = here.settings.listening_url
    context.add_cookies([{"name": COOKIE, "value": inbox.colleagues[0].token, "url": url}])
    context.add_init_script(path=Path(__file__).with_name("client.js"))
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{url}/w/{inbox.workspace_id}/all")
    return page


def _compressed(page: Page) -> float:
    """Kilobytes of the scripts that the list needed, as a proxy would send them."""
    files = [BUILT / path.removeprefix("/") for path in page.evaluate("bench.scripts()")]
    return sum(len(gzip.compress(file.read_bytes())) for file in files) / 1000


def _load_everything(page: Page, rows: int) -> None:
    """Down to the end, page by page, as a scrollbar that is dragged."""
    ends = time.monotonic() + WAIT_MS / 1000 * 5
    while page.evaluate("bench.rows()") < rows:
        page.evaluate("(list => list.scrollTo(0, list.scrollHeight))(document.querySelector('[data-rows]'))")
        page.wait_for_timeout(50)
        if time.monotonic() > ends:
            raise OperatorError(f"The list ended at {page.evaluate('bench.rows()')} conversations.")


def _keys(page: Page, seconds: int) -> list[float]:
    """Milliseconds from each press of J to the paint that follows."""
    page.evaluate("bench.takePressed()")
    page.focus("[data-rows]")
    presses = seconds * 1000 // KEY_EVERY_MS
    for _ in range(presses):
        page.keyboard.press("j")
        page.wait_for_timeout(KEY_EVERY_MS)
    told = page.evaluate("bench.takePressed()")
    return [*told, *[QUICK_MS] * (presses - len(told))]


def _bare_keys(new_context: NewContext, seconds: int) -> list[float]:
    context = new_context()
    context.add_init_script(path=Path(__file__).with_name("client.js"))
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=BARE, content_type="text/html"))
    page.goto("http://127.0.0.1/")
    page.focus("p")
    page.evaluate("document.querySelector('[data-rows]').tabIndex = 0")
    taken = _keys(page, seconds)
    context.close()
    return taken


def _bare_frames(new_context: NewContext, seconds: int) -> float:
    """Frames a second that this machine draws of a plain list, while its server has as much to do as later."""
    context = new_context()
    context.add_init_script(path=Path(__file__).with_name("client.js"))
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=BARE_LIST, content_type="text/html"))
    page.goto("http://127.0.0.1/")
    frames = _scrolled(page, context.new_cdp_session(page), "[data-rows]", -seconds * PIXELS_PER_SECOND)
    context.close()
    return frames


def _felt(page: Page, session: CDPSession, inbox: Inbox, long: str, seconds: int, chance: Random) -> Measures:
    rows = [row for row in (_row_somewhere(page, chance) for _ in range(seconds * OPENINGS_A_SECOND)) if row]
    uncached = [_click_row(page, top, row) for top, row in rows]
    cached = [_click_row(page, top, row) for top, row in rows]
    _go(page, inbox, long)
    page.wait_for_selector("[data-timeline] [data-message]")
    return {
        "open_p95_ms": percentile(uncached, 95),
        "open_cached_p95_ms": percentile(cached, 95),
        "list_frames_per_second": _scrolled(page, session, "[data-rows]", -seconds * PIXELS_PER_SECOND),
        "timeline_frames_per_second": _scrolled(
            page, session, "[data-timeline]", seconds * PIXELS_PER_SECOND
        ),
    }


def _row_somewhere(page: Page, chance: Random) -> tuple[int, str]:
    """(how far down, the id of a row that can be seen there)"""
    end = page.evaluate("document.querySelector('[data-rows]').scrollHeight")
    top = chance.randrange(end // 20, end - SCREEN["height"])
    page.evaluate("top => document.querySelector('[data-rows]').scrollTo(0, top)", top)
    page.wait_for_timeout(100)
    rows = page.query_selector_all("[data-rows] [role=option]")
    return top, (rows[len(rows) // 2].get_attribute("id") or "")


def _click_row(page: Page, top: int, row: str) -> float:
    """Milliseconds from the click to the paint of the conversation's messages."""
    page.evaluate("top => document.querySelector('[data-rows]').scrollTo(0, top)", top)
    page.wait_for_selector(f"#{row}")
    page.evaluate("id => { window.opened = bench.opens(id) }", row.removeprefix("row-"))
    page.click(f"#{row}")
    taken: float = page.evaluate("opened")
    return taken


def _go(page: Page, inbox: Inbox, conversation: str) -> None:
    page.evaluate(
        "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')) }",
        f"/w/{inbox.workspace_id}/all/{conversation}",
    )


def _scrolled(page: Page, session: CDPSession, what: str, pixels: int) -> float:
    """Frames a second while a finger or wheel moves it so far."""
    box = page.locator(what).bounding_box()
    assert box is not None
    before = page.evaluate("bench.frames()")
    session.send(
        "Input.synthesizeScrollGesture",
        {
            "x": box["x"] + 50,
            "y": box["y"] + box["height"] / 2,
            "yDistance": pixels,
            "speed": PIXELS_PER_SECOND,
            "gestureSourceType": "mouse",
        },
    )
    after = page.evaluate("bench.frames()")
    return float((after["frames"] - before["frames"]) / (after["at"] - before["at"]) * 1000)


@contextmanager
def _arrivals(here: Ground, inbox: Inbox, batch: int) -> Iterator[None]:
    """Customers write at a steady rate until the end, whatever the browser does."""
    over = threading.Event()
    thread = threading.Thread(target=_write_until, args=(over, here, inbox, batch), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _write_until(over: threading.Event, here: Ground, inbox: Inbox, batch: int) -> None:
    second = 0
    while not over.is_set():
        numbers = range(second * PER_SECOND, (second + 1) * PER_SECOND)
        asyncio.run(
            post_steadily(here.settings.port, [_webhook(inbox, batch, n) for n in numbers], PER_SECOND)
        )
        second += 1


def _webhook(inbox: Inbox, batch: int, number: int) -> bytes:
    unique = batch * 1_000_000 + number
    at = time.time_ns() // 1_000_000
    body = bot_message(
        unique, 7_000_000_000 + unique % CUSTOMERS, unique, at, f"and one thing more, number {unique}"
    )
    return request(inbox.bot.hook_path, body, X_Telegram_Bot_Api_Secret_Token=inbox.bot.secret)


def _long_conversation(here: Ground, inbox: Inbox) -> str:
    """The newest, which has had much to say."""
    with psycopg.connect(here.dsn, autocommit=True, connect_timeout=10) as connection:
        row = connection.execute(NEWEST, [inbox.workspace_id]).fetchone()
        assert row is not None
        values = {"long": LONG, "workspace": inbox.workspace_id, "conversation": row[0]}
        connection.execute(LENGTHEN, values)
    return str(row[0])


def _chromium() -> str:
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        raise OperatorError("This bench needs Chromium: install it (on Debian: apt-get install chromium).")
    if not (BUILT / "index.html").is_file():
        raise OperatorError("The browser client is not built: run `make setup`.")
    return found


@contextmanager
def _browser(executable: str) -> Iterator[NewContext]:
    """Makes fresh contexts, in which nothing is known of us yet."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise OperatorError("This bench needs Playwright: pip install playwright.") from None
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        stack.callback(browser.close)
        yield lambda: browser.new_context(viewport=SCREEN)
