import subprocess
import sys

import pytest

from dragoman.cli import COMMANDS


def test_help_lists_every_command_and_imports_none_of_them() -> None:
    shown = _dragoman("--help")

    assert shown.returncode == 0
    for name, entry in COMMANDS.items():
        assert f"{name} " in shown.stdout
        assert entry.line.split()[0] in shown.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_is_listed_is_there(name: str) -> None:
    shown = _dragoman(name, "--help")

    assert shown.returncode == 0, shown.stderr
    assert "Usage:" in shown.stdout


def test_what_the_operator_can_mend_is_one_sentence_and_exit_code_1() -> None:
    shown = _dragoman("migrate", DATABASE_URL="")

    assert shown.returncode == 1
    assert shown.stdout == ""
    assert shown.stderr.startswith("DATABASE_URL is not set: ")
    assert shown.stderr.count("\n") == 1


def test_migrate_prints_what_it_applied_and_then_nothing(empty_dsn: str) -> None:
    first = _dragoman("migrate", DATABASE_URL=empty_dsn)
    second = _dragoman("migrate", DATABASE_URL=empty_dsn)

    assert first.stdout.startswith("0001_")
    assert (second.returncode, second.stdout) == (0, "")


def test_settings_shows_what_is_set_and_hides_secrets() -> None:
    shown = _dragoman("settings", DRAGOMAN_PORT="9001", DRAGOMAN_KEY="hush")

    assert "9001" in shown.stdout
    assert "hush" not in shown.stdout
    assert "DRAGOMAN_KEY              (hidden)" in shown.stdout


def _dragoman(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
