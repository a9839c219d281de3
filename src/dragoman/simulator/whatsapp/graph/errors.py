"""Refusals in WhatsApp's shape. The code decides; `details` are for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GraphError(Exception):
    code: int
    message: str
    details: str | None = None
    subcode: int | None = None
    status: int = 400


def invalid_parameter(message: str) -> GraphError:
    return GraphError(100, f"(#100) {message}")


def not_visible(what: str) -> GraphError:
    words = (
        f"Unsupported request. Object with ID '{what}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation."
    )
    return GraphError(100, words, subcode=33)


def bad_value(details: str) -> GraphError:
    return GraphError(131009, "(#131009) Parameter value is not valid", details)


def window_closed() -> GraphError:
    return GraphError(
        131047,
        "(#131047) Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied.",
    )


def unreachable() -> GraphError:
    return GraphError(131026, "(#131026) Message undeliverable", "Message undeliverable.")


def pair_rate() -> GraphError:
    return GraphError(
        131056,
        "(#131056) (Business Account, Consumer Account) pair rate limit hit",
        "Too many messages sent to this person in a short time.",
    )


def throughput() -> GraphError:
    return GraphError(130429, "(#130429) Rate limit hit", "Cloud API message throughput has been reached.")
