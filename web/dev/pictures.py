"""Takes pictures of every scene at every width, light and dark, into a folder: to be looked at before a change is done.

    .venv/bin/python web/dev/pictures.py FOLDER [NAME ...]

Starts the development server by itself. Needs Playwright from PyPI and a Chromium of the system.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Route, sync_playwright

WEB = Path(__file__).parents[1]
SIZES = {1440: 900, 1024: 768, 390: 844, 360: 740}
INGRID = "/w/workspace-aster/waiting/ingrid"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]

# name: (scene, address, widths, what is done before the picture)
PICTURES = {
    "busy": ("busy", INGRID, (1440, 1024, 390), None),
    "list": ("busy", "/w/workspace-aster/waiting", (1440, 390), None),
    "writing": ("busy", INGRID, (1440, 390), "write"),
    "menu": ("busy", INGRID, (1440,), "menu"),
    "me": ("busy", INGRID, (1440,), "me"),
    "keys": ("busy", INGRID, (1440, 390), "keys"),
    "details": ("busy", INGRID + "#contact", (1024, 390), None),
    "offline": ("busy", INGRID, (1440, 390), "offline"),
    "snooze": ("busy", INGRID, (1440, 390), "snooze"),
    "snoozed": ("busy", "/w/workspace-aster/snoozed", (1440, 390), None),
    "tail": ("busy", "/w/workspace-aster/waiting", (1440, 390), "tail"),
    "bulk": ("busy", INGRID, (1440, 1024, 390), "bulk"),
    "german-bulk": ("busy", "/w/workspace-aster/waiting", (1440, 390), "bulk"),
    "closed": ("busy", INGRID, (1440, 390), "close"),
    "search": ("busy", INGRID, (1440, 1024, 390), "search"),
    "search-list": ("busy", "/w/workspace-aster/waiting", (390,), "search"),
    "search-nothing": ("busy", "/w/workspace-aster/waiting", (1440, 390), "search-nothing"),
    "german-search": ("busy", "/w/workspace-aster/waiting", (1440,), "search-nothing"),
    "empty": ("empty", "/w/workspace-aster/waiting", (1440, 390), None),
    "parts": ("parts", "/w/workspace-aster/waiting/parts", (1440, 390), None),
    "sign-in": ("nobody", "/sign-in", (1440, 390), None),
    "channels": ("channels", "/w/workspace-aster/channels", (1440, 390), None),
    "connect": ("channels", "/w/workspace-aster/channels", (1440, 390), "connect"),
    "palette": ("busy", INGRID, (1440, 390), "palette"),
    "palette-words": ("busy", INGRID, (1440, 390), "palette-words"),
    "settings-keys": ("busy", "/w/workspace-aster/keys", (1440, 1024, 390), "record"),
    "settings-profile": ("busy", "/w/workspace-aster/profile", (1440, 390), None),
    "settings-members": ("busy", "/w/workspace-aster/members", (1440, 390), None),
    "german-settings": ("busy", "/w/workspace-aster/keys", (1440, 390), None),
    "arabic-palette": ("busy", INGRID, (1440, 390), "palette-words"),
    "arabic": ("busy", INGRID, (1440, 1024, 390), None),
    "arabic-list": ("busy", "/w/workspace-aster/waiting", (1440, 390), None),
    "arabic-channels": ("channels", "/w/workspace-aster/channels", (1440, 390), None),
    "german": ("busy", INGRID, (1440, 390), "write"),
    "german-channels": ("channels", "/w/workspace-aster/channels", (1440, 390), None),
    "polish-connect": ("channels", "/w/workspace-aster/channels", (1440, 390), "connect"),
    "labels": ("busy", INGRID, (1440, 390), "labels"),
    "emoji": ("busy", INGRID, (1440, 390), "emoji"),
    "uploads": ("busy", INGRID, (1440, 390), "uploads"),
    "arabic-emoji": ("busy", INGRID, (390,), "emoji"),
    "polish-list": ("busy", "/w/workspace-aster/waiting", (360,), None),
    "german-list": ("busy", "/w/workspace-aster/waiting", (360,), None),
    "note": ("busy", INGRID, (1440, 390), "note"),
    "filter": ("views", "/w/workspace-aster/waiting?label=shipping&unread=true", (1440, 1024, 390), "filter"),
    "filtered": ("views", INGRID + "?label=invoice&label=broken&channel=telegram", (1440, 1024), None),
    "filtered-list": ("views", "/w/workspace-aster/waiting?label=invoice&unread=true", (390,), None),
    "filtered-nothing": ("views", "/w/workspace-aster/snoozed?label=how-to&channel=old", (1440, 390), None),
    "view": ("views", "/w/workspace-aster/view/view-2", (1440, 1024, 390), "view-menu"),
    "view-altered": ("views", "/w/workspace-aster/view/view-0?label=shipping&unread=true", (1440, 390), None),
    "view-save": ("views", "/w/workspace-aster/waiting?label=shipping&unread=true", (1440, 390), "view-save"),
    "view-none": ("views", "/w/workspace-aster/view/gone", (1440, 390), None),
    "view-more": ("views", "/w/workspace-aster/waiting", (390,), "more"),
    "arabic-view": ("views", "/w/workspace-aster/view/view-1", (1440, 390), "filter"),
    "german-view": ("views", "/w/workspace-aster/view/view-0?label=shipping&unread=true", (1440, 390), None),
    "mentions": ("views", "/w/workspace-aster/mentions/ingrid", (1440, 1024, 390), None),
    "mentions-list": ("views", "/w/workspace-aster/mentions", (390,), None),
    "arabic-mentions": ("views", "/w/workspace-aster/mentions/ingrid", (1440, 390), "note"),
    "note-writing": ("views", INGRID, (1440, 1024, 390), "note"),
    "label-settings": ("busy", "/w/workspace-aster/labels", (1440, 390), None),
    "long-name": ("busy", "/w/workspace-aster/waiting/long#contact", (1440, 390), None),
}

# What floats stands outside of every landmark on purpose, and its guards catch a focus that leaves it.
AXE = """() => {
    axe.configure({ rules: [{ id: "region", selector: "body *:not(.floating, .floating *)" }] });
    return axe.run({ exclude: ["[data-base-ui-focus-guard]"] }, { resultTypes: ["violations"] });
}"""

LOCALES = {"german": "de-DE", "polish": "pl-PL", "arabic": "ar-EG"}  # by how the name begins


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["node", "node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", str(port), "--strictPort"],  # noqa: S607 the Node of this machine
        cwd=WEB,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/dev/pictures.html")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for name in names or PICTURES:
                take(browser, f"http://127.0.0.1:{port}", folder, name)
    finally:
        server.terminate()
        server.wait()


def take(browser: Browser, origin: str, folder: Path, name: str) -> None:
    scene, path, widths, act = PICTURES[name]
    asked = {"scene": scene, "path": path}
    for width in widths:
        for theme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": SIZES[width]},
                color_scheme=theme,
                locale=LOCALES.get(name.partition("-")[0], "en-GB"),
                timezone_id="Europe/Warsaw",
                has_touch=width < 400,
            )
            page = context.new_page()
            page.on("pageerror", lambda error: print(f"{name}: {error}", file=sys.stderr))
            page.on(
                "console",
                lambda said: said.type == "error" and print(f"{name}: {said.text}", file=sys.stderr),
            )
            page.route("**/api/w/*/attachments/**", lamp)
            page.goto(f"{origin}/dev/pictures.html?{urlencode(asked)}")
            page.wait_for_timeout(700)
            ACTS.get(act or "", lambda _: None)(page)
            page.wait_for_timeout(250)
            report_barriers(page, f"{name} {width} {theme}")
            page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
            context.close()


def report_barriers(page: Page, where: str) -> None:
    """What axe finds: a picture shows how it looks, not whether everybody can use it."""
    page.add_script_tag(path=WEB / "node_modules/axe-core/axe.min.js")
    found = page.evaluate(AXE)
    for violation in found["violations"]:
        places = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:4])
        print(f"{where}: {violation['id']}: {places}", file=sys.stderr)


def lamp(route: Route) -> None:
    """Every attachment's picture: a lamp in a room."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 148"><rect width="220" height="148" fill="#b7a48f"/>'
        '<circle cx="140" cy="60" r="34" fill="#f6dfb2"/><rect y="122" width="220" height="26" fill="#5c4636"/></svg>'
    )
    route.fulfill(content_type="image/svg+xml", body=svg)


def write(page: Page) -> None:
    page.locator("[data-reply]").fill("Hi Ingrid, that is the 60 cm Koya. It does come in black, and")
    page.evaluate(
        """() => {
            const { server } = window;
            const arrived = new Date().toISOString();
            const said = server.said("ingrid").at(-1);
            for (const text of ["hello?", "are you there"]) server.happens({ kind: "message",
              message: { ...said, id: text, text, sent_at: arrived, arrived_at: arrived, turn_id: "new" } });
        }"""
    )


def search(page: Page, words: str = "in") -> None:
    field = page.locator("[data-search]")
    if not field.is_visible():
        return
    page.keyboard.press("/")
    field.fill(words)
    page.wait_for_timeout(400)


def offline(page: Page) -> None:
    page.evaluate("() => { window.server.isReachable = false; window.server.breakStreams(); }")
    page.wait_for_timeout(2600)


def bulk(page: Page) -> None:
    """Three are picked: by key, and on a phone by a finger that rests on a row."""
    rows = page.get_by_role("option")
    if page.viewport_size and page.viewport_size["width"] == 390:
        if not rows.first.is_visible():
            return
        box = rows.first.bounding_box()
        assert box is not None
        touch = page.context.new_cdp_session(page)
        point = [{"x": box["x"] + 120, "y": box["y"] + 30}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
        page.wait_for_timeout(600)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        rows.nth(2).tap()
        return
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")


def emoji(page: Page) -> None:
    page.locator("[data-reply]").fill("On its way ")
    page.keyboard.press("Control+e")
    page.wait_for_timeout(1_500)


def uploads(page: Page) -> None:
    """One arrived, one is on its way, one broke."""
    for how, name in (
        ("arrive", "the lamp.jpg"),
        ("hang", "catalogue.zip"),
        ("break", "Invoice 2026-11-22.pdf"),
    ):
        page.evaluate("(how) => { window.server.uploads = how; }", how)
        kind = {"jpg": "image/jpeg", "zip": "application/zip", "pdf": "application/pdf"}[name[-3:]]
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": kind, "buffer": b"x" * 90_000}
        )
        page.wait_for_timeout(300)


def connect(page: Page) -> None:
    page.locator(".channels-platform").first.click()


def palette(page: Page, words: str = "") -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type(words)
    page.wait_for_timeout(400)


def record(page: Page) -> None:
    page.get_by_role("button", name="Reply: change the key").click()
    page.keyboard.press("e")
    page.wait_for_timeout(1_400)


ACTS = {
    "palette": palette,
    "palette-words": lambda page: palette(page, "cl"),
    "record": record,
    "write": write,
    "menu": lambda page: (write(page), page.locator(".composer-more").click()),
    "me": lambda page: page.locator(".nav-me-button").click(),
    "keys": lambda page: page.keyboard.press("?"),
    "offline": offline,
    "close": lambda page: page.get_by_role("button", name="Close", exact=True).click(),
    "connect": connect,
    "snooze": lambda page: page.get_by_role("button", name="Snooze", exact=True).last.click(),
    "tail": lambda page: page.locator(".tail-line").click(),
    "bulk": bulk,
    "note": lambda page: (page.keyboard.press("n"), page.wait_for_timeout(300), page.keyboard.type("@jo")),
    "filter": lambda page: page.locator("[data-filter]").click(),
    "view-menu": lambda page: page.locator(".list-tools .menu-place button").click(),
    "view-save": lambda page: page.locator(".filter-chips-acts button").nth(1).click(),
    "more": lambda page: page.locator(".thumb-bar .menu-place button").click(),
    "emoji": emoji,
    "uploads": uploads,
    "labels": lambda page: (page.keyboard.press("l"), page.keyboard.type("s")),
    "search": search,
    "search-nothing": lambda page: search(page, "a word that nobody said"),
}


def wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urlopen(address, timeout=2).close()  # noqa: S310 our own server
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the development server did not start within 30 s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
