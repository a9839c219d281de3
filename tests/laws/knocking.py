"""A body of one's own at the door, rightly signed: what no simulator would ever send."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import httpx2
import msgspec

from dragoman.access.sealing import CONNECTION_SECRETS
from tests.inbox.house import House

TELEGRAM_HEADER = "X-Telegram-Bot-Api-Secret-Token"
META_HEADER = "X-Hub-Signature-256"


@dataclass(frozen=True, slots=True)
class Hook:
    """The one address of a connection, and what proves that we may deliver there."""

    platform: str
    url: str
    secrets: dict[str, str]

    def headers(self, body: bytes) -> dict[str, str]:
        if self.platform == "telegram":
            return {TELEGRAM_HEADER: self.secrets["webhook_secret"]}
        digest = hmac.new(self.secrets["app_secret"].encode(), body, hashlib.sha256).hexdigest()
        return {META_HEADER: f"sha256={digest}"}


async def hook_of(house: House, platform: str) -> Hook:
    """The address of the newest connection of this platform."""
    found = await house.sql(
        """select hook_key, secrets, secrets_key from connections
           where platform = %s order by created_at desc limit 1""",
        platform,
    )
    key, sealed, sealed_by = found[0]
    opened = house.services.sealer.open(
        sealed, sealed_by, workspace=house.workspace_id, column=CONNECTION_SECRETS
    )
    url = f"{house.address}/hooks/{platform}/{house.workspace_id}/{key}"
    return Hook(platform, url, msgspec.json.decode(opened, type=dict[str, str]))


async def knock(http: httpx2.AsyncClient, hook: Hook, body: bytes) -> httpx2.Response:
    return await http.post(hook.url, content=body, headers=hook.headers(body))
