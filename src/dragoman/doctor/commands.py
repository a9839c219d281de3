"""`dragoman doctor`."""

from __future__ import annotations

import asyncio
import sys
from importlib.metadata import version

import click
import msgspec

from dragoman.doctor.examination import examine
from dragoman.doctor.model import Examination, Finding, Verdict, worst


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, see docs/schemas/doctor.schema.json.")
def doctor(as_json: bool) -> None:
    """Look whether this installation is well; exit code 1 when something is not."""
    findings = asyncio.run(_found(tell=not as_json))
    if as_json:
        whole = Examination(version("dragoman"), worst(findings), findings)
        click.echo(msgspec.json.encode(whole).decode())
    else:
        click.echo(_summary(findings))
    if worst(findings) is Verdict.FAIL:
        sys.exit(1)


async def _found(*, tell: bool) -> list[Finding]:
    """Told as they are found: some platforms take their time."""
    findings: list[Finding] = []
    async for finding in examine():
        findings.append(finding)
        if tell:
            click.echo(f"{finding.verdict:<6}{finding.sentence}")
    return findings


def _summary(findings: list[Finding]) -> str:
    counts = {verdict: sum(f.verdict is verdict for f in findings) for verdict in Verdict}
    return f"{counts[Verdict.OK]} ok, {counts[Verdict.WARN]} to know, {counts[Verdict.FAIL]} to mend."
