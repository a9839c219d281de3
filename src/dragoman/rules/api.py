"""Routes of rules. Every member may read them: conversations say which rule did what. Changing needs
``manage_rules``."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from msgspec.structs import replace
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Right
from dragoman.automatic.gaps import back_by_language
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import not_found
from dragoman.kit.ids import new_id
from dragoman.rules import actions, runs, store
from dragoman.rules.by_time import how_many_now
from dragoman.rules.conflicts import conflicts
from dragoman.rules.model import MOST_RULES, TIMED, KeptRule, Rule
from dragoman.rules.rehearsing import with_rule
from dragoman.rules.shapes import (
    ConflictShown,
    Deeds,
    DeedShown,
    Problem,
    RuleContent,
    Rules,
    RuleShown,
    Versions,
    choices,
    conflict_shown,
    content_of,
    problems_shown,
    rule_shown,
    version_shown,
)
from dragoman.rules.text import TEXT_MAX, from_yaml, to_yaml
from dragoman.team.opening import opens_at
from dragoman.team.routing_store import house_hours

router = APIRouter(prefix="/api/w/{workspace_id}/rules", tags=["rules"])


class RuleChanged(RuleContent):
    """``version``: the one that was looked at."""

    version: int


class Made(BaseModel):
    ids: list[UUID]


class Text(BaseModel):
    text: Annotated[str, Field(max_length=TEXT_MAX)]


class Read(BaseModel):
    """What a text says."""

    items: list[RuleContent]


class Asked(BaseModel):
    """A rule as it would be: a new one, or ``rule_id`` in its place."""

    content: RuleContent
    rule_id: UUID | None = None


class ConflictFound(BaseModel):
    """Its own where ``is_its_own``; else another rule's, after it, that it gets in the way of."""

    conflict: ConflictShown
    is_its_own: bool


class Looked(BaseModel):
    """What would be wrong with it, its conflicts with the others, and its text. ``at_once``: where it waits for a time,
    the conversations for which that time has passed already, up to 1,000; counted for who may make rules."""

    problems: list[Problem]
    conflicts: list[ConflictFound]
    text: str
    at_once: int | None


class Order(BaseModel):
    ids: Annotated[list[UUID], Field(max_length=MOST_RULES)]


class Switch(BaseModel):
    enabled: bool


class Restore(BaseModel):
    version: int


@router.get("")
async def rules(by: Member, services: SharedServices) -> Rules:
    """All in their order, with what they make of each other."""
    async with services.database.reading(by.workspace_id) as tx:
        found, known = await store.rules(tx), await store.known(tx)
        changed, acted = await store.changed(tx), await store.last_runs(tx, by.channels)
        at = now()
        opens = opens_at(await house_hours(tx), at)
        return Rules(
            version=await store.version_of_set(tx),
            items=[rule_shown(each, changed[each.rule_id], acted.get(each.rule_id), known) for each in found],
            conflicts=[conflict_shown(each) for each in conflicts(found)],
            choices=choices(known, back_by_language(opens, at)),
        )


@router.post("", status_code=201)
async def create(by: Member, services: SharedServices, asked: RuleContent) -> RuleShown:
    (rule_id,) = await actions.create(services.database, by, [asked.rule()])
    async with services.database.reading(by.workspace_id) as tx:
        return await _shown(tx, rule_id)


async def _shown(tx: Transaction, rule_id: UUID) -> RuleShown:
    kept = await _there(tx, rule_id)
    return rule_shown(kept, (await store.changed(tx))[rule_id], None, await store.known(tx))


async def _there(tx: Transaction, rule_id: UUID) -> KeptRule:
    found = await store.one(tx, rule_id)
    if found is None:
        raise not_found("There is no such rule any more.")
    return found


@router.post("/look")
async def look(by: Member, services: SharedServices, asked: Asked) -> Looked:
    """Before it is saved: nothing is changed."""
    rule, rule_id = asked.content.rule(), asked.rule_id or new_id()
    async with services.database.reading(by.workspace_id) as tx:
        known, there = await store.known(tx), await store.rules(tx)
        problems = problems_shown(rule, known)
        at_once = None
        if by.may(Right.MANAGE_RULES) and rule.trigger in TIMED and not problems:
            would = KeptRule(rule_id=rule_id, rule=replace(rule, enabled=True), version=0)
            at_once = await how_many_now(tx, would, by.channels, now())
    found = [] if problems else conflicts(with_rule(there, rule_id, rule))
    return Looked(
        problems=problems,
        conflicts=[
            ConflictFound(conflict=conflict_shown(each), is_its_own=each.rule_id == rule_id)
            for each in found
            if rule_id in (each.rule_id, each.other_id)
        ],
        text=to_yaml([rule], known),
        at_once=at_once,
    )


@router.get("/text")
async def text(by: Member, services: SharedServices) -> Text:
    """All rules that can be read, as they are kept in a file."""
    async with services.database.reading(by.workspace_id) as tx:
        there = await store.rules(tx)
        return Text(
            text=to_yaml([each.rule for each in there if each.is_readable], await store.known(tx)),
        )


@router.post("/read")
async def read(by: Member, services: SharedServices, asked: Text) -> Read:
    """What a text says; nothing is changed. 422 on ``text`` names the line that is wrong."""
    return Read(items=[content_of(each) for each in await _read(by, services, asked.text)])


@router.post("/import", status_code=201)
async def take_in(by: Member, services: SharedServices, asked: Text) -> Made:
    """All rules of a text, after those that there are; none where one of them is wrong."""
    found = await _read(by, services, asked.text)
    return Made(ids=await actions.create(services.database, by, found))


async def _read(by: Member, services: SharedServices, written: str) -> list[Rule]:
    async with services.database.reading(by.workspace_id) as tx:
        known = await store.known(tx)
    return await asyncio.to_thread(from_yaml, written, known)


@router.post("/order", status_code=204)
async def put_in_order(by: Member, services: SharedServices, asked: Order) -> None:
    """All of them, each once; 409 where somebody made or removed one meanwhile."""
    await actions.put_in_order(services.database, by, asked.ids)


@router.post("/{rule_id}", status_code=204)
async def change(by: Member, services: SharedServices, rule_id: UUID, asked: RuleChanged) -> None:
    """409 where somebody changed it since ``version``."""
    await actions.change(services.database, by, rule_id, asked.version, asked.rule())


@router.post("/{rule_id}/switch", status_code=204)
async def switch(by: Member, services: SharedServices, rule_id: UUID, asked: Switch) -> None:
    """On or off; one that had parked itself is at work again when it is switched on."""
    await actions.switch(services.database, by, rule_id, enabled=asked.enabled)


@router.post("/{rule_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, rule_id: UUID) -> None:
    await actions.remove(services.database, by, rule_id)


@router.get("/{rule_id}/deeds")
async def deeds(
    by: Member,
    services: SharedServices,
    rule_id: UUID,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Deeds:
    """When it did what, the newest first."""
    async with services.database.reading(by.workspace_id) as tx:
        await _there(tx, rule_id)
        found = await runs.acted(tx, rule_id, by.channels, cursor, limit + 1)
    items = [
        DeedShown(id=row[0], at=row[1], does=row[2], conversation_id=row[3], name=row[4], is_reverted=row[5])
        for row in found[:limit]
    ]
    return Deeds(items=items, next_cursor=items[-1].id if len(found) > limit else None)


@router.get("/{rule_id}/versions")
async def versions(by: Member, services: SharedServices, rule_id: UUID) -> Versions:
    """The newest 50, the newest first."""
    async with services.database.reading(by.workspace_id) as tx:
        await _there(tx, rule_id)
        known = await store.known(tx)
        found = await store.versions(tx, rule_id)
    return Versions(items=[version_shown(each, to_yaml([each.rule], known)) for each in found])


@router.post("/{rule_id}/restore", status_code=204)
async def restore(by: Member, services: SharedServices, rule_id: UUID, asked: Restore) -> None:
    """As it was then, as a new version."""
    await actions.restore(services.database, by, rule_id, asked.version)
