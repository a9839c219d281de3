"""Tokens of Instagram's own end after 60 days, unless they are renewed when they are at least a day old."""

from typing import Any

from dragoman.simulator.messenger.errors import invalid_parameter
from dragoman.simulator.messenger.graph.request import GraphCall
from dragoman.simulator.messenger.model import Token
from dragoman.simulator.messenger.network import MessengerNetwork

LIFE_SECONDS = 60 * 86_400
RENEWABLE_AFTER_SECONDS = 86_400


def a_token(network: MessengerNetwork, app_id: str, account: str) -> Token:
    """One that was made this moment."""
    at = network.clock.steady_seconds()
    written = f"{network.ways.tokens_begin}{network.letters(60)}"
    return network.keep_token(Token(written, app_id, account, made_at=at, expires_at=at + LIFE_SECONDS))


async def renew(call: GraphCall, _: str) -> Any:
    """Another text, which lives 60 days; the old one lives as long as it would have."""
    token = call.token()
    if call.text("grant_type") != "ig_refresh_token":
        raise invalid_parameter("Unsupported grant_type")
    if call.network.clock.steady_seconds() - token.made_at < RENEWABLE_AFTER_SECONDS:
        raise invalid_parameter("The access token must be at least 24 hours old")
    renewed = a_token(call.network, token.app_id, token.page_id or "")
    return {"access_token": renewed.token, "token_type": "bearer", "expires_in": LIFE_SECONDS}
