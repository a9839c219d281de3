"""An installation as the doctor finds it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.config import Settings
from dragoman.doctor.examination import examine
from dragoman.doctor.model import Finding, Verdict
from tests.inbox.house import House


def environment_of(settings: Settings) -> dict[str, str]:
    """What these settings were read from, for a process that shall read the same."""
    return {
        "DATABASE_URL": settings.database_url or "",
        "DRAGOMAN_DATA": str(settings.data),
        "DRAGOMAN_KEY_FILE": str(settings.key_file),
        "DRAGOMAN_SIMULATOR_URL": settings.simulator_url or "",
        "DRAGOMAN_PORT": str(settings.port),
    }


@dataclass(frozen=True)
class Found:
    """The findings of one examination, by the names of their checks."""

    findings: list[Finding] = field(default_factory=list)

    def __getitem__(self, check: str) -> Finding:
        return next(finding for finding in self.findings if finding.check == check)

    def __contains__(self, check: str) -> bool:
        return any(finding.check == check for finding in self.findings)

    def failed(self) -> list[str]:
        return [finding.check for finding in self.findings if finding.verdict is Verdict.FAIL]


async def look_at(house: House, **other: str) -> Found:
    return await look_with(environment_of(house.settings) | other)


async def look_with(environment: Mapping[str, str]) -> Found:
    return Found([finding async for finding in examine(environment)])


def doctor(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command itself, in a process of its own."""
    command = [sys.executable, "-m", "dragoman", "doctor", *arguments]
    surroundings = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=90, env=surroundings)
