"""The random customers: each lives a small life of asking, waiting, reading, thanking, and asking again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from dragoman.simulator.acts import Act, Edit, NotPossibleError, React, Read, Write
from dragoman.simulator.desk import Answer, Desk, NewCustomer
from dragoman.simulator.media.pictures import portrait
from dragoman.simulator.people.choosing import (
    NUDGE_SHARE,
    REACTIONS,
    SLIP_SHARE,
    AfterAnswer,
    Pace,
    after_answer,
    opening,
    seconds,
    written,
)
from dragoman.simulator.people.script import Script, read_scripts

LOOK_FOR_ACCOUNT_SECONDS = 0.5


async def live_for_ever(desks: Mapping[str, Desk], count: int, pace: Pace, seed: int) -> None:
    """So many customers, in twelve languages, until cancelled. They begin once somebody listens."""
    scripts = read_scripts()
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            chance = Random(f"{seed}/{number}")  # noqa: S311 - chance in a play
            script = scripts[number % len(scripts)]
            names = script.people[number // len(scripts) % len(script.people)]
            group.create_task(_begin(desks, number, script, names, pace, chance))


async def _begin(
    desks: Mapping[str, Desk], number: int, script: Script, names: tuple[str, str], pace: Pace, chance: Random
) -> None:
    desk, account = await _somebody_who_listens(desks, number)
    customer = _met_before(desk, names) or desk.add_customer(_introduced(desk, script, names, chance))
    await asyncio.sleep(seconds(pace.before_first, chance))
    await Life(desk, account, customer, script, pace, chance).live()


async def _somebody_who_listens(desks: Mapping[str, Desk], number: int) -> tuple[Desk, str]:
    """Every other customer is on the other platform, where both have somebody to write to."""
    while True:
        found = [
            (desk, account.id)
            for desk in desks.values()
            for account in desk.accounts()
            if desk.is_listened_to(account.id)
        ]
        if found:
            return found[number % len(found)]
        await asyncio.sleep(LOOK_FOR_ACCOUNT_SECONDS)


def _met_before(desk: Desk, names: tuple[str, str]) -> str | None:
    full_name = " ".join(names)
    return next((customer.id for customer in desk.customers() if customer.name == full_name), None)


def _introduced(desk: Desk, script: Script, names: tuple[str, str], chance: Random) -> NewCustomer:
    language = script.language if desk.platform == "telegram" else script.locale
    return NewCustomer(*names, None, language, portrait(chance))


@dataclass(slots=True)
class Life:
    desk: Desk
    account: str
    customer: str
    script: Script
    pace: Pace
    chance: Random

    async def live(self) -> None:
        while True:
            await self._type(opening(self.script, self.chance))
            await self._converse()
            await asyncio.sleep(seconds(self.pace.between_topics, self.chance))

    async def _converse(self) -> None:
        """As long as answers come and there is something left to say."""
        while answer := await self._answer():
            await asyncio.sleep(seconds(self.pace.reading, self.chance))
            self._do(Read())
            match after_answer(self.chance):
                case AfterAnswer.THANK:
                    return await self._type([Write(self.chance.choice(self.script.thanks))])
                case AfterAnswer.REACT:
                    self._do(React(message=answer.id, emoji=self.chance.choice(REACTIONS)))
                    return None
                case AfterAnswer.SAY_NOTHING:
                    return None
                case AfterAnswer.ASK_ON:
                    await self._type(written(self.chance.choice(self.script.questions)))
        if self.chance.random() < NUDGE_SHARE:
            await self._type([Write(self.chance.choice(self.script.nudges))])
        return None

    async def _type(self, acts: list[Act]) -> None:
        for act in acts:
            await asyncio.sleep(seconds(self.pace.typing, self.chance))
            self._do(act)
        if self.chance.random() < SLIP_SHARE:
            await self._slip()

    async def _slip(self) -> None:
        """A mistyped fragment, corrected a moment later."""
        wrong, right = self.chance.choice(self.script.slips)
        await asyncio.sleep(seconds(self.pace.typing, self.chance))
        for message in self._do(Write(wrong)):
            await asyncio.sleep(seconds(self.pace.typing, self.chance))
            self._do(Edit(message=message, text=right))

    async def _answer(self) -> Answer | None:
        """The next answer that comes, or None when patience ends."""
        before = self.desk.last_answer(self.account, self.customer)
        looks = int(seconds(self.pace.patience, self.chance) / self.pace.look_every)
        for _ in range(looks):
            await asyncio.sleep(self.pace.look_every)
            answer = self.desk.last_answer(self.account, self.customer)
            if answer and (before is None or answer.id != before.id):
                return answer
        return None

    def _do(self, act: Act) -> list[str]:
        """What the app does not allow just now is let be: a blocked bot, a platform without receipts."""
        try:
            return self.desk.act(self.account, self.customer, act)
        except NotPossibleError:
            return []
