"""Refusals in the Graph API's shape. Code and subcode decide; the words are for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GraphError(Exception):
    code: int
    message: str
    subcode: int | None = None
    status: int = 400
    kind: str = "OAuthException"
    is_transient: bool = False


def invalid_parameter(message: str, subcode: int | None = None) -> GraphError:
    return GraphError(100, f"(#100) {message}", subcode)


def not_visible(what: str) -> GraphError:
    return GraphError(
        100,
        f"Unsupported get request. Object with ID '{what}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation.",
        33,
        kind="GraphMethodException",
    )


def invalid_token(subcode: int | None = None) -> GraphError:
    words = {
        458: "Error validating access token: The user has not authorized application.",
        459: "Error validating access token: The user is enrolled in a blocking, logged-in checkpoint.",
        460: "Error validating access token: The session has been invalidated because the user changed "
        "their password or Facebook has changed the session for security reasons.",
        463: "Error validating access token: Session has expired.",
    }
    return GraphError(190, words.get(subcode or 0, "Invalid OAuth access token."), subcode)


def no_such_recipient() -> GraphError:
    return invalid_parameter("No matching user found", 2018001)


def window_closed(subcode: int) -> GraphError:
    return GraphError(10, "(#10) This message is sent outside of allowed window.", subcode)


def person_unavailable() -> GraphError:
    return GraphError(551, "(#551) This person isn't available right now.", 1545041)


def thread_of_another_app() -> GraphError:
    return GraphError(10, "(#10) Message Not Sent: Another app is controlling this thread now.", 2018300)


def rate_limited() -> GraphError:
    return GraphError(613, "(#613) Calls to this api have exceeded the rate limit.", is_transient=True)


def message_unavailable() -> GraphError:
    return GraphError(9000001, "The message has been deleted or is no longer available.")
