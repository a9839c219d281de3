"""Why PostgreSQL did not start, in one sentence a person can act on."""

import re
from pathlib import Path

STILL_IN_USE = re.compile(r"pre-existing shared memory block .* is still in use")
NO_SPACE = re.compile(r"No space left on device|Disk quota exceeded")
REASON = re.compile(r"(?:FATAL|PANIC|error|ERROR): +(.+)")


def backends_still_end(log: str) -> bool:
    """The server was killed, and its last children have not noticed yet: a moment later it will start."""
    return bool(STILL_IN_USE.search(log))


def what_to_tell(log: str, *, data_dir: Path, log_file: Path) -> str:
    """One sentence from what PostgreSQL wrote while it failed to start."""
    if NO_SPACE.search(log):
        return disk_full(data_dir)
    reasons = REASON.findall(log) or log.strip().splitlines() or ["it gave no reason"]
    reason = reasons[-1].strip().rstrip(".")
    return f"PostgreSQL could not start in {data_dir}: {reason} (more in {log_file})."


def disk_full(data_dir: Path) -> str:
    return f"The disk that holds {data_dir} is full: free some space and start again; nothing is lost."


def other_version(data_dir: Path, *, found: str, ours: int) -> str:
    """For data that another major version of PostgreSQL wrote."""
    age = "newer" if found.isdecimal() and int(found) > ours else "older"
    return (
        f"The database in {data_dir} was made by PostgreSQL {found}, {age} than the {ours} of this program:"
        " nothing was touched; start the Dragoman that made it, or set DRAGOMAN_DATA to another folder."
    )
