"""Print the API's description into the browser client's folder, or check that what lies there is what the code says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dragoman.app import create_api

PLACE = Path(__file__).parents[1] / "web" / "src" / "api" / "openapi.json"


def main(arguments: list[str]) -> int:
    described = json.dumps(create_api().openapi(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if "--check" not in arguments:
        PLACE.write_text(described, encoding="utf-8")
        return 0
    if PLACE.is_file() and PLACE.read_text(encoding="utf-8") == described:
        return 0
    print("web/src/api/openapi.json is not what the code says: run `make openapi`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
