"""The bytes of everything sent, both ways: each file once, named by its own hash."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Files:
    folder: Path

    def put(self, content: bytes) -> str:
        """Keep these bytes; the name to ask for them again."""
        name = sha256(content).hexdigest()
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".half")
            half.write_bytes(content)
            half.replace(path)
        return name

    def get(self, name: str) -> bytes:
        """The bytes of that name; the name must be one that `put` gave out."""
        return (self.folder / name).read_bytes()

    def size(self, name: str) -> int:
        return (self.folder / name).stat().st_size
