"""``bench rules``: turns a second of one core that fifty rules are asked about.

The limit is the looking alone, for the same words and patterns in the same texts: what we add is folding the text,
the conditions on everything else, order, and who may do what. Seconds are those that this process has computed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import click

from dragoman.bench.phrases import FIRST_NAMES, THINGS, phrases
from dragoman.bench.result import Result, Run, Surroundings, percentile, result
from dragoman.conversations.model import Status
from dragoman.rules.evaluating import compile_rules, plan
from dragoman.rules.folding import compiled
from dragoman.rules.model import Action, Condition, Do, Fact, Hours, KeptRule, Op, Rule
from dragoman.settling.facts import SettledTurn

RULES = 50
TURNS = 2_000
LABELS = [UUID(int=nth) for nth in range(1, 21)]
AT = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
PLATFORMS = ("telegram", "messenger", "instagram", "whatsapp")
LANGUAGES = (None, "en", "de", "pl", "ko", "zh-Hans", "zh-Hant", "ja", "ar", "fr", "es", "ru")
OPEN = Hours(days=[1, 2, 3, 4, 5], start=9 * 60, end=17 * 60, zone="Europe/Warsaw")


def bench(*, seconds: int, runs: int, commit_delay_us: int) -> Result:  # noqa: ARG001 as all benches
    """``commit_delay_us`` changes nothing: no database is asked."""
    measured = [_run(seconds, seed) for seed in range(runs)]
    around = Surroundings(fsync=False, filesystem="none", workspaces=1)
    return result("rules", "turns/s", measured, around, rows_before=0, rows_after=0)


def _run(seconds: int, seed: int) -> Run:
    rules, turns = _kept(fifty_rules(LABELS, LABELS, THINGS)), _turns(seed)
    compiled_rules = compile_rules(rules)
    limit, _ = _per_second(_looks(rules), turns, seconds / 2)
    figure, taken = _per_second(lambda turn: plan(turn, compiled_rules), turns, seconds)
    apply = sum(len(plan(turn, compiled_rules)) for turn in turns) / TURNS
    click.echo(
        f"  {1e6 / figure:.0f} µs a turn, {apply:.1f} rules apply; {1e6 / limit:.0f} to look", err=True
    )
    return Run(figure, limit, percentile(taken, 50), percentile(taken, 99))


def fifty_rules(labels: Sequence[UUID], channels: Sequence[UUID], words: Sequence[str]) -> list[Rule]:
    """Of every kind that teams make, in turns. Each puts one of the labels on."""
    return [_rule(nth, labels, channels, words) for nth in range(RULES)]


def _rule(nth: int, labels: Sequence[UUID], channels: Sequence[UUID], words: Sequence[str]) -> Rule:
    label, channel = (str(some[nth % len(some)]) for some in (labels, channels))
    asked = [
        [Condition(Fact.TEXT, Op.CONTAINS, ["refund", "money back", words[nth % len(words)]])],
        [
            Condition(Fact.LANGUAGE, Op.IS, [LANGUAGES[nth % 11 + 1] or "en"]),
            Condition(Fact.TIME, Op.IS, OPEN),
        ],
        [Condition(Fact.TEXT, Op.MATCHES, rf"order\s+#?{nth}\d{{4}}")],
        [Condition(Fact.CHANNEL, Op.IS, [channel]), Condition(Fact.KIND, Op.HAS, ["image", "video"])],
        [Condition(Fact.NOISE, Op.IS, ["emoji_only", "story_mention"])],
        [Condition(Fact.STATUS, Op.IS, ["closed"]), Condition(Fact.FRAGMENTS, Op.AT_LEAST, 3)],
        [Condition(Fact.PLATFORM, Op.IS, [PLATFORMS[nth % 4]]), Condition(Fact.OWNER, Op.IS, ["nobody"])],
    ]
    return Rule(
        name=f"Rule {nth}",
        all=asked[nth % len(asked)],
        none=[Condition(Fact.LABEL, Op.HAS, [label])],
        actions=[Action(Do.LABEL, [label])],
    )


def _kept(rules: Sequence[Rule]) -> list[KeptRule]:
    return [KeptRule(rule_id=UUID(int=nth), rule=rule, version=1) for nth, rule in enumerate(rules, 1)]


def _turns(seed: int) -> list[SettledTurn]:
    chance = Random(seed)  # noqa: S311 the same turns every time, no secret
    texts = phrases(TURNS * 2, seed)
    return [_turn(nth, "\n".join(texts[nth * 2 : nth * 2 + 2]), chance) for nth in range(TURNS)]


def _turn(nth: int, text: str, chance: Random) -> SettledTurn:
    return SettledTurn(
        turn_id=UUID(int=nth),
        conversation_id=UUID(int=nth),
        channel_id=chance.choice(LABELS),
        identity_id=UUID(int=nth),
        contact_id=UUID(int=nth),
        lane=0,
        platform=chance.choice(PLATFORMS),
        text=text if chance.random() > 0.1 else f"{text}\nit is order #{chance.randrange(10**5, 10**6)}",
        kinds=frozenset({"text"} if chance.random() > 0.2 else {"text", "image"}),
        fragments=chance.randint(1, 5),
        first_at=AT,
        settled_at=AT,
        noise=None,
        language=chance.choice(LANGUAGES),
        confidence=0.97,
        language_said_by=None,
        status_before=chance.choice(list(Status)),
        opened=chance.random() < 0.3,
        owner_id=None if chance.random() < 0.5 else LABELS[0],
        team_id=None,
        labels=frozenset(chance.sample(LABELS, 2)),
        answered_before=chance.random() < 0.5,
        contact_name=chance.choice(FIRST_NAMES),
    )


def _looks(rules: Sequence[KeptRule]) -> Callable[[SettledTurn], object]:
    """For all their words and patterns, and nothing else."""
    conditions = [condition for kept in rules for _, condition in kept.rule.conditions()]
    words = [
        each for c in conditions if c.op is Op.CONTAINS and isinstance(c.value, list) for each in c.value
    ]
    patterns = [compiled(c.value) for c in conditions if c.op is Op.MATCHES and isinstance(c.value, str)]

    def look(turn: SettledTurn) -> int:
        encoded = turn.text.encode()
        found = sum(word in turn.text for word in words)
        return found + sum(pattern.search(encoded) is not None for pattern in patterns)

    return look


def _per_second(
    ask: Callable[[SettledTurn], object], turns: Sequence[SettledTurn], seconds: float
) -> tuple[float, list[float]]:
    """How many turns a second of computing, and the milliseconds of each."""
    began = time.process_time()
    taken: list[float] = []
    while time.process_time() - began < seconds:
        for turn in turns[len(taken) % len(turns) :][:100]:
            at = time.process_time()
            ask(turn)
            taken.append((time.process_time() - at) * 1000)
    return len(taken) / (time.process_time() - began), taken
