"""`dragoman ledger`, `parked` and `retry`: what others read and call."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner

from dragoman.cli import dragoman
from dragoman.errors import OperatorError
from tests.inbox.deliveries import ago, edit, text
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCHEMAS = Path(__file__).parents[2] / "docs/schemas"


async def test_the_ledger_counts_every_arrival_once_and_says_how_conversations_stand(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    update = text("hello", 1, at=ago(60))
    await bot.delivers(update, update, edit("hello!", 1, at=ago(60)), {"update_id": 1, "novelty": {}})
    await bot.posts(b"no JSON")
    await inbox.work()
    await bot.delivers(text("not looked at yet", 2))

    printed = await _dragoman(inbox, "ledger")

    (ledger,) = printed.lines
    _validator("ledger").validate(ledger)
    assert printed.code == 0
    assert ledger["outcomes"] == {
        "conversation": 1, "duplicate": 1, "applied": 1, "parked": 2, "in_progress": 1, "overdue": 0
    }  # fmt: skip
    assert (ledger["arrivals"], ledger["envelopes"]) == (6, 6)
    assert ledger["standing"] == {"us": 1}
    assert (ledger["verified"], ledger["unaccounted"]) == (None, None)


async def test_everything_is_accounted_for(inbox: Inbox) -> None:
    page, bot = await inbox.a_page_line(), await inbox.a_bot_line()
    said = page.message("hello", "m_1", at=ago(60))
    await page.accepted(page.body(said, said, page.echo("Hi!", "m_2"), page.item({"novelty": {}})))
    await page.accepted(page.body(page.message("who?", "m_3"), page="4711"))
    await bot.posts(b"no JSON")
    await bot.delivers(text("hello", 1), edit("never seen", 2))
    await inbox.work()

    printed = await _dragoman(inbox, "ledger", "--verify")

    _validator("ledger").validate(printed.lines[0])
    assert (printed.code, printed.lines[0]["verified"], printed.lines[0]["unaccounted"]) == (0, 5, 0)


async def test_a_message_deleted_behind_its_back_is_missed(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("still here", 1), text("gone", 2))
    await inbox.work()
    await inbox.sql("delete from messages where workspace_id = %s and text = 'gone'", inbox.id)

    printed = await _dragoman(inbox, "ledger", "--verify")

    _validator("ledger").validate(printed.lines[0])
    assert (printed.code, printed.lines[0]["unaccounted"]) == (1, 1)
    assert printed.lines[0]["missing"][0]["what"] == "its message is missing"


async def test_an_arrival_deleted_behind_its_back_is_missed(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("still here", 1), {"update_id": 3, "novelty": {}})
    await inbox.work()
    await inbox.sql("delete from arrivals where workspace_id = %s", inbox.id)

    printed = await _dragoman(inbox, "ledger", "--verify")

    assert (printed.code, printed.lines[0]["unaccounted"]) == (1, 2)


async def test_what_came_in_by_a_removed_channel_stays_accounted_for(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1))
    await inbox.work()

    await inbox.maria.post(f"channels/{(await inbox.row())['channel_id']}/remove", expect=204)
    printed = await _dragoman(inbox, "ledger", "--verify")

    assert (printed.code, printed.lines[0]["unaccounted"]) == (0, 0)


async def test_what_was_under_way_when_its_channel_was_removed_is_placed_all_the_same(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1, at=ago(60)))
    await inbox.work()
    row = await inbox.row()
    await bot.delivers(text("bye", 2, at=ago(30)))

    await inbox.maria.post(f"channels/{row['channel_id']}/remove", expect=204)
    await inbox.work()
    printed = await _dragoman(inbox, "ledger", "--verify")

    assert (await inbox.outcomes())[-1][1] in ("conversation", "parked")
    assert (printed.code, printed.lines[0]["unaccounted"]) == (0, 0)


async def test_what_is_parked_is_dismissed_by_its_id_or_all_at_once(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    for number in (1, 2, 3):
        await bot.delivers({"update_id": number, "novelty": {"n": number}})
    await inbox.work()

    listed = await _dragoman(inbox, "parked")
    one = await _dragoman(inbox, "parked", "--dismiss", listed.lines[0]["id"])
    unclear = await _dragoman(inbox, "parked", "--dismiss")
    everything = await _dragoman(inbox, "parked", "--dismiss", "--all")
    nothing = await _dragoman(inbox, "parked")

    assert (one.text, everything.text, nothing.lines) == ("1 dismissed.", "2 dismissed.", [])
    assert unclear.code == 2


async def test_what_is_parked_is_listed_oldest_first_and_tried_again_by_its_id(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    for number in (1, 2):
        await bot.delivers({"update_id": number, "novelty": {"n": number}})
        await inbox.work()

    printed = await _dragoman(inbox, "parked")
    one = await _dragoman(inbox, "retry", printed.lines[0]["id"])
    everything = await _dragoman(inbox, "retry", "--all")
    nothing = await _dragoman(inbox, "retry", str(inbox.id))

    for line in printed.lines:
        _validator("parked").validate(line)
    assert [line["kind"] for line in printed.lines] == ["unrecognised", "unrecognised"]
    assert printed.lines[0]["since"] < printed.lines[1]["since"]
    assert [p.text for p in (one, everything)] == ["1 to be tried again."] * 2
    assert (nothing.code, nothing.text) == (1, "")
    assert nothing.errors == f"Nothing with the id {inbox.id} is parked: `dragoman parked` lists what is."
    await inbox.work()
    assert len((await _dragoman(inbox, "parked")).lines) == 2


async def test_a_parked_job_is_listed_and_tried_again(inbox: Inbox) -> None:
    await inbox.sql(
        """
        insert into jobs (workspace_id, job_id, lane, kind, subject, due_at, parked_reason)
        values (%s, gen_random_uuid(), 0, 'profile', gen_random_uuid(), now(), 'Nobody answered.')""",
        inbox.id,
    )

    printed = await _dragoman(inbox, "parked")
    again = await _dragoman(inbox, "retry", printed.lines[0]["id"])

    _validator("parked").validate(printed.lines[0])
    assert (printed.lines[0]["kind"], printed.lines[0]["what"]) == ("job", "profile")
    assert again.text == "1 to be tried again."
    assert (await _dragoman(inbox, "parked")).lines == []


async def test_retry_wants_one_id_or_all(inbox: Inbox) -> None:
    printed = await _dragoman(inbox, "retry")

    assert printed.code == 2
    assert "Name one id, or say --all." in printed.errors


async def test_a_workspace_that_is_not_there_is_one_sentence(inbox: Inbox) -> None:
    nowhere = "00000000-0000-7000-8000-000000000000"

    printed = await _dragoman(inbox, "ledger", workspace=nowhere)

    assert printed.code == 1
    assert printed.errors == f"There is no workspace {nowhere}."


@dataclass(frozen=True, slots=True)
class Printed:
    code: int
    text: str
    errors: str

    @property
    def lines(self) -> list[Any]:
        return [msgspec.json.decode(line) for line in self.text.splitlines()]


async def _dragoman(inbox: Inbox, *arguments: str, workspace: str | None = None) -> Printed:
    """As an operator types it on this installation; in a thread, since a command has a loop of its own."""
    settings = inbox.house.settings
    installation = {
        "DATABASE_URL": settings.database_url or "",
        "DRAGOMAN_DATA": str(settings.data),
        "DRAGOMAN_KEY_FILE": str(settings.key_file),
    }
    command, *rest = arguments
    words = [command, "--workspace", workspace or str(inbox.id), *rest]
    result = await asyncio.to_thread(CliRunner().invoke, dragoman, words, env=installation)
    if isinstance(result.exception, OperatorError):
        return Printed(1, result.stdout.strip(), str(result.exception))
    return Printed(result.exit_code, result.stdout.strip(), result.stderr.strip())


def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = msgspec.json.decode((SCHEMAS / f"{name}.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
