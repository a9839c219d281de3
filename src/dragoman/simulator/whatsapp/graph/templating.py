"""Templates: listed page by page, and a message that is made of one, held to what was approved."""

import re
from typing import Any

from dragoman.simulator.whatsapp.graph.call import GraphCall
from dragoman.simulator.whatsapp.graph.errors import GraphError, invalid_parameter
from dragoman.simulator.whatsapp.model import Chat, Json, Template
from dragoman.simulator.whatsapp.templates import GAP, component, gaps_in

USUAL_PAGE, MOST_A_PAGE = 25, 250
FIELDS = ("name", "language", "status", "category", "components", "rejected_reason", "quality_score")
MOST_IN_HEAD, MOST_IN_BODY = 60, 1024
STOPPED = {"PAUSED": (132015, "Template is paused"), "DISABLED": (132016, "Template is disabled")}
MEDIA = {"IMAGE": "image", "VIDEO": "video", "DOCUMENT": "document"}
BAD_VALUE = re.compile(r"[\n\r\t]| {5}")


async def list_templates(call: GraphCall, account_id: str) -> Any:
    account, _ = call.account(account_id)
    found = [one for one in call.network.templates.values() if one.account_id == account.id]
    found.sort(key=lambda one: one.id)
    limit = _limit(call.text("limit"))
    start = _place(call.text("after"))
    end = start + limit
    fields = [name for name in (call.text("fields") or "").split(",") if name] or ["name", "status"]
    cursors = {"before": f"c{start}", "after": f"c{end}"}
    more = {"next": f"{call.office.base_url}/after/c{end}"} if end < len(found) else {}
    return {
        "data": [_listed(one, fields) for one in found[start:end]],
        "paging": {"cursors": cursors, **more},
    }


def _limit(asked: str | None) -> int:
    try:
        return min(max(1, int(asked or USUAL_PAGE)), MOST_A_PAGE)
    except ValueError:
        raise invalid_parameter("Param limit must be an integer") from None


def _place(after: str | None) -> int:
    if after is None:
        return 0
    if not re.fullmatch(r"c\d+", after):
        raise invalid_parameter("Invalid cursor")
    return int(after[1:])


def _listed(template: Template, fields: list[str]) -> Json:
    whole = {
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "components": template.components,
        "rejected_reason": template.rejected_reason,
        "quality_score": {"score": "GREEN"},
    }
    if unknown := [name for name in fields if name not in FIELDS]:
        raise invalid_parameter(f"Tried accessing nonexisting field ({unknown[0]})")
    return {**{name: whole[name] for name in fields}, "id": template.id}


def filled_in(call: GraphCall, chat: Chat, held: Json) -> Json:
    """What the phone shows of it: words, a file or a place at its head, buttons. Raises: GraphError."""
    template = _known(call, chat, held)
    given = {_name_of(one): one.get("parameters") or [] for one in held.get("components") or []}
    _refuse_others(template, given)
    head, shown = _head(template, given.get("header", []))
    body = component(template, "BODY").get("text", "")
    texts = [head, _words(body, given.get("body", []), MOST_IN_BODY)]
    foot = component(template, "FOOTER").get("text")
    words = "\n\n".join(each for each in [*texts, foot] if each)
    return {**shown, "words": words, "buttons": _buttons(template, given)}


def _known(call: GraphCall, chat: Chat, held: Json) -> Template:
    name, language = held.get("name"), (held.get("language") or {}).get("code")
    account = call.network.numbers[chat.number_id].account_id
    template = call.network.templates.get((account, str(name), str(language)))
    if template is not None and template.status in STOPPED:
        code, words = STOPPED[template.status]
        raise GraphError(code, f"(#{code}) {words}")
    if template is None or template.status != "APPROVED":
        raise GraphError(
            132001,
            "(#132001) Template name does not exist in the translation",
            f"template name ({name}) does not exist in {language}",
        )
    return template


def _name_of(given: Json) -> str:
    kind = str(given.get("type") or "").lower()
    return f"button.{given.get('index')}" if kind == "button" else kind


def _refuse_others(template: Template, given: dict[str, list[Json]]) -> None:
    """Parameters for a part that it does not have."""
    buttons = component(template, "BUTTONS").get("buttons") or []
    known = {"header", "body", *(f"button.{nth}" for nth in range(len(buttons)))}
    if others := set(given) - known:
        raise GraphError(
            132012, "(#132012) Parameter format does not match format", f"no {sorted(others)[0]}"
        )


def _head(template: Template, given: list[Json]) -> tuple[str, Json]:
    head = component(template, "HEADER")
    form = head.get("format")
    if form in MEDIA:
        return "", {"head": _only(given, MEDIA[form])[MEDIA[form]], "head_kind": MEDIA[form]}
    if form == "LOCATION":
        place = _only(given, "location")["location"]
        if not {"latitude", "longitude", "name", "address"} <= set(place):
            raise GraphError(131008, "(#131008) Required parameter is missing", "location")
        return f"📍 {place['name']}, {place['address']}", {"place": place}
    return _words(head.get("text", ""), given, MOST_IN_HEAD), {}


def _only(given: list[Json], kind: str) -> Json:
    if len(given) != 1 or given[0].get("type") != kind:
        found = given[0].get("type") if given else "nothing"
        raise GraphError(
            132012, "(#132012) Parameter format does not match format", f"expected {kind}, found {found}"
        )
    return given[0]


def _words(words: str, given: list[Json], most: int) -> str:
    gaps = gaps_in(words)
    if len(given) != len(gaps):
        details = (
            f"number of params ({len(given)}) does not match the expected number of params ({len(gaps)})"
        )
        raise GraphError(132000, "(#132000) Number of parameters does not match", details)
    values: dict[str, str] = {}
    for nth, parameter in enumerate(given, start=1):
        values[str(parameter.get("parameter_name") or nth)] = _value(parameter)
    if set(values) != set(gaps):
        raise GraphError(
            132012, "(#132012) Parameter format does not match format", "Parameter name is missing or wrong"
        )
    filled = GAP.sub(lambda found: values[found[1]], words)
    if len(filled) > most:
        raise GraphError(132005, "(#132005) Translated text too long")
    return filled


def _value(parameter: Json) -> str:
    value = parameter.get("text")
    if parameter.get("type") != "text" or not isinstance(value, str) or not value:
        raise GraphError(131008, "(#131008) Required parameter is missing", "text")
    if BAD_VALUE.search(value):
        details = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        raise GraphError(132018, "(#132018) There is an issue with the parameters", details)
    return value


def _buttons(template: Template, given: dict[str, list[Json]]) -> list[tuple[str, str]]:
    """Those that answer, by their words; of the others the gaps are looked at."""
    shown = []
    for nth, button in enumerate(component(template, "BUTTONS").get("buttons") or []):
        parameters = given.get(f"button.{nth}", [])
        if button["type"] == "URL":
            _words(button["url"], parameters, 2000)
        if button["type"] == "QUICK_REPLY":
            payload = next(
                (str(one["payload"]) for one in parameters if one.get("type") == "payload"), button["text"]
            )
            shown.append((button["text"], payload))
    return shown
