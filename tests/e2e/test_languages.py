"""What the server says is said in the language of who reads it, before real browsers."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from dragoman.access.model import Role
from tests.e2e.screens import LONG, Screens
from tests.inbox.house import House

POLISH = (
    "Kanały",
    "Zacznij",
    "Gotowe, dalej",
    "Zapisz i wypróbuj",
    "Skopiuj token z odpowiedzi @BotFather i wklej go tutaj.",
    "Platforma odmawia: To nie jest token bota: tokeny @BotFather to liczba, dwukropek, potem litery i cyfry.",
)
GERMAN = (
    "Kanäle",
    "Beginnen",
    "Erledigt, weiter",
    "Speichern und ausprobieren",
    "Kopieren Sie das Token aus der Antwort von @BotFather und fügen Sie es hier ein.",
    "Die Plattform lehnt ab: Das ist kein Bot-Token: Die Tokens von @BotFather sind eine Zahl, ein Doppelpunkt,"
    " dann Buchstaben und Ziffern.",
)


@pytest.mark.parametrize(("locale", "words"), [("pl-PL", POLISH), ("de-DE", GERMAN)])
async def test_steps_and_refusals_of_connecting_are_in_the_reader_s_language(
    house: House, screens: Screens, locale: str, words: tuple[str, ...]
) -> None:
    channels, begin, go_on, try_it, step, refusal = words
    owner = await house.a_member("Maria", Role.OWNER)
    maria = await screens.of(owner, locale=locale)
    await maria.page.goto(f"{house.address}/w/{owner.membership.workspace_id}/channels/new/telegram")
    await expect(maria.page.get_by_role("heading", name=channels, exact=True)).to_be_visible(timeout=LONG)

    await maria.page.get_by_role("button", name=begin, exact=True).click()
    await maria.page.get_by_role("button", name=go_on, exact=True).click()
    await expect(maria.page.get_by_text(step)).to_be_visible(timeout=LONG)
    await maria.page.get_by_role("textbox").fill("hello")
    await maria.page.get_by_role("button", name=try_it, exact=True).click()

    await expect(maria.page.get_by_role("alert")).to_have_text(refusal, timeout=LONG)
