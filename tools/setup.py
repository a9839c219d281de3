"""Sets up everything that `make` needs, each step once: what is there and unchanged is left alone.

Needs nothing but Python 3.11 with pip and venv. `python3 tools/setup.py demo` prepares for `make demo`,
`python3 tools/setup.py test` for everything else.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WEB = ROOT / "web"
CLIENT = ROOT / "src" / "dragoman" / "web_dist"
STAMPS = ROOT / ".stamps"
OLDEST_PYTHON = (3, 11)
STEP_SECONDS = 900
NOT_SOURCES = {"node_modules", "build", "dist", "test-results", "playwright-report"}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class SetupError(Exception):
    """One sentence: what is missing and how to get it."""


def main(wanted: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    with (STAMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would trip over each other: the second waits
        for_tests = wanted == "test"
        virtual_environment()
        python_packages(for_tests)
        ourselves()
        if (WEB / "package.json").exists():
            node = node_and_npm()
            browser_packages(node)
            browser_client(node)
        if for_tests:
            chromium()


def virtual_environment() -> None:
    def make() -> None:
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
        if made.returncode != 0:
            raise SetupError(
                "Python cannot make virtual environments here: install its venv module"
                f" (on Debian: apt-get install python3-venv). It said: {made.stdout.strip()[-300:]}"
            )

    step("virtual environment", digest([], sys.version), VENV / "bin" / "python", make)


def python_packages(for_tests: bool) -> None:
    """The test packages contain those for running: they are never taken away again."""
    made = VENV / "bin" / "uvicorn"
    everything = for_tests or _stamp("all packages", made).exists()
    name, locks = (
        ("all packages", [_lock("dev")]) if everything else ("packages", [_lock("run"), _lock("build")])
    )
    step(name, digest(locks, sys.version), made, lambda: pip_install(locks))


def ourselves() -> None:
    """Installed as a link: what is edited here is what runs."""
    arguments = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    step("dragoman", digest([ROOT / "pyproject.toml"]), VENV / "bin" / "dragoman", lambda: pip(*arguments))


def node_and_npm() -> dict[str, str]:
    """The environment in which `npm` runs: the system's Node where it is new enough, else one from a wheel."""
    oldest = tuple(
        map(int, re.findall(r"\d+", json.loads((WEB / "package.json").read_text())["engines"]["node"]))
    )
    # Node trusts only the authorities it brings along, unless told to trust the machine's own as well.
    environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    if shutil.which("npm") and _version_of_node() >= oldest:
        return environment
    lock = _lock("node")
    step("node", digest([lock], sys.version), VENV / "bin" / "npm", lambda: pip_install([lock]))
    return {**environment, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def browser_packages(node: dict[str, str]) -> None:
    lock = WEB / "package-lock.json"
    command = ["npm", "ci", "--no-audit", "--no-fund"]
    made = WEB / "node_modules" / ".package-lock.json"
    step("browser packages", digest([lock]), made, lambda: run(command, cwd=WEB, env=node))


def browser_client(node: dict[str, str]) -> None:
    built = CLIENT / "index.html"
    step(
        "browser client",
        digest(web_sources()),
        built,
        lambda: run(["npm", "run", "build"], cwd=WEB, env=node),
    )


def chromium() -> None:
    """The end-to-end tests need one; nothing is downloaded for it but Debian's package."""
    if any(shutil.which(name) for name in CHROMIUMS):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError("The tests need Chromium: install it (on Debian: sudo apt-get install chromium).")

    def install() -> None:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update"], cwd=ROOT, env=quiet)
        run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], cwd=ROOT, env=quiet)

    step("chromium", digest([]), Path("/usr/bin/chromium"), install)


def step(name: str, made_from: str, made: Path, make: Callable[[], object]) -> None:
    """Make something unless it is there and was made from the same; say what is done and how long it took."""
    stamp = _stamp(name, made)
    if made.exists() and stamp.exists() and stamp.read_text() == made_from:
        return
    print(f"  {name:<22}", end="", flush=True)
    began = time.monotonic()
    stamp.unlink(missing_ok=True)
    make()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(made_from)
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def pip_install(locks: list[Path]) -> None:
    pip("--require-hashes", *(part for lock in locks for part in ("--requirement", str(lock))))


def pip(*arguments: str) -> None:
    always = ["--quiet", "--disable-pip-version-check", "--no-input"]
    run(
        [str(VENV / "bin" / "python"), "-m", "pip", "install", *always, *arguments],
        cwd=ROOT,
        env=dict(os.environ),
    )


def run(command: list[str], *, cwd: Path, env: dict[str, str]) -> None:
    """Run quietly; what it said is shown only when it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=STEP_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise SetupError(f"`{' '.join(command[:4])} …` did not end within {STEP_SECONDS} s.") from None
    if done.returncode != 0:
        print(f"\n{done.stdout}", file=sys.stderr)
        raise SetupError(f"`{' '.join(command[:4])} …` failed; what it said stands above.")


def web_sources() -> list[Path]:
    inside = (each for each in WEB.iterdir() if each.name not in NOT_SOURCES)
    files = (file for each in inside for file in ([each] if each.is_file() else each.rglob("*")))
    return [file for file in files if file.is_file()]


def digest(files: Iterable[Path], *more: str) -> str:
    whole = hashlib.sha256(repr(more).encode())
    for file in sorted(files):
        whole.update(f"\0{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _version_of_node() -> tuple[int, ...]:
    node = shutil.which("node")
    if node is None:
        return ()
    said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=STEP_SECONDS).stdout
    return tuple(map(int, re.findall(r"\d+", said)))


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _stamp(name: str, made: Path) -> Path:
    """Stamps of the virtual environment lie inside it, so that they go when it goes."""
    home = VENV / "stamps" if made.is_relative_to(VENV) else STAMPS
    return home / name.replace(" ", "-")


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Dragoman needs Python 3.11 or later: run `make PYTHON=python3.11 …` with one.")
    try:
        main(sys.argv[1])
    except SetupError as error:
        sys.exit(f"\n{error}")
