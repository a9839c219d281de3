"""A workspace in which everything that Dragoman does by itself is switched on, with fifty rules."""

from __future__ import annotations

from dataclasses import replace

from dragoman.access.model import Membership, Role
from dragoman.automatic.actions import set_automatic
from dragoman.automatic.model import Automatic, Message, Wording
from dragoman.bench.ground import Ground
from dragoman.bench.inbox import Inbox
from dragoman.bench.mix import WORDS
from dragoman.bench.rules import fifty_rules
from dragoman.db.database import Database
from dragoman.labels import actions as labels
from dragoman.labels.model import Colour
from dragoman.rules import actions as rules
from dragoman.service import actions as service
from dragoman.service.model import ServiceLevel, When
from dragoman.team.people import set_work
from dragoman.team.work import MOST_CAPACITY, Level, Spoken, Work

LABELS = 20
SPOKEN = (("en", "pl"), ("en", "de"), ("ko", "zh"), ("es", "fr", "en"))  # by each member in turn


async def switch_everything_on(ground: Ground, inbox: Inbox) -> None:
    """Members who speak languages, so that turns are routed; service levels; a greeting; and the rules."""
    admin = replace(inbox.colleagues[0].membership, role=Role.OWNER)
    async with Database(ground.dsn) as database:
        await _speak(database, inbox)
        for name, languages in (("Korean", ("ko",)), ("Everybody", ())):
            level = ServiceLevel(
                name=name, when=When(languages=languages), first_reply=30, next_reply=60, warned=10
            )
            await service.create(database, admin, level)
        greeting = Message(is_on=True, texts=(Wording("en", "Hello! We answer within the hour."),))
        await set_automatic(database, admin, Automatic(greeting=greeting))
        await _make_rules(database, admin, inbox)


async def _speak(database: Database, inbox: Inbox) -> None:
    for nth, colleague in enumerate(inbox.colleagues):
        languages = tuple(Spoken(each, Level.NATIVE) for each in SPOKEN[nth % len(SPOKEN)])
        work = Work(languages=languages, capacity=MOST_CAPACITY)
        await set_work(database, colleague.membership, colleague.membership.member_id, work)


async def _make_rules(database: Database, admin: Membership, inbox: Inbox) -> None:
    colours = list(Colour)
    made = [
        await labels.create(database, admin, f"Label {nth}", colours[nth % len(colours)])
        for nth in range(LABELS)
    ]
    channels = [inbox.page.channel_id, inbox.bot.channel_id]
    await rules.create(database, admin, fifty_rules(made, channels, WORDS))
