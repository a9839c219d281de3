"""Documents say what is true: their links lead somewhere, their commands are there, and lists are whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.cli import COMMANDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/dragoman/channels/*/*.md")]
DECISIONS = sorted(ROOT.glob("docs/decisions/0*.md"))
PARTS_OF_A_DECISION = ("Context", "Decision", "Consequences", "Alternatives", "What would change our mind")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path) -> None:
    assert [link for link in links_in(document) if not (document.parent / link).exists()] == []


def test_the_readme_names_every_command_and_no_other() -> None:
    table = text_of(ROOT / "README.md").partition("## Commands")[2].partition("## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]

    named = {name for cell in first_cells for name in re.findall(r"`dragoman ([a-z]+)", cell)}

    assert named == set(COMMANDS)


def test_documents_name_only_targets_that_the_makefile_has() -> None:
    there = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))

    named = {
        target for each in DOCUMENTS for target in re.findall(r"(?:^|`)make ([a-z]+)", text_of(each), re.M)
    }

    assert {"demo", "test"} <= named <= there


@pytest.mark.parametrize("record", DECISIONS, ids=lambda path: str(path.stem))
def test_a_decision_is_complete_and_listed(record: Path) -> None:
    text = text_of(record)
    title = text.splitlines()[0].partition(". ")[2]

    assert [part for part in PARTS_OF_A_DECISION if f"\n**{part}." not in text] == []
    assert f"({record.name}) | {title} |" in text_of(record.parent / "README.md")


def test_documents_name_no_place_of_one_machine() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"(?<![\w./])/(home|work|tmp)/", text_of(document)), document.name


def links_in(document: Path) -> Iterator[str]:
    """Relative ones, without the place within the file."""
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text_of(document), flags=re.DOTALL)):
        if "://" not in link and not link.startswith("#"):
            yield link.partition("#")[0]


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")
