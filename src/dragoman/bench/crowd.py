"""A database as years of work leave it behind: many conversations with what was said in them, written at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import psycopg
from psycopg import sql
from psycopg.types.json import Json

from dragoman.bench.ground import Ground
from dragoman.bench.inbox import Inbox, make_inbox
from dragoman.bench.phrases import FIRST_NAMES, LAST_NAMES, phrases
from dragoman.search.store import sign_of
from dragoman.search.words import FOLDING, words_of

SHARES = (0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)  # of all conversations: the first workspace holds most
MESSAGES_EACH = 5
TURNS_EACH = 2  # of the customer
PHRASES = 3000
FILLED = (
    "contacts",
    "identities",
    "identity_addresses",
    "conversations",
    "turns",
    "messages",
    "search_words",
    "search_names",
)


def crowd(here: Ground, conversations: int) -> Inbox:
    """Fill so many conversations into several workspaces. Returns the largest, with one member signed in."""
    inboxes = [asyncio.run(make_inbox(here, colleagues=1 if n == 0 else 0)) for n in range(len(SHARES))]
    with psycopg.connect(here.dsn, autocommit=True, connect_timeout=10) as connection:
        connection.execute(
            "set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '1GB'"
        )
        with _without_indexes(connection):
            for inbox, share in zip(inboxes, SHARES, strict=True):
                _fill(connection, inbox, round(conversations * share))
                click.echo(f"  {round(conversations * share)} conversations in a workspace", err=True)
        connection.execute("vacuum analyze")
    return inboxes[0]


@contextmanager
def _without_indexes(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Made anew afterwards, which is a multiple faster; those of keys stay."""
    found = connection.execute(
        """
        select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
        where i.indrelid::regclass::text = any(%s)
          and not exists (select from pg_constraint c where c.conindid = i.indexrelid)""",
        [list(FILLED)],
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    yield
    for _, definition in found:
        connection.execute(definition)


def _fill(connection: psycopg.Connection[Any], inbox: Inbox, conversations: int) -> None:
    workspace = inbox.workspace_id
    values = {
        "workspace": workspace,
        "channels": _column(connection, "select channel_id from channels where workspace_id = %s", workspace),
        "member": inbox.colleagues[0].membership.member_id if inbox.colleagues else None,
        "conversations": conversations,
        "phrases": PHRASES,
        "first_names": list(FIRST_NAMES),
        "last_names": list(LAST_NAMES),
        "sign": sign_of(workspace),
        "folding": FOLDING,
    }
    with connection.transaction(), psycopg.ClientCursor(connection) as cursor:
        _write_phrases(cursor, workspace)
        cursor.execute(Path(__file__).with_name("crowd.sql").read_text(), values)


def _write_phrases(cursor: psycopg.ClientCursor[Any], workspace: UUID) -> None:
    sign = sign_of(workspace)
    rows = [
        {"nth": nth, "text": text, "words": [sign + word for word in words_of(text)]}
        for nth, text in enumerate(phrases(PHRASES, seed=1))
    ]
    cursor.execute(
        """
        create temp table phrases on commit drop as
        select nth, text, array_to_tsvector(words) as words
        from json_to_recordset(%s) as p(nth integer, text text, words text[]);
        analyze phrases""",
        [Json(rows)],
    )


def _column(connection: psycopg.Connection[Any], question: str, *values: object) -> list[Any]:
    return [row[0] for row in connection.execute(question, values)]
