"""What is done on a screen before it is looked at: the same in every language, so nothing goes by its words."""

from __future__ import annotations

from playwright.async_api import Page


async def write(page: Page) -> None:
    """An answer is begun, and the customer writes on."""
    await page.locator("[data-reply]").fill("Hi Ingrid, that is the 60 cm Koya. It does come in black, and")
    await page.evaluate(
        """() => {
            const { server } = window;
            const arrived = new Date().toISOString();
            const said = server.said("ingrid").at(-1);
            for (const text of ["hello?", "are you there"]) server.happens({ kind: "message",
              message: { ...said, id: text, text, sent_at: arrived, arrived_at: arrived, turn_id: "new" } });
        }"""
    )
    await page.locator(".freshness").wait_for()


async def begin_service_level(page: Page) -> None:
    await page.locator(".service-levels + p button").click()
    await page.locator(".service-form").wait_for()


async def begin_webhook(page: Page) -> None:
    await page.locator(".settings-page .button[data-look=main]").click()
    await page.locator(".dialog .webhook-form").wait_for()


async def make_webhook(page: Page) -> None:
    """Until its secret is shown, for the one time."""
    await begin_webhook(page)
    await page.locator(".dialog input[name=name]").fill("CRM")
    await page.locator(".dialog input[name=address]").fill("https://crm.example.net/hooks")
    await page.locator(".dialog .webhook-form button").click()
    await page.locator(".dialog .copy-value").wait_for()


async def last_days(page: Page) -> None:
    await page.locator(".list-empty-acts button").click()
    await page.locator(".last-days tbody th").first.wait_for()


async def ledger_of_yesterday(page: Page) -> None:
    await page.locator(".ledger-day select").select_option(index=1)
    await page.locator(".ledger-found").wait_for()


async def behind_a_number(page: Page) -> None:
    await page.locator(".ledger-fate").last.click()
    await page.locator(".ledger-arrivals li").first.wait_for()


async def evening(page: Page) -> None:
    """The evening line is wanted, and says when it comes."""
    await page.locator(".notifications > section:last-child [role=switch]").click()
    await page.locator(".notifications > section:last-child input[type=time]").scroll_into_view_if_needed()


async def refused(page: Page) -> None:
    """They had written before it was sent: the server says no, and the strip says why."""
    await page.evaluate(
        """() => window.server.refusals.set("POST w/conversations/replies",
            { status: 409, body: { error: { code: "stale", message: "x" } } })"""
    )
    await write(page)
    await page.locator("[data-reply]").press("Control+Enter")


async def write_too_much(page: Page) -> None:
    await page.locator("[data-reply]").fill("That is far too much for one message. " * 280)


async def send_menu(page: Page) -> None:
    await write(page)
    await page.locator(".composer-more").click()


async def held(page: Page) -> None:
    """Sent, with a moment left to take it back."""
    await page.evaluate("() => { window.server.undoSeconds = 30; }")
    await page.locator("[data-reply]").fill("It does come in black, and it takes 220 V.")
    await page.locator("[data-reply]").press("Control+Enter")
    await page.locator('.turn:has-text("220 V.")').last.wait_for()


async def quote(page: Page) -> None:
    await page.locator(".fragment").last.focus()
    await page.keyboard.press("r")
    await page.keyboard.type("It does, and")


async def note(page: Page) -> None:
    await page.keyboard.press("n")
    await page.locator("[data-note]").wait_for()
    await page.keyboard.type("@jo")


async def reaction(page: Page) -> None:
    message = page.locator('.turn[data-side="customer"] .fragment').last
    await message.focus()
    await message.get_by_role("button").nth(1).click()
    await page.locator(".react-emoji").first.wait_for()


async def more_to_send(page: Page) -> None:
    await (
        page.locator(".composer-tools .icon-button:has(+ .composer-toggle), .composer-tools .menu-place")
        .nth(0)
        .locator("button")
        .click()
    )
    await page.locator(".floating .menu-item").first.wait_for()


async def offer_choices(page: Page) -> None:
    """A location goes with it; one choice is too long, and one is still to be written."""
    await give_location(page)
    await page.locator(".card-form button").click()
    await page.locator(".draft-file").wait_for()
    await page.locator("[data-reply]").fill("Welche Ausführung der Lampe dürfen wir Ihnen reservieren?")
    await more_to_send(page)
    await page.locator(".floating .menu-item").first.click()
    await page.wait_for_function("document.activeElement.matches('.choice-written input')")
    for words in ("Messing, matt gebürstet", "黒"):
        await page.keyboard.type(words)
        await page.keyboard.press("Enter")


async def give_location(page: Page) -> None:
    await more_to_send(page)
    await page.locator(".floating .menu-item").nth(1).click()
    await page.locator(".card-form input").first.fill(
        "https://maps.apple.com/?ll=52.5163,13.3777&q=Lampenwerkstatt"
    )


async def give_contact(page: Page) -> None:
    """Without its country a number is refused."""
    await more_to_send(page)
    await page.locator(".floating .menu-item").nth(2).click()
    await page.locator(".card-form input").first.fill("Luis Ortega")
    await page.locator(".card-form input").nth(1).fill("030 123456")
    await page.locator(".card-form button").click()
    await page.locator(".card-form [aria-invalid]").wait_for()


async def emoji(page: Page) -> None:
    await page.locator("[data-reply]").fill("On its way ")
    await page.keyboard.press("Control+e")
    await page.locator(".emoji-choice").first.wait_for()


async def uploads(page: Page) -> None:
    """One arrived, one is on its way, one broke."""
    for how, name, kind in (
        ("arrive", "the lamp.jpg", "image/jpeg"),
        ("hang", "catalogue.zip", "application/zip"),
        ("break", "Invoice 2026-11-22 for both of them, corrected.pdf", "application/pdf"),
    ):
        await page.evaluate("(how) => { window.server.uploads = how; }", how)
        await page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": kind, "buffer": b"x" * 90_000}
        )
        await page.wait_for_timeout(150)


async def scroll_up(page: Page) -> None:
    """Read further up, while something new is said below."""
    await page.locator("[data-timeline]").evaluate("(place) => place.scrollTo(0, -600)")
    await page.wait_for_timeout(200)
    await page.evaluate(
        """() => {
            const { server } = window;
            const arrived = new Date().toISOString();
            const said = server.said("ingrid").at(-1);
            server.happens({ kind: "message", message:
              { ...said, id: "new", text: "hello?", sent_at: arrived, arrived_at: arrived, turn_id: "new" } });
        }"""
    )


async def viewer(page: Page) -> None:
    await page.locator("button.picture").first.click()
    await page.locator("dialog.viewer").wait_for()


async def search(page: Page, words: str = "in") -> None:
    await page.keyboard.press("/")
    await page.locator("[data-search]").fill(words)
    await page.wait_for_timeout(400)


async def search_nothing(page: Page) -> None:
    await search(page, "a word that nobody said")


async def pick(page: Page) -> None:
    """Three are picked: by key, and on a phone by a finger that rests on a row."""
    rows = page.get_by_role("option")
    if await page.evaluate("() => matchMedia('(max-width: 640px)').matches"):
        box = await rows.first.bounding_box()
        assert box is not None
        touch = await page.context.new_cdp_session(page)
        point = [{"x": box["x"] + 120, "y": box["y"] + 30}]
        await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
        await page.locator("[role=option][aria-checked=true]").wait_for()
        await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        await rows.nth(2).tap()
        return
    for key in ("j", "x", "j", "j", "Shift+X"):
        await page.keyboard.press(key)


async def go_to_closed(page: Page) -> None:
    """To a list that the page has not been given yet."""
    await page.evaluate(
        """() => {
            window.history.pushState(null, "", "/w/workspace-aster/closed");
            window.dispatchEvent(new PopStateEvent("popstate"));
        }"""
    )
    await page.locator(".row-skeletons, .list-empty").first.wait_for()


async def hold_still(page: Page) -> None:
    """Somebody writes while the list is under the pointer."""
    await page.locator("[data-rows]").hover()
    await page.evaluate(
        """() => {
            const { server } = window;
            const row = server.rows.get("giulia");
            for (const id of ["new-a", "new-b"]) server.happens({ kind: "conversation", row: { ...row, id,
              status: "open", waiting_for: "us", waiting_since: row.last_message_at, snoozed_until: null } });
        }"""
    )


async def connect(page: Page) -> None:
    await page.locator(".channels-platform").first.click()
    await page.locator(".guide").wait_for()


async def remove_channel(page: Page) -> None:
    await page.locator(".channel-acts").first.locator("button").last.click()


async def sign_in_refused(page: Page) -> None:
    await page.evaluate(
        """() => window.server.refusals.set("POST sign-in",
            { status: 401, body: { error: { code: "wrong_credentials", message: "x" } } })"""
    )
    await page.locator("input[type=email]").fill("maria@aster.example")
    await page.locator("input[type=password]").fill("not the right one")
    await page.locator("button[type=submit]").click()
    await page.locator(".entrance-problem").wait_for()


async def palette(page: Page, words: str = "") -> None:
    await page.keyboard.press("Control+k")
    await page.keyboard.type(words)
    await page.wait_for_timeout(300)


async def palette_words(page: Page) -> None:
    await palette(page, "in")


async def palette_nothing(page: Page) -> None:
    await palette(page, "qqqq")


async def record(page: Page) -> None:
    """A key that is taken already is pressed for something else."""
    await page.locator(".key-row button").nth(6).click()
    await page.keyboard.press("e")
    await page.wait_for_timeout(1_400)


async def invite(page: Page) -> None:
    await page.locator(".settings-form input[name=email]").fill("zofia@aster.example")
    await page.locator(".settings-form button[type=submit]").click()
    await page.locator("input[readonly]").wait_for()


async def remove_member(page: Page) -> None:
    await page.locator(".settings-row button").nth(1).click()


async def offline(page: Page) -> None:
    await page.evaluate("() => { window.server.isReachable = false; window.server.breakStreams(); }")
    await page.locator(".connection-line").wait_for()


async def queue(page: Page) -> None:
    """An answer waits for the network, and something else was refused after it had waited."""
    await offline(page)
    await page.locator("[data-reply]").fill("We have it in black, too.")
    await page.locator("[data-reply]").press("Control+Enter")
    await page.locator(".connection-line .button[data-look=link]").first.click()


async def snooze(page: Page) -> None:
    await page.keyboard.press("h")


async def templates(page: Page) -> None:
    await page.locator(".composer-window button").click()
    await page.locator(".template-choice, .template-none").first.wait_for()


async def fill_in_template(page: Page) -> None:
    await templates(page)
    await page.keyboard.press("Enter")
    await page.locator(".template-fill").wait_for()
    await page.keyboard.type(" de la Torre")


async def fill_in_wrongly(page: Page) -> None:
    """A picture is wanted, and what is filled in would be refused."""
    await templates(page)
    await page.keyboard.type("spare")
    await page.locator('.template-choice[data-active=true]:has-text("spare")').wait_for()
    await page.keyboard.press("Enter")
    await page.locator(".template-fill input[type=text]").fill("far" + " " * 5 + "apart")
    await page.keyboard.press("Control+Enter")


async def channel_templates(page: Page) -> None:
    await page.locator(".channel-card").last.locator(".channel-acts button").first.click()
    await page.locator(".channel-templates li").first.wait_for()


async def labels(page: Page) -> None:
    await page.keyboard.press("l")
    await page.locator(".pick-choice").first.wait_for()
    await page.keyboard.type("s")


async def assign(page: Page) -> None:
    await page.keyboard.press("a")
    await page.locator(".pick-choice").first.wait_for()


async def work(page: Page) -> None:
    """What somebody speaks and when they work."""
    await page.locator(".member-work button").nth(2).click()
    await page.locator(".work-language").first.wait_for()


async def remove_team(page: Page) -> None:
    await page.locator(".settings-row button").nth(1).click()


async def keys(page: Page) -> None:
    await page.keyboard.press("?")


async def close(page: Page) -> None:
    await page.keyboard.press("e")
    await page.locator(".toast").hover()  # while somebody is on it, it stays


async def me(page: Page) -> None:
    await page.locator(".nav-me-button").click()


async def workspaces(page: Page) -> None:
    await page.locator(".nav-switcher").click()


async def tail(page: Page) -> None:
    await page.locator(".tail-line").click()


async def filter_panel(page: Page) -> None:
    await page.locator("[data-filter]").click()


async def view_menu(page: Page) -> None:
    await page.locator(".list-tools .menu-place button").click()


async def view_save(page: Page) -> None:
    await page.locator(".filter-chips-acts button").nth(1).click()


async def more(page: Page) -> None:
    await page.locator(".thumb-bar .menu-place button").click()


async def look_at_rule(page: Page) -> None:
    """Until what others make of it stands beneath it."""
    await page.locator(".rule-conflicts").wait_for()


async def begin_rule(page: Page) -> None:
    """Nothing filled in yet: what is wrong stands at its place."""
    await page.locator(".rule-conflicts").wait_for()
    await page.locator('.rule-foot button[type="submit"]').click()


async def choose_in_rule(page: Page) -> None:
    await page.locator(".rule-slot").first.click()
    await page.locator(".choices").wait_for()


async def rehearse(page: Page) -> None:
    await page.locator(".rehearsal button").first.click()
    await page.locator(".rehearsal-hit").last.scroll_into_view_if_needed()


async def look_at_deeds(page: Page) -> None:
    await page.locator(".rule-editor .tab").nth(2).click()
    await page.locator(".rehearsal-hit").first.wait_for()
