"""`dragoman parse`: its output is stable, and described by a schema."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner, Result

from dragoman.channels.commands import MAX_BODY_BYTES, parse
from dragoman.channels.events import (
    InboundEvent,
    Media,
    MediaKind,
    MessageEvent,
    Person,
    ReceiptEvent,
    ReceiptRank,
)
from dragoman.channels.telling import told
from tests.channels.payloads import ACCOUNT, Payload, payloads

SCHEMA = msgspec.json.decode((Path(__file__).parents[2] / "docs/schemas/parse.schema.json").read_bytes())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

A_TEXT = Payload("telegram", "message__text")


def run(*arguments: str, body: bytes = b"") -> Result:
    return CliRunner().invoke(parse, arguments, input=body)


def lines_of(result: Result) -> list[Any]:
    return [msgspec.json.decode(line) for line in result.stdout_bytes.splitlines()]


@pytest.mark.parametrize("payload", payloads(), ids=str)
def test_every_payload_gives_lines_as_the_schema_describes_them(payload: Payload) -> None:
    result = run(payload.platform, str(payload.path), "--account", ACCOUNT)

    lines = lines_of(result)
    assert result.exit_code == 0
    assert [line["natural_key"] for line in lines] == [each["natural_key"] for each in payload.expected()]
    for line in lines:
        VALIDATOR.validate(line)


def test_a_message_is_told_with_all_that_a_program_needs() -> None:
    [line] = lines_of(run("telegram", str(A_TEXT.path)))

    assert line == {
        "kind": "message",
        "account": "",
        "natural_key": "message:5551234567:41",
        "at": "2026-01-01T00:00:00Z",
        "external_id": "5551234567:41",
        "conversation": "5551234567",
        "sender": "5551234567",
        "sender_name": "Ana Ruiz",
        "direction": "in",
        "text": "hola, ¿tienen la de 220 V?",
        "parts": [],
        "reply_to": None,
        "automatic": False,
    }


def test_what_our_side_said_was_sent_by_the_account() -> None:
    [line] = lines_of(run("telegram", str(Payload("telegram", "message__business_typed_by_owner").path)))

    assert (line["direction"], line["sender"], line["conversation"]) == ("out", "bc:bc_A1", "321")


def test_a_conversation_with_threads_names_the_thread() -> None:
    event = MessageEvent(
        account="p", natural_key="k", external_id="e", customer=Person(address="ada"), thread_key="post7"
    )

    assert told(event)["conversation"] == "ada/post7"


def test_where_a_file_lies_at_the_platform_is_not_told() -> None:
    media = Media(kind=MediaKind.IMAGE, source={"url": "https://cdn.example/?secret=1"})
    event = MessageEvent(
        account="p", natural_key="k", external_id="e", customer=Person(address="ada"), parts=(media,)
    )

    assert "secret" not in json.dumps(told(event))


@pytest.mark.parametrize(
    "event",
    [
        ReceiptEvent(account="p", natural_key="k", rank=ReceiptRank.READ, customer=Person(address="ada")),
        MessageEvent(account="p", natural_key="k", external_id="e", customer=Person(address="ada")),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_the_platform_leaves_open_is_null_and_not_missing(event: InboundEvent) -> None:
    VALIDATOR.validate(told(event))


def test_without_a_file_the_body_is_read_from_standard_input() -> None:
    body = A_TEXT.path.read_bytes()

    assert run("telegram", body=body).stdout == run("telegram", "-", body=body).stdout != ""


@pytest.mark.parametrize("body", [b"", b"no json", b"[1]", b'{"update_id":1', b"\xff"])
def test_a_malformed_body_gives_2_and_one_sentence(body: bytes) -> None:
    result = run("telegram", body=body)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith(".\n")


def test_a_body_larger_than_the_door_takes_is_refused() -> None:
    body = b'{"update_id":1,"message":{"text":"' + b"x" * MAX_BODY_BYTES + b'"}}'

    result = run("telegram", body=body)

    assert (result.exit_code, result.stderr) == (2, "Error: The body is larger than 10 MB.\n")


def test_an_unknown_platform_is_refused_and_the_known_ones_are_named() -> None:
    result = run("telegraph", body=b"{}")

    assert result.exit_code == 2
    assert "“telegraph”" in result.stderr
    assert "telegram" in result.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = run("telegram", str(tmp_path / "nothing.json"))

    assert result.exit_code == 2
    assert "No such file" in result.stderr


def test_parsing_loads_neither_a_database_nor_a_web_server() -> None:
    probe = (
        "import sys; sys.argv = ['parse', 'telegram', sys.argv[1]]\n"
        "from dragoman.channels.commands import parse\n"
        "parse(standalone_mode=False)\n"
        "heavy = {'psycopg', 'fastapi', 'uvicorn'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", probe, str(A_TEXT.path)], capture_output=True, timeout=60, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, b"")
