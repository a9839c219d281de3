"""What may go wrong between a platform and us, sorted by who must act."""

from __future__ import annotations

from datetime import timedelta


class ChannelError(Exception):
    """``reason`` is one plain sentence for the person who can act."""

    def __init__(self, reason: str, *, code: str = "", retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code  # the platform's own code, for the log
        self.retry_after = retry_after


class TryLater(ChannelError):
    """Nobody need act: certainly not sent; the pipeline tries again, not before ``retry_after``."""


class MaybeSent(ChannelError):
    """The pipeline: it may have arrived. Ask the platform, or a person, before sending again."""


class NeedsReconnect(ChannelError):
    """An admin: the account's credentials or rights are gone. The channel pauses."""


class LeftToTheAdmin(ChannelError):
    """An admin: everything is done but one step at the platform that only they can take. The connection is
    kept, and looked at until it is done."""


class AwaitsPlatform(ChannelError):
    """The platform: it has still to approve something. Nobody of ours can hasten it; it is asked again until then."""


class Undeliverable(ChannelError):
    """The agent: this message cannot arrive like this. Certainly not sent."""


class MalformedPayload(ChannelError):
    """A developer: the body is not what the platform promises (not JSON, no object). The envelope is
    parked."""
