"""Keeps tokens out of the log: Telegram wants the token in the address, and HTTP clients log addresses."""

from __future__ import annotations

import logging
import re

_TOKEN_IN_AN_ADDRESS = re.compile(r"(/bot)\d+(:|%3A)[\w%-]+", re.IGNORECASE)


class HideTokens(logging.Filter):
    """Lets every record pass, with the token of a bot in its addresses replaced."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = without_tokens(message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True


def without_tokens(message: str) -> str:
    return _TOKEN_IN_AN_ADDRESS.sub(r"\1<token>", message)
