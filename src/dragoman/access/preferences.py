"""How a person likes to work, on every device of theirs. What it means, only the browser knows."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import BaseModel, Field

from dragoman.access import store
from dragoman.db.database import Database

CommandName = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
# Up to three keys after one another, such as "g w" or "Mod+Shift+Enter"; the browser names them.
Keys = Annotated[str, Field(pattern=r"^[^\s\x00-\x1f\x7f]{1,30}( [^\s\x00-\x1f\x7f]{1,30}){0,2}$")]


class KeyChoices(BaseModel):
    """How the keyboard works for somebody.

    ``single``: whether single characters do something. ``changed``: only commands whose keys were chosen.
    ``enter_sends``: whether Enter alone sends what is written.
    """

    single: bool = True
    changed: Annotated[
        dict[CommandName, Annotated[list[Keys], Field(max_length=4)]], Field(max_length=80)
    ] = {}
    enter_sends: bool = False


class Preferences(BaseModel):
    keys: KeyChoices = KeyChoices()


class PreferencesGiven(BaseModel):
    """What is left out stays as it is."""

    keys: KeyChoices | None = None


async def change_preferences(database: Database, account_id: UUID, given: PreferencesGiven) -> None:
    changed: dict[str, Any] = given.model_dump(exclude_none=True)
    async with database.transaction(account_id=str(account_id)) as tx:
        await store.add_to_preferences(tx, account_id, Jsonb(changed))
