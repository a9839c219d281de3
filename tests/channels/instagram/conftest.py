from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from dragoman.channels.contract import Credentials
from dragoman.channels.instagram.client import InstagramClient
from tests.channels.messenger.graph_server import GraphServer, running_graph_server

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECRET = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
OWN_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
OWN_TOKEN = "IGAAm0PX4ZCpsBAtoken"
PAGE_TOKEN = "EAAGm0PX4ZCpsBAtoken"
APP = "1517776481860111"
IG = "17841405822304914"
ANN = "2987654321098765"


@pytest.fixture
async def instagram() -> AsyncIterator[GraphServer]:
    """In the place of graph.instagram.com."""
    async with running_graph_server() as server:
        yield server


@pytest.fixture
async def facebook() -> AsyncIterator[GraphServer]:
    """In the place of graph.facebook.com."""
    async with running_graph_server() as server:
        yield server


def credentials(facebook: GraphServer, instagram: GraphServer, **tokens: str) -> Credentials:
    return Credentials(
        secrets={"app_secret": SECRET, "verify_token": "verify-me", **tokens},
        settings={"app_id": APP},
        api_base=facebook.address,
        further_bases={"instagram": instagram.address},
    )


@pytest.fixture
async def own(facebook: GraphServer, instagram: GraphServer) -> AsyncIterator[InstagramClient]:
    """Of an account that logged in with Instagram."""
    made = credentials(facebook, instagram, instagram_token=OWN_TOKEN, instagram_app_secret=OWN_SECRET)
    opened = InstagramClient(made, now=lambda: NOW)
    yield opened
    await opened.aclose()


@pytest.fixture
async def linked(facebook: GraphServer, instagram: GraphServer) -> AsyncIterator[InstagramClient]:
    """Of an account whose Page logged in with Facebook."""
    opened = InstagramClient(credentials(facebook, instagram, page_token=PAGE_TOKEN), now=lambda: NOW)
    yield opened
    await opened.aclose()
