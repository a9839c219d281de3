import json
from typing import Any

from click import Command
from click.testing import CliRunner

from dragoman.language.commands import language, noise


def test_each_line_is_judged_with_what_was_around_it() -> None:
    status, told = _run(
        '{"kind": "text", "text": "감사합니다 🙏", "conversation": "closed"}',
        '{"kind": "text", "text": "👍", "we_asked": true}',
        '{"kind": "text", "text": "😉", "turn": ["where is it"]}',
        '{"kind": "story_mention"}',
        '{"kind": "text", "text": "\\ud83d but it is broken"}',
    )

    assert status == 0
    assert [(line["class"], line["shelve"]) for line in told] == [
        ("closer", True),
        ("emoji_only", False),
        ("emoji_only", False),
        ("story_mention", True),
        ("substantive", False),
    ]
    assert all(line["why"].endswith(".") for line in told)


def test_a_broken_line_is_told_and_the_others_are_judged_all_the_same() -> None:
    status, told = _run(
        '{"kind": 5}',
        "nonsense",
        "",
        "[]",
        '{"kind": "sticker"}',
        '{"kind": "text", "text": "x' + "x" * 2**21,
    )

    assert status == 1
    assert [list(line) for line in told] == [
        ["error"],
        ["error"],
        ["error"],
        ["class", "shelve", "why"],
        ["error"],
    ]


def _run(*lines: str, command: Command = noise) -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(command, input="\n".join(lines).encode())
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_each_customer_s_language_is_told() -> None:
    status, told = _run(
        '{"messages": ["안녕하세요"], "spoken": ["ko"]}',
        '{"messages": ["👍"]}',
        '{"messages": "no list"}',
        command=language,
    )

    assert status == 1
    assert told[:2] == [{"language": "ko", "confidence": 0.99}, {"language": None, "confidence": 0.0}]
    assert list(told[2]) == ["error"]
