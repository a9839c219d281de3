"""What Meta's refusals mean for us. Decided on code and subcode; the words are for the person who can act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.messenger.reading import identifier
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


def channel_error(error: GraphError, secrets: Collection[str] = ()) -> ChannelError:
    """The error of ours for a refused request. What may have been acted on all the same is MaybeSent."""
    verdict = _known(error) or _by_status(error) or _unknown(error, secrets)
    pause = (error.pause or verdict.pause) if verdict.error is TryLater else None
    return verdict.error(verdict.reason, code=error.label, retry_after=pause)


def says_login_is_lost(error: ChannelError) -> bool:
    """Is it the token itself, rather than a right that it lacks?"""
    return error.code.partition(" ")[0].partition("/")[0] in {"190", "102"}


def _known(error: GraphError) -> Verdict | None:
    pair = _BY_PAIR.get((error.code or 0, error.subcode or 0))
    alone = _BY_SUBCODE.get(error.subcode or 0) or _BY_SUBCODE.get(error.code or 0)
    if pair or alone:
        return pair or alone
    if "appsecret_proof" in error.words:
        # Meta has no code of its own for this one.
        return _reconnect("The app secret is not that of the app which made the Page access token.")
    is_permission = error.code == 10 or 200 <= (error.code or 0) <= 299
    if is_permission:
        return _about_one_person(error.words.lower()) or _PERMISSION
    return _BY_CODE.get(error.code or 0)


def _about_one_person(words: str) -> Verdict | None:
    """A refusal that concerns the recipient must not stop the whole Page, and may come without a subcode."""
    return next((verdict for part, verdict in _OF_ONE_PERSON if part in words), None)


def _by_status(error: GraphError) -> Verdict | None:
    if error.is_transient or error.status >= 500 or error.code in (1, 2):
        return Verdict(MaybeSent, "Facebook had a fault of its own while it took the request.")
    if error.status in (408, 425, 429):
        return Verdict(TryLater, "Facebook asks us to come back later.")
    return _LOGIN_LOST if error.status == 401 else None


def _unknown(error: GraphError, secrets: Collection[str]) -> Verdict:
    words = _without(secrets, error.words)[:LONGEST_QUOTE]
    if not words:
        return _undeliverable(f"Facebook refused the request without saying why (HTTP {error.status}).")
    return _undeliverable(f"Facebook refused the request: {words}")


def _without(secrets: Collection[str], words: str) -> str:
    """Meta quotes a token that it cannot read."""
    for secret in secrets:
        words = words.replace(secret, "…") if secret else words
    return words


def _undeliverable(reason: str) -> Verdict:
    return Verdict(Undeliverable, reason)


def _reconnect(reason: str) -> Verdict:
    return Verdict(NeedsReconnect, reason)


_LOGIN_LOST = _reconnect(
    "Facebook no longer accepts the Page access token: make a new one and connect again."
)
_PERMISSION = _reconnect(
    "The app lacks a permission that this needs, or is not yet open to people without a role in it."
)
_RATE_LIMITED = Verdict(TryLater, "This Page or app has reached Facebook's limit for now.")
_WINDOW_CLOSED = _undeliverable(
    "Messenger's reply window is closed: the customer has to write first."
    " (Answers after 24 hours need Meta's approval for Human Agent.)"
)
_NO_ROLE = _undeliverable(
    "The app is not published yet: until then only people with a role in it can be written to."
)
_UNREACHABLE = _undeliverable("This person cannot be reached: they blocked the Page or left Messenger.")

# Meta's words where it gives no subcode.
_OF_ONE_PERSON = (
    ("outside of allowed window", _WINDOW_CLOSED),
    ("outside the allowed window", _WINDOW_CLOSED),
    ("not admins, developers or testers", _NO_ROLE),
    ("to this user", _UNREACHABLE),
    ("to this person", _UNREACHABLE),
    ("isn't available right now", _UNREACHABLE),
)

# Seven digits are unambiguous, whatever the code beside them.
_BY_SUBCODE = {
    2018278: _WINDOW_CLOSED,
    2534022: _WINDOW_CLOSED,
    2018065: _WINDOW_CLOSED,
    2018108: _undeliverable("This person cannot receive messages at the moment."),
    1893063: _reconnect("Facebook does not let this Page send messages: look into the Page's support inbox."),
    2018338: _reconnect("Facebook warns that this Page misuses Human Agent: sending stopped to protect it."),
    2018028: _NO_ROLE,
    2018001: _undeliverable("Facebook knows no such person for this Page."),
    2018008: _undeliverable("Facebook could not fetch the file."),
    2018047: _undeliverable("Facebook does not take a file of this type."),
    2018109: _undeliverable("The file is too big for Messenger."),
    2018294: _undeliverable("Facebook took too long over this video: send a shorter one."),
    2018300: _undeliverable("Another app holds this conversation, often the Page's inbox: take it over there first."),
    2018321: Verdict(
        TryLater, "An advertisement's automatic questions are still running here.", timedelta(minutes=15)
    ),
    1545041: _UNREACHABLE,
    2018218: _undeliverable("Facebook shows no profile of this person."),
    2018247: _undeliverable("Facebook shows us no profile of this person."),
    9000001: _undeliverable("The message was deleted, or is too old for Facebook to show."),
}  # fmt: skip

_BY_PAIR = {
    (100, 33): _undeliverable("Facebook does not show this to the app, or it does not exist."),
    (190, 458): _reconnect("The app was removed from the Page: connect it again."),
    (190, 459): _reconnect("Facebook wants the person who made the token to sign in and confirm who they are."),
    (190, 460): _reconnect("The person who made the token changed their password: make a new token."),
    (190, 463): _reconnect("The Page access token has expired: make a new one."),
    (190, 492): _reconnect("The person who made the token may no longer manage the Page: make a new one."),
}  # fmt: skip

_BY_CODE = {
    4: _RATE_LIMITED,
    17: _RATE_LIMITED,
    32: _RATE_LIMITED,
    341: _RATE_LIMITED,
    613: _RATE_LIMITED,
    80001: _RATE_LIMITED,  # of a Page, by business use case
    80006: _RATE_LIMITED,  # of Messenger, by business use case
    102: _LOGIN_LOST,
    190: _LOGIN_LOST,
    368: _reconnect("Facebook has blocked this Page for a while because of its policy."),
    551: _UNREACHABLE,
    2200: _reconnect("Facebook could not verify our webhook address: is it reachable from the internet by https?"),
}  # fmt: skip
