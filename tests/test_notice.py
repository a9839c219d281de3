import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_notice_names_every_package_that_an_installation_fetches() -> None:
    locked = re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE)
    named = set(
        re.findall(r"[a-z0-9][a-z0-9_.-]*[a-z0-9]|[a-z]", (ROOT / "NOTICE").read_text().replace("_", "-"))
    )

    assert len(locked) > 20
    assert set(locked) - named == set()


def test_lock_files_hold_versions_and_hashes_and_no_address() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "://" not in text, lock.name
        assert "--index-url" not in text, lock.name
        for pinned in re.findall(r"^[a-z0-9.\[\],-]+==.*\n(.*)", text, re.MULTILINE):
            assert "--hash=sha256:" in pinned, lock.name
