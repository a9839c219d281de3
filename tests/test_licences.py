"""NOTICE says of each package what the package says of itself."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

NOTICE = Path(__file__).parent.parent / "NOTICE"
CLASSIFIERS = {"Apache Software License": "Apache-2.0", "MIT License": "MIT", "BSD License": "BSD-3-Clause"}


def test_the_notice_gives_each_package_the_licence_that_it_states() -> None:
    stated = {name: stated_licences(name) for name in notice()}
    known = {name: licences for name, licences in stated.items() if licences}

    assert len(known) > 20
    assert {name: licences for name, licences in known.items() if licences != notice()[name]} == {}


def notice() -> dict[str, set[str]]:
    """Of each package the licences before the colon of its paragraph."""
    text = re.sub(r"\n  ", " ", NOTICE.read_text(encoding="utf-8"))
    lines = re.findall(r"^([A-Z][A-Za-z0-9.-]+(?:,| and| or|:).*)$", text, re.MULTILINE)
    found: dict[str, set[str]] = {}
    for line in lines:
        licence, colon, packages = line.partition(": ")
        if colon:
            found |= {name: as_set(licence.split(",")[0]) for name in packages.split(", ")}
    return found


def stated_licences(package: str) -> set[str]:
    """Empty for a package that is not installed on this kind of machine, or says nothing that can be read."""
    try:
        about = metadata(package)
    except PackageNotFoundError:
        return set()
    if "License-Expression" in about:
        return as_set(about["License-Expression"])
    told = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or []]
    return {CLASSIFIERS[each] for each in told if each in CLASSIFIERS}


def as_set(expression: str) -> set[str]:
    return set(re.split(r" and | or ", expression, flags=re.IGNORECASE))
