"""Settled turns find their owner: over a real database, with members as they have said they work."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from dragoman.access.model import Role
from dragoman.settling.facts import SettledTurn
from dragoman.team.acting import route_turns
from tests.inbox.deliveries import text
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox
from tests.rules.given import a_turn

pytestmark = pytest.mark.asyncio(loop_scope="session")

POLISH = "Czy macie jeszcze czarne filiżanki do espresso?"


async def test_three_languages_find_three_right_owners_and_say_why(inbox: Inbox) -> None:
    turns = await given_turns(inbox, "ko", "zh-Hant", "en")
    minji, mei, maria = await inbox.a_member("Minji"), await inbox.a_member("Mei"), inbox.maria
    await speaks(minji, ko="native", en="reads")
    await speaks(mei, zh="native")
    await speaks(maria, en="writes", de="native")

    found = await routed(inbox, turns)

    assert [turn.owner_id for turn in found] == [each.membership.member_id for each in (minji, mei, maria)]
    why = await inbox.sql(
        """select what ->> 'reason', what ->> 'language', what ->> 'confidence', what ->> 'open', cause from trail
           where workspace_id = %s and kind = 'routed' order by what ->> 'language'""",
        inbox.id,
    )
    assert why == [("speaker", each, "0.97", "0", "routing") for each in ("en", "ko", "zh-Hant")]
    assert {row["owner_id"] for row in await inbox.rows()} == {str(turn.owner_id) for turn in found}


async def test_of_two_who_speak_it_each_gets_their_share(inbox: Inbox) -> None:
    turns = await given_turns(inbox, "ko", "ko", "ko", "ko")
    minji, jiho = await inbox.a_member("Minji"), await inbox.a_member("Jiho")
    for each in (minji, jiho):
        await speaks(each, ko="native")

    await routed(inbox, turns)

    assert set((await inbox.whose())["owned"].values()) == {2}


async def test_what_nobody_speaks_is_nobodys_with_an_alarm_until_somebody_does(inbox: Inbox) -> None:
    await speaks(inbox.maria, en="native")

    await writes_polish(inbox)

    assert (await inbox.row())["owner_id"] is None
    (alarm,) = await alarms(inbox)
    assert (alarm["what"], alarm["reason_wording"]) == (
        "unrouted",
        {"code": "team.nobody_speaks", "values": {"language": "pl"}},
    )
    await speaks(inbox.maria, en="native", pl="reads")
    assert len(await alarms(inbox)) == 1, "somebody waits still"
    await inbox.work()
    assert (await inbox.row())["owner_id"] == str(inbox.maria.membership.member_id)
    assert await alarms(inbox) == []
    assert await reasons(inbox) == ["nobody_speaks", "speaker"]
    trail = (await inbox.maria.get(f"conversations/{(await inbox.row())['id']}/trail"))["items"]
    assert [each["can_revert"] for each in trail if each["kind"] == "routed"] == [True, False], "newest first"


async def test_the_server_names_who_waits_for_a_speaker_and_counts_the_others(inbox: Inbox) -> None:
    await given_turns(inbox, *["pl"] * 7)
    oldest, taken, queued, *_, last = await inbox.rows("waiting")
    await inbox.sql("update contacts set language = 'pl' where workspace_id = %s", inbox.id)
    await inbox.sql(
        """update contacts set language = 'ko' where workspace_id = %s and contact_id = (
               select i.contact_id from conversations c join identities i using (workspace_id, identity_id)
               where c.conversation_id = %s)""",
        inbox.id,
        last["id"],
    )
    jonas = await inbox.a_member("Jonas")
    team = (await jonas.post("teams", expect=201, name="Front desk", member_ids=[]))["id"]
    await jonas.post(f"conversations/{taken['id']}/assign", owner_id=str(jonas.membership.member_id))
    await jonas.post(f"conversations/{queued['id']}/assign", team_id=team)

    polish, korean = (await jonas.get("waiting-for-speakers"))["items"]

    assert (polish["language"], polish["count"], len(polish["first"])) == ("pl", 4, 3)
    assert polish["first"][0] == {"conversation_id": oldest["id"], "name": oldest["contact"]["name"]}
    assert (korean["language"], korean["count"], len(korean["first"])) == ("ko", 1, 1)
    assert not {taken["id"], queued["id"]} & {each["conversation_id"] for each in polish["first"]}


async def test_whoever_comes_back_gets_what_has_waited_for_them(inbox: Inbox) -> None:
    await speaks(inbox.maria, pl="native")
    await inbox.maria.post("people/away", expect=204, is_away=True)
    await writes_polish(inbox)
    assert [each["reason_wording"]["code"] for each in await alarms(inbox)] == ["team.all_away"]

    await inbox.all_due_now()
    assert len(await alarms(inbox)) == 1
    await inbox.maria.post("people/away", expect=204, is_away=False)
    await inbox.work()

    assert (await inbox.row())["owner_id"] == str(inbox.maria.membership.member_id)
    assert (await alarms(inbox), await reasons(inbox)) == ([], ["all_away", "speaker"])


async def test_an_alarm_about_a_language_ends_once_a_person_has_taken_what_waits(inbox: Inbox) -> None:
    await speaks(inbox.maria, en="native")
    await writes_polish(inbox)
    assert len(await alarms(inbox)) == 1

    row = await inbox.row()
    await inbox.maria.post(
        f"conversations/{row['id']}/assign", owner_id=str(inbox.maria.membership.member_id)
    )
    await inbox.all_due_now()

    assert await alarms(inbox) == []
    due = await inbox.sql("select 1 from jobs where workspace_id = %s and kind = 'route_again'", inbox.id)
    assert due == [], "nobody waits: nothing is looked at"


async def test_it_goes_to_the_fallback_team_where_there_is_one_and_from_there_to_who_speaks_it(
    inbox: Inbox,
) -> None:
    turns = await given_turns(inbox, None, "pl")
    await speaks(inbox.maria, en="native")
    team = (await inbox.maria.post("teams", expect=201, name="Front desk", member_ids=[]))["id"]
    await house_is(inbox, fallback_team_id=team)

    found = await routed(inbox, turns)
    assert [(turn.owner_id, str(turn.team_id)) for turn in found] == [(None, team)] * 2
    assert (await inbox.maria.snapshot())["alarms"]["items"] == []

    known = [replace(turns[0], language="en")]
    (turn,) = await routed(inbox, known)
    assert (turn.owner_id, turn.team_id) == (inbox.maria.membership.member_id, None)


async def test_who_is_away_gets_nothing_and_what_they_had_goes_to_who_is_there(inbox: Inbox) -> None:
    turns = await given_turns(inbox, "ko")
    minji, jiho = await inbox.a_member("Minji"), await inbox.a_member("Jiho")
    await speaks(minji, ko="native")
    (turn,) = await routed(inbox, turns)
    assert turn.owner_id == minji.membership.member_id
    await speaks(jiho, ko="writes")

    (turn,) = await routed(inbox, turns)
    assert turn.owner_id == minji.membership.member_id, "they are there"
    await minji.post("people/away", expect=204, is_away=True)
    (turn,) = await routed(inbox, turns)

    assert turn.owner_id == jiho.membership.member_id


async def test_what_a_member_was_given_by_hand_is_theirs_whatever_they_speak(inbox: Inbox) -> None:
    turns = await given_turns(inbox, "ko")
    minji = await inbox.a_member("Minji")
    await speaks(minji, ko="native")
    row = await inbox.row()
    await inbox.maria.post(
        f"conversations/{row['id']}/assign", owner_id=str(inbox.maria.membership.member_id)
    )

    (turn,) = await routed(inbox, turns)

    assert turn.owner_id == inbox.maria.membership.member_id


async def test_where_nobody_has_said_what_they_speak_or_routing_is_off_nothing_happens(inbox: Inbox) -> None:
    turns = await given_turns(inbox, "ko")
    assert await routed(inbox, turns) == turns
    await speaks(inbox.maria, ko="native")
    await house_is(inbox, is_routing=False)

    assert await routed(inbox, turns) == turns
    assert (await inbox.maria.snapshot())["alarms"]["items"] == []


async def test_what_stands_in_a_teams_queue_goes_to_who_is_in_the_team(inbox: Inbox) -> None:
    turns = await given_turns(inbox, "ko")
    minji, jiho = await inbox.a_member("Minji"), await inbox.a_member("Jiho")
    for each in (minji, jiho):
        await speaks(each, ko="native")
    members = [str(jiho.membership.member_id)]
    team = (await inbox.maria.post("teams", expect=201, name="Returns", member_ids=members))["id"]
    await inbox.maria.post(f"conversations/{(await inbox.row())['id']}/assign", team_id=team)

    (turn,) = await routed(inbox, turns)

    assert (turn.owner_id, str(turn.team_id)) == (jiho.membership.member_id, team)


async def test_what_one_works_is_one_s_own_to_say_and_what_makes_no_sense_is_refused(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    path = f"people/{jonas.membership.member_id}"
    shifts = [{"day": 1, "start": 540, "end": 1020}]
    work: dict[str, Any] = {
        "languages": [],
        "skills": ["Returns", "returns"],
        "zone": "Asia/Seoul",
        "shifts": shifts,
    }
    await jonas.post(path, expect=204, **work)

    people = {each["id"]: each for each in (await jonas.get("people"))["items"]}
    shown = people[str(jonas.membership.member_id)]
    assert (shown["zone"], shown["shifts"]) == ("Asia/Seoul", shifts)
    assert (shown["skills"], shown["capacity"]) == (["returns"], 20)
    theirs = f"people/{inbox.maria.membership.member_id}"
    assert (await jonas.asks("POST", theirs, json=work)).status_code == 403
    for wrong in (
        {"zone": "Mars/Olympus"},
        {"languages": [{"language": "klingon please", "level": "native"}]},
        {"shifts": [{"day": 8, "start": 0, "end": 1}]},
        {"shifts": [{"day": 1, "start": 600, "end": 600}]},
        {"shifts": [{"day": 1, "start": 540, "end": 780}, {"day": 1, "start": 720, "end": 1020}]},
        {"days_off": [{"first": "2026-11-02", "last": "2026-11-01"}]},
        {"skills": ["x" * 41]},
        {"capacity": 0},
    ):
        assert (await jonas.asks("POST", path, json=wrong)).status_code == 422, wrong


async def test_a_workspace_has_each_skill_under_one_spelling(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas")
    await jonas.post(f"people/{jonas.membership.member_id}", expect=204, skills=["Ersatzteile", "Repairs"])

    await inbox.maria.post(
        f"people/{inbox.maria.membership.member_id}", expect=204, skills=["REPAIRS", "tea"]
    )

    skills = {each["id"]: each["skills"] for each in (await jonas.get("people"))["items"]}
    assert skills[str(inbox.maria.membership.member_id)] == ["Repairs", "tea"]
    assert (await inbox.maria.get("rules"))["choices"]["skills"] == ["Ersatzteile", "Repairs", "tea"]


async def writes_polish(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says(POLISH)
    await inbox.work()
    await inbox.sql(
        "update jobs set due_at = now() where workspace_id = %s and kind = 'settle_turn'", inbox.id
    )
    await inbox.work()


async def alarms(inbox: Inbox) -> list[Any]:
    found: list[Any] = (await inbox.maria.snapshot())["alarms"]["items"]
    return found


async def reasons(inbox: Inbox) -> list[str]:
    """Why it was, whenever routing had something to say."""
    found = await inbox.sql(
        "select what ->> 'reason' from trail where workspace_id = %s and kind = 'routed' order by entry_id",
        inbox.id,
    )
    return [row[0] for row in found]


async def given_turns(inbox: Inbox, *languages: str | None) -> list[SettledTurn]:
    """A customer each, and what is known of what they wrote."""
    bot = await inbox.a_bot_line()
    for chat in range(1, len(languages) + 1):
        await bot.delivers(text(f"from {chat}", chat, chat=chat))
    await inbox.work()
    rows = await inbox.rows("waiting")
    return [
        a_turn(
            language=language,
            turn_id=UUID(int=nth),
            conversation_id=UUID(row["id"]),
            channel_id=UUID(row["channel_id"]),
            first_at=datetime(2026, 11, 2, 12, nth, tzinfo=UTC),
        )
        for nth, (row, language) in enumerate(zip(rows, languages, strict=True))
    ]


async def routed(inbox: Inbox, turns: list[SettledTurn]) -> list[SettledTurn]:
    async with inbox.house.database.transaction(inbox.id) as tx:
        return await route_turns(tx, turns)


async def speaks(member: Person, **levels: str) -> None:
    languages = [{"language": language, "level": level} for language, level in levels.items()]
    await member.post(f"people/{member.membership.member_id}", expect=204, languages=languages)


async def house_is(inbox: Inbox, **differs: Any) -> None:
    house = (await inbox.maria.get("people"))["house"]
    await inbox.maria.post("house", expect=204, **(house | differs))
