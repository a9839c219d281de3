"""Messenger as a channel: its data and its pure functions, and its client."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.channels.capabilities import Capabilities
from dragoman.channels.contract import Channel, Client, Credentials, Hook, HookAnswer, Manifest
from dragoman.channels.events import InboundEvent
from dragoman.channels.messenger import parse
from dragoman.channels.messenger.manifest import CAPABILITIES, MANIFEST, PLATFORM
from dragoman.channels.messenger.sentences import SENTENCES
from dragoman.channels.meta import verify


class Messenger:
    platform: str = PLATFORM
    capabilities: Capabilities = CAPABILITIES
    manifest: Manifest = MANIFEST
    sentences: Mapping[str, str] = SENTENCES

    def verify(self, hook: Hook, credentials: Credentials) -> bool:
        return verify.verify(hook, credentials.secrets.get("app_secret", ""))

    def handshake(self, hook: Hook, credentials: Credentials) -> HookAnswer | None:
        return verify.handshake(hook, credentials)

    def parse(self, body: bytes, account: str) -> list[InboundEvent]:
        return parse.parse(body, account)

    def client(self, credentials: Credentials) -> Client:
        # Loading the HTTP library takes longer than parsing thousands of webhooks, which needs none of it.
        from dragoman.channels.messenger.client import MessengerClient

        return MessengerClient(credentials)

    def capabilities_of(self, account: str) -> Capabilities:
        return self.capabilities


MESSENGER: Channel = Messenger()
