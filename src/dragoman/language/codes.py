"""How languages are named: BCP 47, as far as we go. Pure."""

from __future__ import annotations

import re

CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def is_code(tag: str) -> bool:
    """A language, its script and its region: ``en``, ``zh-Hant``, ``pt-BR``."""
    return CODE.fullmatch(tag) is not None
