"""One PostgreSQL per run, shared by all workers of pytest-xdist; one fresh database per test."""

import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from dragoman.db.database import Database
from tests.inbox.shared import inbox, shared_house
from tests.throwaway import empty_database, folder_for_a_server, fresh_copy, migrated_server

# Here, and not beside their tests, so that there is one house and not one a folder.
__all__ = ["inbox", "shared_house"]

_until_the_end = ExitStack()

# A slow machine is no failure. The same code passes or fails each time; `make laws` looks for new examples.
hypothesis.settings.register_profile(
    "searching", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "repeatable", parent=hypothesis.settings.get_profile("searching"), derandomize=True
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long",
        action="store_true",
        help="also what takes long: laws with many kills, saboteurs, every bench (make laws)",
    )
    parser.addoption("--server", help="address of a PostgreSQL to test with, instead of the embedded one")


def pytest_configure(config: pytest.Config) -> None:
    """Where the machine has no Node, set-up has put one beside our Python."""
    hypothesis.settings.load_profile("searching" if config.getoption("--long") else "repeatable")
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    node = shutil.which("node")
    if node is not None:  # the one inside Playwright wants a library that a small Debian lacks
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)

    config.addinivalue_line("markers", "long: takes long, and runs with --long only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="takes long: run `make laws`"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Runs in the controller, which outlives all workers: it owns the server."""
    config = node.config
    if not hasattr(config, "dragoman_server"):
        config.dragoman_server = _until_the_end.enter_context(migrated_server(config.getoption("--server")))
    node.workerinput["server"] = config.dragoman_server


def pytest_unconfigure() -> None:
    _until_the_end.close()


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of the run's PostgreSQL server."""
    workerinput: dict[str, str] | None = getattr(request.config, "workerinput", None)
    if workerinput is not None:
        yield workerinput["server"]
    else:
        with migrated_server(request.config.getoption("--server")) as dsn:
            yield dsn


@pytest.fixture
def dsn(server: str) -> Iterator[str]:
    """Address of a fresh, migrated database of this test alone."""
    with fresh_copy(server) as address:
        yield address


@pytest.fixture
def empty_dsn(server: str) -> Iterator[str]:
    """Address of a database of this test alone, without any table."""
    with empty_database(server) as address:
        yield address


@pytest.fixture
async def database(dsn: str) -> AsyncIterator[Database]:
    """A fresh, migrated database of this test alone, with its pool open."""
    async with Database(dsn) as opened:
        yield opened


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """An empty folder for a PostgreSQL server of this test's own, to be killed or broken."""
    with folder_for_a_server() as folder:
        yield folder
