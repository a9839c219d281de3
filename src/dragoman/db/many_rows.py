"""Many rows in one statement, as one JSON parameter.

An array for each column would be dumped value by value in Python, about a hundred times slower, and each
combination of the arrays' types (a column of nothing but null has another) would be a statement to be planned anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, LiteralString

from psycopg.types.json import Json


class Columns:
    """The columns of such rows: ``made_of`` names each and its PostgreSQL type."""

    def __init__(self, made_of: Mapping[LiteralString, LiteralString]) -> None:
        self._names = tuple(made_of)
        self.names: LiteralString = ", ".join(made_of)
        self.typed: LiteralString = ", ".join(name + " " + kind for name, kind in made_of.items())

    def __call__(self, rows: Iterable[Sequence[Any]]) -> Json:
        """The parameter. Bytes become base64, for the statement to decode."""
        return Json([dict(zip(self._names, row, strict=True)) for row in rows])
