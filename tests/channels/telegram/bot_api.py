"""Is a value what the machine-readable description of the Bot API says it is?"""

from __future__ import annotations

from typing import Any

from tests.specs import spec

PLAIN = {
    "Integer": lambda value: type(value) is int,
    "Float": lambda value: type(value) in (int, float),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
}
ARRAY = "Array of "


def bot_api() -> Any:
    return spec("telegram-bot-api-10.1.json")


def faults_in_type(value: Any, name: str) -> list[str]:
    """What in ``value`` is not as the type ``name`` is described; one line each."""
    return _faults(value, [name], name)


def faults_in_call(fields: dict[str, Any], method: str, uploaded: str | None = None) -> list[str]:
    described = bot_api()["methods"][method]["fields"]
    given = {**fields, uploaded: "attach://upload"} if uploaded else fields
    return _faults_in_fields(given, described, method)


def _faults(value: Any, types: list[str], where: str) -> list[str]:
    faults: list[str] = []
    for each in types:
        found = _faults_of_one(value, each, where)
        if not found:
            return []
        faults += found
    return faults


def _faults_of_one(value: Any, name: str, where: str) -> list[str]:
    if name in PLAIN:
        return [] if PLAIN[name](value) else [f"{where} is no {name}"]
    if name.startswith(ARRAY):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        inner = [name.removeprefix(ARRAY)]
        return [fault for n, each in enumerate(value) for fault in _faults(each, inner, f"{where}[{n}]")]
    described = bot_api()["types"][name]
    if "subtypes" in described:
        return _faults(value, described["subtypes"], where)
    if not isinstance(value, dict):
        return [f"{where} is no {name}"]
    return _faults_in_fields(value, described.get("fields", []), where)


def _faults_in_fields(value: dict[str, Any], described: list[Any], where: str) -> list[str]:
    known = {field["name"]: field for field in described}
    missing = [name for name, field in known.items() if field["required"] and name not in value]
    unknown = [name for name in value if name not in known]
    return (
        [f"{where}.{name} is missing" for name in missing]
        + [f"{where}.{name} is not described" for name in unknown]
        + [
            fault
            for name, each in value.items()
            if name in known
            for fault in _faults(each, known[name]["types"], f"{where}.{name}")
        ]
    )
