"""Templates filled in: what they then say, and what the platform would not take. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from dragoman.channels.capabilities import TemplateRule
from dragoman.channels.contract import FilledTemplate, Gap, GapKind, Template, TemplateState
from dragoman.channels.events import Location
from dragoman.kit.errors import Refused, invalid
from dragoman.kit.text import clean
from dragoman.search.words import runs_of

GAP = re.compile(r"\{\{([\w.]+)\}\}")
MOST_VALUES = 100  # of one template; Meta allows far fewer
LONGEST_VALUE = 4096  # that we read at all; a gap's own limit is told with it

PART = "template"  # of a message
NOT_ANY_MORE = "The platform no longer allows this template: nothing was sent. Choose another one."
SAYS_OTHERWISE = "The template says something else by now: nothing was sent. Choose it anew."

_FARTHEST = {GapKind.LATITUDE: 90, GapKind.LONGITUDE: 180}


def folded_words(template: Template) -> str:
    """By what it is found: its name and all that it says, without case, accents and gaps."""
    said = (template.name.replace("_", " "), template.name, template.head, template.body, template.foot)
    return folded(GAP.sub(" ", "\n".join(said)))


def folded(words: str) -> str:
    return " ".join(run.folded for run in runs_of(words))


def filled_in(template: Template, values: Mapping[str, str], rule: TemplateRule) -> FilledTemplate:
    """Raises Refused, with the sentence for what is wrong with it."""
    must_be_approved(template)
    written = {gap.name: _written(gap, values) for gap in template.gaps}
    for gap in template.gaps:
        _check(gap, written[gap.name], rule)
    if (length := len(_filled(template.body, written))) > rule.words:
        raise invalid(
            template=f"With its gaps filled in it has {length} characters; the platform takes {rule.words}."
        )
    return FilledTemplate(name=template.name, language=template.language, values=written)


def _written(gap: Gap, values: Mapping[str, str]) -> str:
    value = clean(values.get(gap.name, "")).strip()
    return value.replace(",", ".") if gap.kind in _FARTHEST else value  # as most of Europe writes degrees


def must_be_approved(template: Template | None) -> None:
    """Raises Refused."""
    if template is None:
        raise Refused("cannot_send", "There is no such template any more: choose another one.", 422)
    if template.state is not TemplateState.APPROVED:
        raise Refused("cannot_send", NOT_ANY_MORE, 422)


def _check(gap: Gap, value: str, rule: TemplateRule) -> None:
    if not value:
        raise invalid(template="Something is still to be filled in.")
    if len(value) > gap.max:
        raise invalid(template=f"What is filled in has {len(value)} characters; at most {gap.max} fit there.")
    if re.search(r"[\r\n\t]", value):
        raise invalid(template="What is filled in stands on one line, without tabs.")
    if " " * (rule.spaces + 1) in value:
        raise invalid(template=f"What is filled in has at most {rule.spaces} spaces in a row.")
    if gap.kind in _FARTHEST and not _is_degrees(value, _FARTHEST[gap.kind]):
        raise invalid(template="A place is given in degrees, such as 59.91 and 10.75.")


def _is_degrees(value: str, most: int) -> bool:
    return re.fullmatch(r"-?\d{1,3}(\.\d{1,10})?", value, re.ASCII) is not None and abs(float(value)) <= most


def said_by(template: Template, filled: FilledTemplate) -> str:
    """All that the customer reads of it."""
    texts = (template.head, template.body, template.foot)
    return "\n\n".join(_filled(text, filled.values) for text in texts if text)


def still_says(template: Template, filled: FilledTemplate, said: str | None) -> bool:
    """Whether the customer would read what its author saw."""
    missing = {gap.name for gap in template.gaps} - filled.values.keys()
    return not missing and said_by(template, filled) == said


def parts_of(template: Template, filled: FilledTemplate) -> list[dict[str, Any]]:
    """Which template it was, for who looks at the message and for who sends it; a place where its head is one."""
    buttons = [each.title for each in template.buttons]
    part = {
        "type": PART,
        "name": template.name,
        "language": template.language,
        "values": filled.values,
        "buttons": buttons,
    }
    at = {gap.kind: filled.values[gap.name] for gap in template.gaps}
    if GapKind.LATITUDE not in at:
        return [part]
    place = Location(
        latitude=float(at[GapKind.LATITUDE]),
        longitude=float(at[GapKind.LONGITUDE]),
        title=at.get(GapKind.PLACE_NAME),
        address=at.get(GapKind.PLACE_ADDRESS),
    )
    return [msgspec.to_builtins(place), part]


def filled_of(parts: list[dict[str, Any]]) -> FilledTemplate | None:
    """The template that a message of ours is; None: it is none."""
    part = next((each for each in parts if each["type"] == PART), None)
    if part is None:
        return None
    return FilledTemplate(name=part["name"], language=part["language"], values=part["values"])


def check_head(template: Template, files: list[dict[str, Any]], rule: TemplateRule) -> None:
    """The head of a template is one file of its kind, or none. Raises Refused."""
    wanted = template.head_file
    if wanted is None:
        if files:
            raise invalid(attachment_ids="This template takes no file.")
        return
    if len(files) != 1 or files[0]["kind"] != wanted:
        raise invalid(attachment_ids="A file belongs at the head of this template: choose one.")
    limit = rule.head_files.get(wanted)
    if limit is None or (limit.types and files[0]["mime_type"] not in limit.types):
        raise invalid(attachment_ids="The platform takes no such file at the head of a template.")
    if files[0]["size_bytes"] > limit.max_bytes:
        most = limit.max_bytes / 1_048_576
        raise invalid(attachment_ids=f"The file at the head has {most:g} MB at most.")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return GAP.sub(lambda found: values.get(found[1], found[0]), text)
