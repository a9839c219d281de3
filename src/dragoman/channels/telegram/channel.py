"""The channel as the registry knows it: its data and its pure functions under one name."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.channels.capabilities import Capabilities
from dragoman.channels.contract import Client, Credentials, Hook, HookAnswer
from dragoman.channels.events import InboundEvent
from dragoman.channels.telegram.business import connection_of
from dragoman.channels.telegram.manifest import CAPABILITIES, MANIFEST, OF_A_CONNECTED_ACCOUNT, PLATFORM
from dragoman.channels.telegram.parse import parse
from dragoman.channels.telegram.sentences import SENTENCES
from dragoman.channels.telegram.verify import verify


class TelegramChannel:
    platform = PLATFORM
    capabilities = CAPABILITIES
    manifest = MANIFEST
    sentences: Mapping[str, str] = SENTENCES

    def verify(self, hook: Hook, credentials: Credentials) -> bool:
        return verify(hook, credentials)

    def handshake(self, hook: Hook, credentials: Credentials) -> HookAnswer | None:
        """Telegram asks for none: it simply begins to deliver."""
        return None

    def parse(self, body: bytes, account: str) -> list[InboundEvent]:
        return parse(body, account)

    def client(self, credentials: Credentials) -> Client:
        # Imported only here: what merely parses need not wait for an HTTP client to load.
        from dragoman.channels.telegram.client import TelegramClient

        return TelegramClient(credentials)

    def capabilities_of(self, account: str) -> Capabilities:
        return self.capabilities if connection_of(account) is None else OF_A_CONNECTED_ACCOUNT


TELEGRAM = TelegramChannel()
