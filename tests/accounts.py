"""Accounts that the simulator opens, and what it takes to connect them."""

from __future__ import annotations

from dragoman.simulator.running import NewBot, NewInstagram, NewNumber, NewPage, Simulator

Made = NewBot | NewPage | NewInstagram | NewNumber


def credentials_of(made: Made) -> dict[str, str]:
    """As its owner enters them; of an Instagram account those of its own log-in."""
    match made:
        case NewBot():
            return {"token": made.token}
        case NewPage():
            return {"app_id": made.app_id, "app_secret": made.app_secret, "page_token": made.page_token}
        case NewInstagram():
            own = {"instagram_token": made.instagram_token, "instagram_app_secret": made.instagram_app_secret}
            return {"app_id": made.app_id, "app_secret": made.app_secret, **own}
        case NewNumber():
            names = ("app_id", "app_secret", "waba_id", "access_token")
            return {field: getattr(made, field) for field in names}


def account_of(made: Made) -> str:
    """As the platform calls it."""
    match made:
        case NewBot():
            return made.id
        case NewPage():
            return made.page_id
        case NewInstagram():
            return made.account
        case NewNumber():
            return made.number_id


async def one_of_each(simulator: Simulator) -> dict[str, Made]:
    """By platform."""
    return {
        "telegram": await simulator.new_bot(),
        "messenger": await simulator.new_page(),
        "instagram": await simulator.new_instagram(),
        "whatsapp": await simulator.new_number(in_app=True),
    }
