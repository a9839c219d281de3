"""Rules as text (YAML): to copy, keep in a version control of one's own, and import elsewhere. Pure.

Channels, labels and people stand in it by their names where a name says which one is meant, else by their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dragoman.kit.errors import Refused, invalid
from dragoman.rules.checking import Known, problems_of
from dragoman.rules.model import (
    ACTIONS,
    FACTS,
    NOBODY,
    OWNER,
    SKILL,
    SPEAKER,
    Action,
    Condition,
    Do,
    Fact,
    Hours,
    Op,
    Rule,
    Takes,
    Trigger,
    Value,
    takes,
)

FORMAT = 1
TEXT_MAX = 200_000  # characters
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUPS = ("all", "any", "none")
NO_YAML = "This is no YAML that we can read."
BEGINNING = "It begins with “version: 1”."
BREAKS = frozenset("\r\n\x85\u2028\u2029")
NAMED = {
    Takes.CHANNELS, Takes.LABELS, Takes.OWNERS, Takes.TEAMS, Takes.ASSIGNEE, Takes.MEMBERS, Takes.WEBHOOKS,
}  # fmt: skip
BY_THEMSELVES = {  # words that are no names
    Takes.OWNERS: NOBODY,
    Takes.TEAMS: NOBODY,
    Takes.ASSIGNEE: SPEAKER,
    Takes.MEMBERS: OWNER,
}


def to_yaml(rules: Sequence[Rule], known: Known) -> str:
    """Reads back as the same rules, in this workspace."""
    written = {"version": FORMAT, "rules": [_written(each, known) for each in rules]}
    return yaml.dump(written, Dumper=Plain, allow_unicode=True, sort_keys=False, width=100)


class Plain(yaml.SafeDumper):
    """A line for each name, a list of words on one, and nothing that points elsewhere."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_scalar(self, tag: str, value: Any, style: str | None = None) -> ScalarNode:
        """Signs that end a line, though nobody sees them, are written as escapes: else they come back as blanks."""
        has_breaks = isinstance(value, str) and not BREAKS.isdisjoint(value)
        written: ScalarNode = super().represent_scalar(tag, value, style='"' if has_breaks else style)
        return written

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> SequenceNode:
        is_plain = not any(isinstance(each, dict | list) for each in sequence)
        written: SequenceNode = super().represent_sequence(tag, sequence, flow_style=is_plain)
        return written

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> MappingNode:
        written: MappingNode = super().represent_mapping(tag, mapping, flow_style=False)
        return written


def _written(rule: Rule, known: Known) -> dict[str, Any]:
    lines: dict[str, Any] = {"name": rule.name, "when": _said(rule.trigger)}
    if rule.after is not None:
        lines["after"] = rule.after
    if not rule.enabled:
        lines["enabled"] = False
    for group in GROUPS:
        conditions: list[Condition] = getattr(rule, group)
        if conditions:
            lines[group] = [
                {f"{_said(each.fact)} {_said(each.op)}": _value_out(each.value, takes(each), known)}
                for each in conditions
            ]
    lines["then"] = [_action_out(each, known) for each in rule.actions]
    if rule.stop:
        lines["stop"] = True
    return lines


def _action_out(action: Action, known: Known) -> Any:
    kind = ACTIONS[action.do]
    if kind is Takes.NOTHING:
        return _said(action.do)
    return {_said(action.do): _value_out(action.value, kind, known)}


def _value_out(value: Value, kind: Takes, known: Known) -> Any:
    if isinstance(value, Hours):
        days = [DAYS[day - 1] for day in value.days]
        return {"days": days, "from": _clock(value.start), "to": _clock(value.end), "zone": value.zone}
    if kind in NAMED and isinstance(value, list):
        names = _names(kind, known)
        return [_name_out(each, names) for each in value]
    return value


def _name_out(each: str, names: Mapping[str, str]) -> str:
    name = names.get(each)
    words = {*names, *BY_THEMSELVES.values()}
    if not name or name in words or name.startswith(SKILL) or list(names.values()).count(name) > 1:
        return each
    return name


def _names(kind: Takes, known: Known) -> Mapping[str, str]:
    by_kind: dict[Takes, Mapping[str, str]] = {
        Takes.CHANNELS: known.channels,
        Takes.LABELS: known.labels,
        Takes.TEAMS: known.teams,
        Takes.WEBHOOKS: known.webhooks,
        Takes.ASSIGNEE: known.members | known.teams,
    }
    return by_kind.get(kind, known.members)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _said(word: str) -> str:
    """As people write it: “turn settled”."""
    return str(word).replace("_", " ")


# -------------------------------------------------------------------------------------------------- reading


def from_yaml(text: str, known: Known) -> list[Rule]:
    """Raises Refused, naming the line that is wrong and why."""
    if len(text) > TEXT_MAX:
        raise invalid(text=f"A text of rules has {TEXT_MAX} characters at most.")
    root = _fields(_composed(text), {"version", "rules"})
    version = root.get("version")
    if version is None or _scalar(version) != str(FORMAT):
        raise _refused(version.start_mark.line + 1 if version else 1, BEGINNING)
    return [_rule(each, known) for each in _items(_needed(root, "rules", 1))]


def _composed(text: str) -> Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise _refused(line, NO_YAML) from None
    except (yaml.YAMLError, RecursionError):
        raise _refused(1, NO_YAML) from None
    if root is None:
        raise _refused(1, BEGINNING)
    _refuse_aliases(root)
    return root


def _refuse_aliases(root: Node) -> None:
    """A node that stands in several places can stand in millions of them."""
    seen: set[int] = set()
    left = [root]
    while left:
        node = left.pop()
        if id(node) in seen:
            raise _wrong(node, "Aliases are not read here: write it out.")
        seen.add(id(node))
        if isinstance(node, MappingNode):
            left.extend(part for pair in node.value for part in pair)
        elif isinstance(node, SequenceNode):
            left.extend(node.value)


def _rule(node: Node, known: Known) -> Rule:
    fields = _fields(node, {"name", "when", "after", "enabled", "stop", "then", *GROUPS})
    line = node.start_mark.line + 1
    rule = Rule(
        name=_scalar(_needed(fields, "name", line)),
        trigger=_word(Trigger, _needed(fields, "when", line)),
        after=_whole(fields["after"]) if "after" in fields else None,
        enabled=_yes_no(fields["enabled"]) if "enabled" in fields else True,
        all=_conditions(fields.get("all"), known),
        any=_conditions(fields.get("any"), known),
        none=_conditions(fields.get("none"), known),
        actions=[_action(each, known) for each in _items(_needed(fields, "then", line))],
        stop=_yes_no(fields["stop"]) if "stop" in fields else False,
    )
    for place, sentence in problems_of(rule, known):
        raise _wrong(_at(place, fields, node), sentence)
    return rule


def _at(place: str, fields: Mapping[str, Node], whole: Node) -> Node:
    """Where in the text what is wrong stands."""
    group, _, nth = place.partition(".")
    node = fields.get("then" if group == "actions" else group, whole)
    found: Node = node.value[int(nth)] if nth else node
    return found


def _conditions(node: Node | None, known: Known) -> list[Condition]:
    return [_condition(each, known) for each in _items(node)] if node is not None else []


def _condition(node: Node, known: Known) -> Condition:
    key, value = _pair(node)
    fact = max(
        (_said(each) for each in Fact if key.startswith(f"{_said(each)} ")),
        key=len,
        default=key.partition(" ")[0],
    )
    condition = Condition(_word(Fact, node, fact), _word(Op, node, key.removeprefix(fact)), None)
    if condition.op not in FACTS[condition.fact][1]:
        raise _wrong(node, "This cannot be asked in this way.")
    return Condition(condition.fact, condition.op, _value_in(value, takes(condition), known))


def _action(node: Node, known: Known) -> Action:
    if isinstance(node, ScalarNode):
        return Action(_word(Do, node))
    key, value = _pair(node)
    do = _word(Do, node, key)
    return Action(do, _value_in(value, ACTIONS[do], known))


def _value_in(node: Node, kind: Takes, known: Known) -> Value:
    match kind:
        case Takes.NOTHING:
            return None
        case Takes.YES_NO:
            return _yes_no(node)
        case Takes.COUNT | Takes.MINUTES:
            return _number(node, int)
        case Takes.SHARE:
            return _number(node, float)
        case Takes.PATTERN | Takes.WORDS | Takes.PRIORITY:
            return _scalar(node)
        case Takes.HOURS:
            return _hours(node)
    words = [_scalar(each) for each in _items(node)] if isinstance(node, SequenceNode) else [_scalar(node)]
    return [_name_in(each, kind, node, known) for each in words] if kind in NAMED else words


def _name_in(word: str, kind: Takes, node: Node, known: Known) -> str:
    names = _names(kind, known)
    if word in names or word == BY_THEMSELVES.get(kind) or _is_skill(word, kind):
        return word
    fitting = [each for each, name in names.items() if name == word]
    if len(fitting) > 1:
        raise _wrong(node, f"There are several of the name “{word}”: write the id.")
    if not fitting:
        raise _wrong(node, f"“{word}” is not known here.")
    return fitting[0]


def _is_skill(word: str, kind: Takes) -> bool:
    return kind is Takes.ASSIGNEE and word.startswith(SKILL)


def _hours(node: Node) -> Hours:
    fields = _fields(node, {"days", "from", "to", "zone"})
    line = node.start_mark.line + 1
    days = [_scalar(each).lower() for each in _items(_needed(fields, "days", line))]
    if not set(days) <= set(DAYS):
        raise _wrong(fields["days"], "Days are written mon, tue, wed, thu, fri, sat, sun.")
    return Hours(
        days=[DAYS.index(day) + 1 for day in days],
        start=_minutes(_needed(fields, "from", line)),
        end=_minutes(_needed(fields, "to", line)),
        zone=_scalar(_needed(fields, "zone", line)),
    )


def _minutes(node: Node) -> int:
    hours, colon, minutes = _scalar(node).partition(":")
    fits = colon and hours.isdecimal() and minutes.isdecimal() and len(hours) <= 2 and len(minutes) == 2
    if not fits or int(hours) > 23 or int(minutes) > 59:
        raise _wrong(node, "A time of day is written 09:30.")
    return int(hours) * 60 + int(minutes)


def _fields(node: Node, allowed: set[str]) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        raise _wrong(node, "Names and their values belong here.")
    fields: dict[str, Node] = {}
    for key, value in node.value:
        name = _scalar(key)
        if name not in allowed or name in fields:
            raise _wrong(key, f"“{name}” does not belong here.")
        fields[name] = value
    return fields


def _needed(fields: Mapping[str, Node], name: str, line: int) -> Node:
    if name not in fields:
        raise _refused(line, f"“{name}” is missing.")
    return fields[name]


def _items(node: Node) -> list[Node]:
    if not isinstance(node, SequenceNode):
        raise _wrong(node, "A list belongs here.")
    return list(node.value)


def _pair(node: Node) -> tuple[str, Node]:
    if not isinstance(node, MappingNode) or len(node.value) != 1:
        raise _wrong(node, "One name and its value belong here.")
    key, value = node.value[0]
    return _scalar(key), value


def _scalar(node: Node) -> str:
    """As it is written: Norwegian is “no”, and no denial."""
    if not isinstance(node, ScalarNode):
        raise _wrong(node, "A single value belongs here.")
    return str(node.value)


def _word(words: type[Any], node: Node, written: str | None = None) -> Any:
    said = _scalar(node) if written is None else written
    try:
        return words(said.strip().replace(" ", "_"))
    except ValueError:
        raise _wrong(node, f"“{said}” is not known here.") from None


def _whole(node: Node) -> int:
    return int(_number(node, int))


def _number(node: Node, of: type[int] | type[float]) -> int | float:
    try:
        return of(_scalar(node))
    except (ValueError, OverflowError):
        raise _wrong(node, "A number belongs here.") from None


def _yes_no(node: Node) -> bool:
    said = {"true": True, "yes": True, "false": False, "no": False}.get(_scalar(node).lower())
    if said is None:
        raise _wrong(node, "Yes or no.")
    return said


def _wrong(node: Node, sentence: str) -> Refused:
    return _refused(node.start_mark.line + 1, sentence)


def _refused(line: int, sentence: str) -> Refused:
    return invalid(text=f"Line {line}: {sentence}")
