"""Settled turns tell which language their author writes: it is kept with the person, and with the turn."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec.structs import replace

from dragoman.db.database import Transaction
from dragoman.language import store
from dragoman.language.changing import Known, settled_language
from dragoman.language.detecting import detect
from dragoman.language.store import Heard, Speech


async def hear(tx: Transaction, turn_ids: Collection[UUID]) -> dict[UUID, str | None]:
    """Find the language of each of these turns, and what is known of their authors by it. Returns the turns'."""
    if not turn_ids:
        return {}
    spoken = await store.spoken(tx)
    heard: list[Heard] = []
    known: dict[UUID, Known] = {}  # by contact: a later turn goes on from an earlier one
    for speech in await store.speeches(tx, turn_ids):
        before = known.get(speech.contact_id, speech.known)
        heard.append(_heard(replace(speech, known=before), spoken))
        known[speech.contact_id] = heard[-1].known
    await store.note(tx, heard)
    return {each.speech.turn_id: each.detected.language for each in heard}


def _heard(speech: Speech, spoken: Collection[str]) -> Heard:
    detected = detect(speech.texts, spoken=spoken, hint=speech.known.language or speech.locale)
    return Heard(speech, detected, settled_language(speech.known, detected, speech.new_words))
