"""What Meta's refusals mean for us. Decided on code and subcode; the words are for the person who can act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.meta.reading import identifier
from dragoman.kit.json_reading import (
    NotAnObject,
    Record,
    flag,
    integer,
    read_object,
    record_in,
    records_in,
    text,
)

LONGEST_PAUSE = timedelta(hours=24)
LONGEST_QUOTE = 200  # characters of Meta's own words


@dataclass(frozen=True, slots=True)
class GraphError:
    """One refusal as the Graph API words it; without a code it came from something in between."""

    status: int
    code: int | None = None
    subcode: int | None = None
    words: str = ""
    is_transient: bool = False
    trace: str = ""
    pause: timedelta | None = None

    @property
    def label(self) -> str:
        """For the log: Meta's support asks for the trace."""
        numbers = "/".join(str(number) for number in (self.code, self.subcode) if number is not None)
        return f"{numbers or f'HTTP {self.status}'}{f' trace {self.trace}' if self.trace else ''}"


@dataclass(frozen=True, slots=True)
class Verdict:
    error: type[ChannelError]
    reason: str
    pause: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """What refusals mean on one network, where that goes beyond what they mean on all of Meta's."""

    login_lost: Verdict
    by_subcode: Mapping[int, Verdict]  # seven digits are unambiguous, whatever the code beside them
    by_pair: Mapping[tuple[int, int], Verdict] = field(default_factory=dict)
    by_code: Mapping[int, Verdict] = field(default_factory=dict)
    of_one_person: tuple[tuple[str, Verdict], ...] = ()  # Meta's words where it gives no subcode


def read_error(status: int, body: Record | None, usage: str | None) -> GraphError:
    """``usage`` is the header X-Business-Use-Case-Usage, which says for how long we must be silent."""
    error = record_in(body or {}, "error") or {}
    return GraphError(
        status=status,
        code=integer(error, "code"),
        subcode=integer(error, "error_subcode"),
        words=text(error, "error_user_msg") or text(error, "message") or "",
        is_transient=flag(error, "is_transient"),
        trace=identifier(error, "fbtrace_id") or "",
        pause=_pause(usage),
    )


def _pause(usage: str | None) -> timedelta | None:
    """The longest of the announced times to regain access, which Meta gives in minutes."""
    try:
        businesses = read_object((usage or "").encode())
    except NotAnObject:
        return None
    limits = [limit for business in businesses for limit in records_in(businesses, business)]
    minutes = max((integer(limit, "estimated_time_to_regain_access") or 0 for limit in limits), default=0)
    return min(timedelta(minutes=min(minutes, 10**6)), LONGEST_PAUSE) if minutes > 0 else None


def channel_error(error: GraphError, refusals: Refusals, secrets: Collection[str] = ()) -> ChannelError:
    """The error of ours for a refused request. What may have been acted on all the same is MaybeSent."""
    verdict = _known(error, refusals) or _by_status(error, refusals) or _unknown(error, secrets)
    pause = (error.pause or verdict.pause) if verdict.error is TryLater else None
    return verdict.error(verdict.reason, code=error.label, retry_after=pause)


def says_login_is_lost(error: ChannelError) -> bool:
    """Is it the token itself, rather than a right that it lacks?"""
    return error.code.partition(" ")[0].partition("/")[0] in {"190", "102"}


def _known(error: GraphError, refusals: Refusals) -> Verdict | None:
    by_subcode, both = refusals.by_subcode, (error.code or 0, error.subcode or 0)
    pair = refusals.by_pair.get(both) or _BY_PAIR.get(both)
    alone = by_subcode.get(error.subcode or 0) or by_subcode.get(error.code or 0)
    if pair or alone:
        return pair or alone
    if "appsecret_proof" in error.words:
        # Meta has no code of its own for this one.
        return reconnect("The app secret is not that of the app which made the access token.")
    if error.code in (102, 190):
        return refusals.login_lost
    code = error.code or 0
    if code == 10 or 200 <= code <= 299:
        return _about_one_person(error.words.lower(), refusals) or refusals.by_code.get(code) or _PERMISSION
    return refusals.by_code.get(code) or _BY_CODE.get(code)


def _about_one_person(words: str, refusals: Refusals) -> Verdict | None:
    """A refusal that concerns the recipient must not stop the whole account, and may come without a subcode."""
    return next((verdict for part, verdict in refusals.of_one_person if part in words), None)


def _by_status(error: GraphError, refusals: Refusals) -> Verdict | None:
    if error.is_transient or error.status >= 500 or error.code in (1, 2):
        return Verdict(MaybeSent, "Meta had a fault of its own while it took the request.")
    if error.status in (408, 425, 429):
        return Verdict(TryLater, "Meta asks us to come back later.")
    return refusals.login_lost if error.status == 401 else None


def _unknown(error: GraphError, secrets: Collection[str]) -> Verdict:
    words = _without(secrets, error.words)[:LONGEST_QUOTE]
    if not words:
        return undeliverable(f"Meta refused the request without saying why (HTTP {error.status}).")
    return undeliverable(f"Meta refused the request: {words}")


def _without(secrets: Collection[str], words: str) -> str:
    """Meta quotes a token that it cannot read."""
    for secret in secrets:
        words = words.replace(secret, "…") if secret else words
    return words


def undeliverable(reason: str) -> Verdict:
    return Verdict(Undeliverable, reason)


def reconnect(reason: str) -> Verdict:
    return Verdict(NeedsReconnect, reason)


_PERMISSION = reconnect(
    "The app lacks a permission that this needs, or is not yet open to people without a role in it."
)
RATE_LIMITED = Verdict(TryLater, "This account or app has reached Meta's limit for now.")

_BY_PAIR = {
    (100, 33): undeliverable("Meta does not show this to the app, or it does not exist."),
    (190, 459): reconnect("Meta wants the person who made the token to sign in and confirm who they are."),
    (190, 460): reconnect("The person who made the token changed their password: make a new token."),
}  # fmt: skip

_BY_CODE = {
    4: RATE_LIMITED,
    17: RATE_LIMITED,
    32: RATE_LIMITED,
    341: RATE_LIMITED,
    613: RATE_LIMITED,
    80001: RATE_LIMITED,  # of a Page, by business use case
    80006: RATE_LIMITED,  # of Messenger, by business use case
    2200: reconnect("Meta could not verify our webhook address: is it reachable from the internet by https?"),
}  # fmt: skip
