"""What the parts of a process share: made once at its start, handed down, never looked up."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.access.sealing import Sealer
from dragoman.access.visitors import Visitors
from dragoman.config import Settings
from dragoman.connecting.clients import Clients
from dragoman.db.database import Database
from dragoman.files.fetch import Fetcher
from dragoman.files.storage import DiskStorage, Storage


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    database: Database
    sealer: Sealer
    visitors: Visitors
    clients: Clients
    storage: Storage
    fetcher: Fetcher

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Services:
        """The real ones. Raises OperatorError where the master key cannot be used."""
        sealer = Sealer.from_settings(settings)
        return cls(
            settings=settings,
            database=database,
            sealer=sealer,
            visitors=Visitors(database),
            clients=Clients(database, sealer, settings),
            storage=DiskStorage(settings.data / "files"),
            fetcher=Fetcher(settings.allow_hosts),
        )
