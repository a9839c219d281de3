"""A whole workspace, recomputed from its messages by plain loops: a list of sentences about whatever is wrong.

It trusts what customers and members did (messages, their times, what was closed) and nothing that was derived from
it. It uses no code of the product.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, IsolationLevel
from psycopg.rows import dict_row

Row = dict[str, Any]
Ask = Callable[[str], Awaitable[list[Row]]]
"""Runs a statement as the owner of a database that holds one workspace; rows by column name."""

GAP = timedelta(seconds=10)
DAY, CLOSING = timedelta(days=1), timedelta(hours=3)


def asking(dsn: str) -> Ask:
    async def ask(statement: str) -> list[Row]:
        async with await AsyncConnection.connect(dsn, row_factory=dict_row) as connection:
            return await (await connection.execute(statement)).fetchall()

    return ask


@asynccontextmanager
async def one_snapshot(dsn: str) -> AsyncIterator[Ask]:
    """Answers that belong together, although timers go off while we look."""
    async with await AsyncConnection.connect(dsn, row_factory=dict_row) as connection:
        await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)

        async def ask(statement: str) -> list[Row]:
            return await (await connection.execute(statement)).fetchall()

        yield ask


async def mistakes(ask: Ask) -> list[str]:
    """Everything that is not as it must be, once nothing is due any more."""
    messages = _by_conversation(await ask("select * from messages"))
    turns = {turn["turn_id"]: turn for turn in await ask("select * from turns")}
    conversations = await ask("select * from conversations")
    found = [*_turns_wrong(messages, turns)]
    reacted = {
        r["message_id"]: r for r in await ask("select * from reactions where side = 'customer'") if r["emoji"]
    }
    for c in conversations:
        found += _conversation_wrong(c, messages.get(c["conversation_id"], []), turns, reacted)
    found += await _shelf_wrong(ask, turns, messages)
    found += await _counters_wrong(ask, conversations)
    found += await _snoozes_wrong(ask, conversations)
    found += await _windows_wrong(ask, conversations, messages)
    found += await _clocks_wrong(ask, conversations)
    found += await _episodes_wrong(ask, conversations)
    found += await _settling_wrong(ask, turns)
    found += await _arrivals_wrong(ask)
    return found + await _log_wrong(ask)


def _by_conversation(messages: Iterable[Row]) -> dict[UUID, list[Row]]:
    """In the order of the timeline: the platform's time, its own order, then arrival."""
    found: defaultdict[UUID, list[Row]] = defaultdict(list)
    for message in sorted(messages, key=place):
        found[message["conversation_id"]].append(message)
    return found


def place(message: Row) -> tuple[Any, ...]:
    return message["sent_at"], message["platform_order"], message["message_id"]


def grouped(messages: list[Row]) -> list[list[Row]]:
    """Bursts: messages of one side that stand next to each other with gaps under ten seconds."""
    runs: list[list[Row]] = []
    for message in messages:
        last = runs[-1][-1] if runs else None
        if last and last["side"] == message["side"] and message["sent_at"] - last["sent_at"] < GAP:
            runs[-1].append(message)
        else:
            runs.append([message])
    return runs


def _turns_wrong(messages: dict[UUID, list[Row]], turns: dict[UUID, Row]) -> Iterable[str]:
    left = dict(turns)
    for conversation_id, timeline in messages.items():
        for run in grouped(timeline):
            turn_id = min(message["message_id"] for message in run)
            if {message["turn_id"] for message in run} != {turn_id}:
                yield f"in {conversation_id} the messages of turn {turn_id} say that they are of another one"
            wanted = (run[0]["side"], run[0]["sent_at"], run[-1]["sent_at"], len(run))
            stored = left.pop(turn_id, None)
            if stored is None:
                yield f"in {conversation_id} turn {turn_id} is missing"
            elif wanted != (stored["side"], stored["first_at"], stored["last_at"], stored["fragments"]):
                yield f"in {conversation_id} turn {turn_id} is not {wanted}"
    for turn_id in left:
        yield f"turn {turn_id} has no messages"


def _conversation_wrong(
    c: Row, timeline: list[Row], turns: dict[UUID, Row], reacted: dict[UUID, Row]
) -> Iterable[str]:
    verdicts, unanswered = judged(c, timeline, turns, reacted)
    for turn_id, wanted in verdicts.items():
        if turns[turn_id]["noise"] != wanted:
            yield f"the verdict on turn {turn_id} is {turns[turn_id]['noise']}, not {wanted}"
    for name, wanted in _recomputed(c, timeline, unanswered, turns).items():
        if c[name] != wanted:
            yield f"{c['conversation_id']}: {name} is {c[name]}, not {wanted}"
    arrived = max((m["message_id"] for m in timeline), default=None)
    if arrived and (c["newest_id"] is None or c["newest_id"] < arrived):
        yield f"{c['conversation_id']}: newest_id is older than its newest message"


def _recomputed(c: Row, timeline: list[Row], unanswered: list[Row], turns: dict[UUID, Row]) -> Row:
    waits = c["status"] == "open" and bool(unanswered)
    is_shown = c["status"] in ("open", "snoozed")
    last = timeline[-1] if timeline else None
    # What was said by itself, and another app's words, move no list.
    heard = [m for m in timeline if turns[m["turn_id"]]["noise"] is None and m["origin"] != "automatic"]
    said = [m["sent_at"] for m in [*heard, *unanswered]]
    return {
        "said_at": max(said, default=None),
        "answered_id": (_answered_up_to(timeline) or (None, None, None))[2],
        "unanswered_count": len(unanswered),
        "first_unanswered_id": unanswered[0]["message_id"] if unanswered else None,
        "first_unanswered_at": unanswered[0]["sent_at"] if unanswered else None,
        "last_unanswered_id": unanswered[-1]["message_id"] if unanswered else None,
        "waiting_for": _waiting_for(c["status"], waits),
        "waiting_since": unanswered[0]["sent_at"] if unanswered and is_shown else None,
        "last_message_id": last["message_id"] if last else None,
        "last_message_at": last["sent_at"] if last else None,
        "last_side": last["side"] if last else None,
        "last_turn_id": last["turn_id"] if last else None,
        "last_arrived_at": _news_at(c, timeline, unanswered),
        "status": c["status"] if c["status"] != "unopened" or not unanswered else "open",
    }


def _news_at(c: Row, timeline: list[Row], unanswered: list[Row]) -> Any:
    """When something came that is news to somebody: words, and whatever waits. What was news once, and is noise since,
    or was noise, and answered before it was edited or known to be more, may count or not."""
    customers = [m for m in timeline if m["side"] == "customer"]
    words = [m for m in customers if m["noise"] is None and not m["deleted_at"] and not m["edited_at"]]
    least = max((m["arrived_at"] for m in [*words, *unanswered] if "arrived_at" in m), default=None)
    was_news = c["last_arrived_at"] in {m["arrived_at"] for m in customers}
    is_enough = least is None or (was_news and c["last_arrived_at"] >= least)
    return c["last_arrived_at"] if is_enough and (was_news or c["last_arrived_at"] is None) else least


def _waiting_for(status: str, waits: bool) -> str:
    if status != "open":
        return "nobody"
    return "us" if waits else "them"


def judged(
    c: Row, timeline: list[Row], turns: dict[UUID, Row], reacted: dict[UUID, Row]
) -> tuple[dict[UUID, str | None], list[Row]]:
    """Which of the customer's turns are noise, and what is unanswered: from the class of each fragment and from what
    we asked, in the order of the timeline."""
    verdicts: dict[UUID, str | None] = {}
    unanswered: list[Row] = []
    asked: Row | None = None
    units = [
        *_said_together(timeline),
        # What customers put on their own words says nothing to us.
        *([_as_said(r, m)] for m in timeline if m["side"] == "team" and (r := reacted.get(m["message_id"]))),
    ]
    for unit in sorted((u for u in units if u), key=lambda u: place(u[0])):
        if unit[0]["side"] == "team":
            asked = max((m for m in unit if _asks(m)), key=place, default=None)
            continue
        answers = asked is not None and unit[0]["sent_at"] - asked["sent_at"] <= timedelta(days=7)
        answers &= any(m["noise"] not in ("story_mention", "empty") for m in unit)
        if "to" in unit[0]:
            answers &= asked is not None and unit[0]["to"] == asked["message_id"]
        else:
            noise = unit[0]["noise"]
            verdicts[unit[0]["turn_id"]] = None if answers or any(not m["noise"] for m in unit) else noise
        if answers or any(not m["noise"] for m in unit):
            left = [m for m in unit if _is_left(c, timeline, m)]
            unanswered += left if answers or any(not m["noise"] for m in left) else []
            asked = None
    return verdicts, unanswered


def _said_together(timeline: list[Row]) -> list[list[Row]]:
    """The customer's turns, and whatever persons of ours said between two of them."""
    runs: list[list[Row]] = []
    for m in timeline:
        by_person = m["state"] == "sent" and m["origin"] in ("member", "elsewhere")
        if m["deleted_at"] is not None or not (m["waits"] if m["side"] == "customer" else by_person):
            continue
        last = runs[-1][-1] if runs else None
        together = (
            last and last["side"] == m["side"] and (m["side"] == "team" or last["turn_id"] == m["turn_id"])
        )
        if together:
            runs[-1].append(m)
        else:
            runs.append([m])
    return runs


def _as_said(reaction: Row, to: Row) -> Row:
    """A reaction stands in the timeline after what it reacts to."""
    at = max(reaction["at"], to["sent_at"])
    return {"side": "customer", "sent_at": at, "platform_order": to["platform_order"], "noise": "reaction",
            "message_id": reaction["reaction_id"], "to": to["message_id"]}  # fmt: skip


def _asks(m: Row) -> bool:
    return m["expects_answer"] or "?" in (m["text"] or "")


def _is_left(c: Row, timeline: list[Row], m: Row) -> bool:
    answered, passed_over = _answered_up_to(timeline), c["passed_over_id"]
    return (answered is None or place(m) > answered) and (
        passed_over is None or m["message_id"] > passed_over
    )


async def _shelf_wrong(ask: Ask, turns: dict[UUID, Row], messages: dict[UUID, list[Row]]) -> list[str]:
    """Each quiet turn of which something is left lies there, once, and no other turn does."""
    left = {
        m["turn_id"]
        for timeline in messages.values()
        for m in timeline
        if m["deleted_at"] is None and m["waits"]
    }
    wanted = {turn_id for turn_id, turn in turns.items() if turn["noise"] is not None} & left
    lying = {
        row["item_id"] for row in await ask("select * from shelf where kind = 'turn' and opened_at is null")
    }
    return [f"turn {one} lies on the shelf wrongly, or does not lie there" for one in wanted ^ lying]


def _answered_up_to(timeline: list[Row]) -> tuple[Any, ...] | None:
    """What a person of ours has answered: what the author had seen, or all before an answer typed elsewhere."""
    places = []
    for m in timeline:
        if m["origin"] == "member" and m["state"] == "sent":
            seen = (m["answers_at"], m["answers_order"], m["answers_id"])
            places.append(seen if m["answers_at"] else place(m))
        elif m["origin"] == "elsewhere":
            places.append(place(m))
    return max(places, default=None)


async def _counters_wrong(ask: Ask, conversations: list[Row]) -> list[str]:
    wanted: Counter[tuple[UUID, str]] = Counter()
    for c in conversations:
        for name in [*_counted_in(c), *(["at_risk"] if c["service_state"] in ("at_risk", "overdue") else [])]:
            wanted[c["channel_id"], name] += 1
    for row in await ask("select * from shelf where opened_at is null"):
        wanted[row["channel_id"], "shelved"] += 1
    stored = {(row["channel_id"], row["name"]): row["value"] for row in await ask("select * from counters")}
    return [
        f"the counter {key} says {stored.get(key, 0)}, not {wanted[key]}"
        for key in {*stored, *wanted}
        if stored.get(key, 0) != wanted[key]
    ]


def _counted_in(c: Row) -> Iterable[str]:
    if c["status"] == "closed":
        yield "closed"
    if c["status"] in ("open", "snoozed"):
        yield "open"
    if c["waiting_for"] == "us":
        yield "waiting"
        if c["owner_id"] is None:
            yield "unassigned"
        if c["team_id"] is not None:
            yield f"team:{c['team_id']}"
    elif c["snoozed_until"] is not None:
        yield "snoozed"
    if c["status"] == "open" and c["owner_id"] is not None:
        yield f"owned:{c['owner_id']}"
    if c["status"] == "snoozed" and c["unanswered_count"]:
        yield "snoozed_waiting"
    if c["status"] in ("open", "snoozed") and c["unanswered_count"] and c["window_closing_until"]:
        yield "window_closing"


async def _snoozes_wrong(ask: Ask, conversations: list[Row]) -> list[str]:
    """Who is snoozed is woken in time; who is closed, or was never opened, has no snooze."""
    timers = {row["subject"]: row["due_at"] for row in await ask("select * from jobs where kind = 'wake'")}
    found = [
        f"{c['conversation_id']} is snoozed until {c['snoozed_until']}, and nothing will wake it then"
        for c in conversations
        if c["status"] == "snoozed" and timers.get(c["conversation_id"]) != c["snoozed_until"]
    ]
    return found + [
        f"{c['conversation_id']} is {c['status']}, and has a snooze"
        for c in conversations
        if c["status"] in ("closed", "unopened") and c["snoozed_until"] is not None
    ]


async def _windows_wrong(ask: Ask, conversations: list[Row], messages: dict[UUID, list[Row]]) -> list[str]:
    """On Meta's platforms a message gives 24 hours, elsewhere none does; what is near its end is marked, or will be."""
    platforms = {
        row["channel_id"]: row["platform"] for row in await ask("select channel_id, platform from channels")
    }
    timers = {row["subject"]: row["due_at"] for row in await ask("select * from jobs where kind = 'window'")}
    ((now,),) = [row.values() for row in await ask("select now()")]
    found = []
    for c in conversations:
        one, moved = c["conversation_id"], c["last_customer_at"]
        if platforms[c["channel_id"]] == "telegram":
            if moved or c["window_closing_until"] or one in timers:
                found.append(f"{one} has a window, and Telegram knows none")
            continue
        wrote = [m["sent_at"] for m in messages.get(one, []) if _is_whole(m)]
        if wrote and (moved is None or moved < max(wrote)):
            found.append(f"{one} counts its window from {moved}, and the customer wrote at {max(wrote)}")
        if moved is None or moved + DAY < now:
            continue
        if timers.get(one, moved + DAY * 9) > moved + DAY:
            found.append(f"{one} shuts at {moved + DAY}, and nothing will look at it by then")
        is_near = now > moved + DAY - CLOSING
        if is_near != (c["window_closing_until"] is not None) and timers.get(one, now) > now:
            found.append(
                f"{one} is marked as closing until {c['window_closing_until']}, and moved at {moved}"
            )
    return found


def _is_whole(message: Row) -> bool:
    """Said by the customer, and not known by its edit alone, which does not tell when."""
    return message["origin"] == "customer" and message["external_id"] and not message["from_edit"]


async def _clocks_wrong(ask: Ask, conversations: list[Row]) -> list[str]:
    """A clock runs for whoever waits, since they do, and for nobody else; what is not overdue has a timer."""
    timers = {
        row["subject"]
        for row in await ask("select subject from jobs where kind in ('service', 'reckon_service')")
    }
    running = [c for c in conversations if c["service_level_id"] is not None]
    found = [
        f"{c['conversation_id']} has a clock since {c['service_since']}, and waits since {c['waiting_since']}"
        for c in running
        if c["service_since"] != c["waiting_since"]
    ]
    return found + [
        f"{c['conversation_id']} is due at {c['service_due_at']}, and nothing will look at it then"
        for c in running
        if c["service_state"] != "overdue" and c["conversation_id"] not in timers
    ]


async def _episodes_wrong(ask: Ask, conversations: list[Row]) -> list[str]:
    episodes = await ask("select * from episodes")
    running = {e["episode_id"] for e in episodes if e["closed_at"] is None}
    wanted = {c["episode_id"] for c in conversations if c["status"] in ("open", "snoozed")}
    return [f"episode {one} runs wrongly, or does not run" for one in running ^ wanted]


async def _settling_wrong(ask: Ask, turns: dict[UUID, Row]) -> list[str]:
    """A customer's turn is settled as it stands, or a timer will see to it."""
    timers = {row["subject"] for row in await ask("select subject from jobs where kind = 'settle_turn'")}
    return [
        f"turn {turn_id} is not settled as it stands, and nothing will settle it"
        for turn_id, turn in turns.items()
        if turn["side"] == "customer"
        and turn_id not in timers
        and (turn["settled_at"] is None or turn["settled_fragments"] != turn["fragments"])
    ]


async def _arrivals_wrong(ask: Ask) -> list[str]:
    """Everything has an outcome; nothing was placed twice."""
    found = [
        f"{row['n']} arrivals have no outcome"
        for row in await ask("select count(*) as n from arrivals where outcome is null")
        if row["n"]
    ]
    found += [
        f"{row['n']} envelopes were never parsed"
        for row in await ask("select count(*) as n from envelopes where due_at is not null")
        if row["n"]
    ]
    twice = await ask(
        """select channel_id, external_id, count(*) as n from messages where external_id is not null
           group by 1, 2 having count(*) > 1"""
    )
    return found + [f"message {row['external_id']} is there {row['n']} times" for row in twice]


async def _log_wrong(ask: Ask) -> list[str]:
    """Numbered from the first that is kept to the last that was given out, without a gap."""
    (workspace,) = await ask(
        "select seq, log_from, array(select seq from changes order by seq) as numbers from workspaces"
    )
    numbers = workspace["numbers"]
    wanted = list(range(workspace["log_from"] + 1, workspace["seq"] + 1))
    return [] if numbers == wanted else [f"the change log has gaps: {_gaps(numbers, wanted)}"]


def _gaps(numbers: list[int], wanted: list[int]) -> str:
    return (
        f"missing {sorted(set(wanted) - set(numbers))[:5]}, too many {sorted(set(numbers) - set(wanted))[:5]}"
    )
