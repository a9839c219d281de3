"""What refusals mean on Instagram, beyond what they mean on all of Meta's networks. Data, no logic."""

from __future__ import annotations

from dragoman.channels.meta.errors import Refusals, reconnect, undeliverable

_WINDOW_CLOSED = undeliverable(
    "Instagram's reply window is closed: the customer has to write first."
    " (Answers after 24 hours need Meta's approval for Human Agent.)"
)
_NO_ROLE = undeliverable(
    "The app is not published yet: until then only people with a role in it can be written to."
)
_UNREACHABLE = undeliverable("This person cannot be reached: they blocked the account or left Instagram.")
_NO_PROFILE = undeliverable("Instagram shows us no profile of this person.")

REFUSALS = Refusals(
    login_lost=reconnect(
        "Meta no longer accepts the access token of this account: make a new one and connect again."
    ),
    of_one_person=(
        ("outside of allowed window", _WINDOW_CLOSED),
        ("outside the allowed window", _WINDOW_CLOSED),
        ("not admins, developers or testers", _NO_ROLE),
        ("consent is required to access user profile", _NO_PROFILE),
        ("to this user", _UNREACHABLE),
        ("to this person", _UNREACHABLE),
        ("isn't available right now", _UNREACHABLE),
    ),
    by_subcode={
        2534022: _WINDOW_CLOSED,
        2018278: _WINDOW_CLOSED,
        2018065: _WINDOW_CLOSED,
        2534013: reconnect("The Page has no Instagram account: link them in the Page's settings."),
        2534077: reconnect(
            "The link between the Page and the Instagram account is broken, or two-factor log-in stands in the"
            " way: link them again."
        ),
        2534041: reconnect(
            "The owner does not allow access to messages: switch it on in the Instagram app under Settings,"
            " Messages and story replies, Message controls, Connected tools."
        ),
        2534014: undeliverable("Instagram knows no such person for this account."),
        2018001: undeliverable("Instagram knows no such person for this account."),
        2534015: undeliverable("Instagram does not take a message of this form."),
        2534025: undeliverable("This comment cannot be answered in private any more."),
        2534029: reconnect("Instagram does not let this account send messages: look into its account status."),
        1893063: reconnect("Instagram does not let this account send messages: look into its account status."),
        2534037: undeliverable("Another app holds this conversation: take it over there first."),
        2018300: undeliverable("Another app holds this conversation: take it over there first."),
        2018108: undeliverable("This person cannot receive messages at the moment."),
        2018338: reconnect("Meta warns that this account misuses Human Agent: sending stopped to protect it."),
        2018028: _NO_ROLE,
        2018008: undeliverable("Instagram could not fetch the file: is our address reachable from the internet?"),
        2018047: undeliverable("Instagram does not take a file of this type."),
        2018109: undeliverable("The file is too big for Instagram."),
        2018294: undeliverable("Instagram took too long over this video: send a shorter one."),
        1545041: _UNREACHABLE,
        2018218: _NO_PROFILE,
        2018247: _NO_PROFILE,
        9000001: undeliverable("The message was deleted, or is too old for Instagram to show."),
    },
    by_pair={
        (190, 458): reconnect("The app was removed from the account: connect it again."),
        (190, 463): reconnect("The access token has expired: make a new one and connect again."),
        (190, 492): reconnect("The person who made the token may no longer manage the account: make a new one."),
    },
    by_code={
        230: _NO_PROFILE,
        368: reconnect("Meta has blocked this account for a while because of its policy."),
        551: _UNREACHABLE,
        36103: reconnect("This Instagram account may not use messages over an app: it must be a professional one."),
    },
)  # fmt: skip
