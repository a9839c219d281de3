"""What is wrong with a field of a request, before anything of ours has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def problem_in_words(problem: Mapping[str, Any]) -> str:
    """What a person can have typed has a sentence of ours; the rest is a fault of the program that asks."""
    kind, limits = problem["type"], problem.get("ctx", {})
    if kind == "missing" or (kind == "string_too_short" and limits["min_length"] == 1):
        return "This is missing."
    if kind == "greater_than_equal":
        return f"This must be {limits['ge']} at least."
    if kind == "less_than_equal":
        return f"This must be {limits['le']} at most."
    if kind == "string_too_long":
        return f"This may have {limits['max_length']} characters at most."
    if kind == "too_long":
        return f"There may be {limits['max_length']} of these at most."
    return f"{problem['msg']}."
