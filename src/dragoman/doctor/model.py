"""What a look at an installation comes to: findings, a plain sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"  # it works, and a person should know
    FAIL = "fail"


class Finding(msgspec.Struct, frozen=True):
    """``check`` is stable, such as ``database.version``; ``sentence`` is for the person who can mend it."""

    check: str
    verdict: Verdict
    sentence: str


class Examination(msgspec.Struct, frozen=True):
    """All findings, and the worst of their verdicts: what `dragoman doctor --json` prints."""

    version: str
    verdict: Verdict
    checks: list[Finding]


def ok(check: str, sentence: str) -> Finding:
    return Finding(check, Verdict.OK, sentence)


def warn(check: str, sentence: str) -> Finding:
    return Finding(check, Verdict.WARN, sentence)


def fail(check: str, sentence: str) -> Finding:
    return Finding(check, Verdict.FAIL, sentence)


def worst(findings: Sequence[Finding]) -> Verdict:
    """Nothing found is nothing wrong."""
    verdicts = {finding.verdict for finding in findings}
    return next((each for each in (Verdict.FAIL, Verdict.WARN) if each in verdicts), Verdict.OK)
