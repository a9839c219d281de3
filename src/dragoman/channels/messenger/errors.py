"""What refusals mean on Messenger, beyond what they mean on all of Meta's networks. Data, no logic."""

from __future__ import annotations

from datetime import timedelta

from dragoman.channels.errors import TryLater
from dragoman.channels.meta.errors import Refusals, Verdict, reconnect, undeliverable

_WINDOW_CLOSED = undeliverable(
    "Messenger's reply window is closed: the customer has to write first."
    " (Answers after 24 hours need Meta's approval for Human Agent.)"
)
_NO_ROLE = undeliverable(
    "The app is not published yet: until then only people with a role in it can be written to."
)
_UNREACHABLE = undeliverable("This person cannot be reached: they blocked the Page or left Messenger.")

REFUSALS = Refusals(
    login_lost=reconnect(
        "Facebook no longer accepts the Page access token: make a new one and connect again."
    ),
    of_one_person=(
        ("outside of allowed window", _WINDOW_CLOSED),
        ("outside the allowed window", _WINDOW_CLOSED),
        ("not admins, developers or testers", _NO_ROLE),
        ("to this user", _UNREACHABLE),
        ("to this person", _UNREACHABLE),
        ("isn't available right now", _UNREACHABLE),
    ),
    by_subcode={
        2018278: _WINDOW_CLOSED,
        2534022: _WINDOW_CLOSED,
        2018065: _WINDOW_CLOSED,
        2018108: undeliverable("This person cannot receive messages at the moment."),
        1893063: reconnect("Facebook does not let this Page send messages: look into the Page's support inbox."),
        2018338: reconnect("Facebook warns that this Page misuses Human Agent: sending stopped to protect it."),
        2018028: _NO_ROLE,
        2018001: undeliverable("Facebook knows no such person for this Page."),
        2018008: undeliverable("Facebook could not fetch the file."),
        2018047: undeliverable("Facebook does not take a file of this type."),
        2018109: undeliverable("The file is too big for Messenger."),
        2018294: undeliverable("Facebook took too long over this video: send a shorter one."),
        2018300: undeliverable(
            "Another app holds this conversation, often the Page's inbox: take it over there first."
        ),
        2018321: Verdict(
            TryLater, "An advertisement's automatic questions are still running here.", timedelta(minutes=15)
        ),
        1545041: _UNREACHABLE,
        2018218: undeliverable("Facebook shows no profile of this person."),
        2018247: undeliverable("Facebook shows us no profile of this person."),
        9000001: undeliverable("The message was deleted, or is too old for Facebook to show."),
    },
    by_pair={
        (190, 458): reconnect("The app was removed from the Page: connect it again."),
        (190, 463): reconnect("The Page access token has expired: make a new one."),
        (190, 492): reconnect("The person who made the token may no longer manage the Page: make a new one."),
    },
    by_code={
        368: reconnect("Facebook has blocked this Page for a while because of its policy."),
        551: _UNREACHABLE,
    },
)  # fmt: skip
