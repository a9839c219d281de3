"""Print docs/rules.md from what rules may be made of, or check that what lies there is so."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from dragoman.automatic.gaps import WRITTEN
from dragoman.rules import model
from dragoman.rules.model import ACTIONS, FACTS, NOT_AT, NOT_FOR_NOISE, TIMED, Do, Fact, Takes, Trigger
from dragoman.rules.text import FORMAT, TEXT_MAX

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "docs" / "rules.md"
WORDS = json.loads((ROOT / "web" / "src" / "messages" / "en.json").read_text(encoding="utf-8"))

HEAD = """\
# Rules: what they may be made of

Printed from the code by `make rules`; `make check` compares. One table (`src/dragoman/rules/model.py`) says what may be
asked how and what may be done: checking, the text, the builder in the browser and this page read it. Why rules are so:
decisions [50](decisions/0050-rules-are-decided-purely-and-carried-out-with-their-turn.md),
[51](decisions/0051-a-rehearsal-asks-what-running-asks.md) and [56](decisions/0056-rules-that-wait-ask-once.md).

A rule applies where all of `all` hold, one of `any` at least (where there are some), and none of `none`. Rules are
asked in their order; after one with `stop: true` that applies no other is asked. Of what can be done once only (who has
it, its status, its priority, what is said) the earlier rule's word counts. Because of noise nobody is spoken to, and
nothing becomes anybody's; a webhook is told of it, and of which kind it is.

What a webhook is sent, and by what its receiver knows us: [webhooks](webhooks.md).
"""

EXAMPLE = f"""\
## As text

In the browser every rule shows itself as text, and a text of several is imported as a whole. It is YAML, a version and
a list. Channels, labels, members, teams and webhooks stand by their names where a name says which one is meant, else by
their ids.

```yaml
version: {FORMAT}
rules:
- name: Refunds
  when: turn settled
  all:
  - language is: [de, en, pl]
  any:
  - text contains: [refund, money back]
  - text matches: order\\s+#?\\d{{5}}
  none:
  - label has: [shipping]
  then:
  - label: [refund]
  - assign: [Returns]
  stop: true
- name: Repairs
  when: conversation opened
  all:
  - text contains: [broken, kaputt]
  then:
  - assign: [speaker, "skill:repairs"]
- name: Asleep
  when: silent
  after: 20160
  then:
  - close
```
"""

GAPS = " and ".join(f"`{each}`" for each in WRITTEN.values())

SHAPES: dict[Takes, str] = {
    Takes.NOTHING: "nothing",
    Takes.CHANNELS: "a list of channels",
    Takes.PLATFORMS: "a list of platforms",
    Takes.LANGUAGES: f"a list of languages (BCP 47), or `{model.UNKNOWN}`; `zh` is either script",
    Takes.NOISES: f"a list: `{model.REAL}` for none, {', '.join(f'`{each}`' for each in model.NOISES)}",
    Takes.KINDS: f"a list: {', '.join(f'`{each}`' for each in model.KINDS)}",
    Takes.STATUSES: f"a list: {', '.join(f'`{each}`' for each in model.STATUSES)}",
    Takes.PRIORITIES: f"a list: {', '.join(f'`{each}`' for each in model.PRIORITIES)}",
    Takes.PRIORITY: f"one of {', '.join(f'`{each}`' for each in model.PRIORITIES)}",
    Takes.OWNERS: f"a list of members, or `{model.NOBODY}`",
    Takes.TEAMS: f"a list of teams, or `{model.NOBODY}`",
    Takes.LABELS: "a list of labels",
    Takes.PHRASES: f"a list of words, each of {model.PHRASE_MAX} characters at most",
    Takes.PATTERN: f"a pattern (RE2) of {model.PATTERN_MAX} characters at most",
    Takes.COUNT: f"a whole number, 1 to {model.FRAGMENTS_MAX}",
    Takes.SHARE: "a number from 0 to 1",
    Takes.YES_NO: "`true` or `false`",
    Takes.HOURS: "`days` (`mon` to `sun`), `from`, `to` (`09:30`) and `zone`",
    Takes.MINUTES: f"a whole number of minutes, {model.LONGEST_MINUTES} at most",
    Takes.WORDS: f"a text of {model.WORDS_MAX} characters at most; {GAPS} are filled in",
    Takes.ASSIGNEE: (
        "one member or team; or who can do all that is named: "
        f"`{model.SPEAKER}` (the language of the turn), `{model.SKILL}word`"
    ),
    Takes.WEBHOOKS: "a list of webhooks",
    Takes.MEMBERS: f"a list of members, or `{model.OWNER}`: whose the conversation is",
}

LIMITS = {
    "rules of a workspace": model.MOST_RULES,
    "conditions of a rule": model.MOST_CONDITIONS,
    "actions of a rule": model.MOST_ACTIONS,
    "values of a condition or an action": model.MOST_CHOSEN,
    "characters of a name": model.NAME_MAX,
    "runs about one conversation in an hour; what goes beyond does nothing": model.MOST_AN_HOUR,
    "failures in a row, after which a rule parks itself and raises an alarm": model.FAILS_AT_MOST,
    "characters of a text of rules": TEXT_MAX,
}


def main(arguments: list[str]) -> int:
    printed = page()
    if "--check" not in arguments:
        PLACE.write_text(printed, encoding="utf-8")
        return 0
    if PLACE.is_file() and PLACE.read_text(encoding="utf-8") == printed:
        return 0
    print("docs/rules.md is not what the code says: run `make rules`.", file=sys.stderr)
    return 1


def page() -> str:
    """The whole document."""
    parts = [
        HEAD,
        "## When\n",
        _table(("`when`", "means", "`after`"), (_trigger(each) for each in Trigger)),
        "## If\n",
        _table(("fact", "means", "compared by", "with"), (_fact(each) for each in FACTS)),
        "## Then\n",
        _table(("action", "means", "with", "not"), (_action(each) for each in ACTIONS)),
        "## Limits\n",
        _table(("of what", "at most"), ((what, f"{most:,}") for what, most in LIMITS.items())),
        EXAMPLE,
    ]
    return "\n".join(parts)


def _trigger(trigger: Trigger) -> tuple[str, ...]:
    return (
        _code(trigger),
        WORDS[f"rules.trigger.{trigger}"],
        SHAPES[Takes.MINUTES] if trigger in TIMED else "",
    )


def _fact(fact: Fact) -> tuple[str, ...]:
    takes, ops = FACTS[fact]
    shape = SHAPES[takes]
    if takes is Takes.PHRASES:
        shape = f"{shape}; {SHAPES[Takes.PATTERN]}"
    return _code(fact), WORDS[f"rules.fact.{fact}"], ", ".join(map(_code, ops)), shape


def _action(do: Do) -> tuple[str, ...]:
    never = [_code(trigger) for trigger, denied in NOT_AT.items() if do in denied]
    if do in NOT_FOR_NOISE:
        never.append("for noise")
    return _code(do), WORDS[f"rules.do.{do}"].rstrip(":"), SHAPES[ACTIONS[do]], ", ".join(never)


def _code(word: str) -> str:
    return f"`{str(word).replace('_', ' ')}`"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
