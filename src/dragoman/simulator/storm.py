"""A storm: very many webhooks of the mix that a busy day brings, made from real state by customers of its own."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from dragoman.simulator.acts import (
    Act,
    Edit,
    MediaKind,
    NotPossibleError,
    React,
    Read,
    SendLocation,
    SendMedia,
    Write,
)
from dragoman.simulator.clock import Clock
from dragoman.simulator.desk import Desk, NewCustomer
from dragoman.simulator.faults import Fault, Faults, Trouble
from dragoman.simulator.people.script import Script, read_scripts

LOOK_SECONDS = 0.05
BREATH_EVERY = 20  # steps between two moments for everybody else in this process
MEDIA: tuple[MediaKind, ...] = ("photo", "photo", "photo", "sticker", "voice", "document", "video")
REMEMBERED = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """`count` webhooks; `rate` a second (0: as fast as they can be made); shares from 0 to 1 of the webhooks.

    `hours` spreads the platform's times over the hours before now, so that many turns come of one storm.
    """

    account: str
    count: int
    customers: int = 50
    seed: int = 1
    rate: float = 0.0
    duplicates: float = 0.0
    shuffle: float = 0.0
    shuffle_seconds: float = 1.0
    hours: float = 0.0


@dataclass(slots=True)
class Participant:
    customer: str
    script: Script
    own: list[str] = field(default_factory=list)  # texts of theirs, to edit
    answers: list[str] = field(default_factory=list)  # messages of ours, to react to


@dataclass(slots=True)
class Storm:
    plan: Plan
    desk: Desk
    clock: Clock
    faults: Faults
    chance: Random
    made: int = 0
    is_over: bool = False

    async def rage(self) -> None:
        """Makes the webhooks, then waits until each is acknowledged; its troubles end with it."""
        troubles = [self.faults.add(fault) for fault in self._troubles()]
        try:
            await self._make()
            while self.desk.courier.under_way(self.plan.account):  # noqa: ASYNC110 - counts, no event
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self.clock.set_back_seconds = 0.0
            for number in troubles:
                self.faults.standing.pop(number, None)
            self.is_over = True

    async def _make(self) -> None:
        participants = [self._participant(script) for script in self._scripts()]
        start, began = self.desk.events_made(), asyncio.get_running_loop().time()
        steps = 0
        while self.made < self.plan.count:
            share_left = 1 - self.made / self.plan.count
            self.clock.set_back_seconds = self.plan.hours * 3600 * share_left
            self._step(self.chance.choice(participants))
            self.made = self.desk.events_made() - start
            steps += 1
            await self._keep_pace(began, steps)

    async def _keep_pace(self, began: float, steps: int) -> None:
        if self.plan.rate:
            ahead = began + self.made / self.plan.rate - asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, ahead))
        elif steps % BREATH_EVERY == 0:
            await asyncio.sleep(0)

    def _scripts(self) -> list[Script]:
        scripts = read_scripts()
        return [scripts[number % len(scripts)] for number in range(self.plan.customers)]

    def _participant(self, script: Script) -> Participant:
        first, last = self.chance.choice(script.people)
        language = script.language if self.desk.platform == "telegram" else script.locale
        person = NewCustomer(f"{first} {self.chance.randrange(100, 999)}", last, None, language)
        return Participant(self.desk.add_customer(person), script)

    def _step(self, who: Participant) -> None:
        """One thing that one customer does; most of all they write in bursts."""
        drawn = self.chance.random()
        try:
            if drawn < 0.60:
                self._burst(who)
            elif drawn < 0.76:
                self._do(who, SendMedia(kind=self.chance.choice(MEDIA)))
            elif drawn < 0.79:
                self._do(who, SendLocation())
            elif drawn < 0.87 and who.own:
                self._do(who, Edit(message=self.chance.choice(who.own), text=self._text(who)))
            elif drawn < 0.93:
                self._answered(who)
            elif drawn < 0.97 and who.answers:
                self._do(who, React(message=self.chance.choice(who.answers), emoji="👍"))
            else:
                self._do(who, Read())
        except NotPossibleError:
            return  # a sixth edit, a receipt on a platform that has none: another step follows

    def _burst(self, who: Participant) -> None:
        for text in self.chance.choice(who.script.bursts):
            who.own = (who.own + self._do(who, Write(f"{text} {self.chance.randrange(10_000)}")))[
                -REMEMBERED:
            ]

    def _answered(self, who: Participant) -> None:
        """Somebody answers outside our product, where the platform tells us of it."""
        answer = self.desk.answer_elsewhere(self.plan.account, who.customer, self._text(who))
        who.answers = [*who.answers, answer][-REMEMBERED:]

    def _do(self, who: Participant, act: Act) -> list[str]:
        return self.desk.act(self.plan.account, who.customer, act)

    def _text(self, who: Participant) -> str:
        return f"{self.chance.choice(who.script.thanks)} {self.chance.randrange(10_000)}"

    def _troubles(self) -> list[Fault]:
        wanted = {Trouble.DUPLICATE: self.plan.duplicates, Trouble.SHUFFLE: self.plan.shuffle}
        seconds, account = self.plan.shuffle_seconds, self.plan.account
        return [
            Fault(kind, "webhook", account=account, probability=share, seconds=seconds)
            for kind, share in wanted.items()
            if share > 0
        ]
