"""Before anybody writes: is the token good, may it do enough, can we be reached, does the platform deliver? And then: a
message there and back. Each answer is kept as soon as it is known, so that every browser sees how far it has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import httpx2
import msgspec

from dragoman.access.model import Membership, Right
from dragoman.channels.contract import AccountInfo
from dragoman.channels.errors import AwaitsPlatform, LeftToTheAdmin
from dragoman.connecting import actions as connecting
from dragoman.connecting import store as connections
from dragoman.connecting.keeping import Kept, keep
from dragoman.inbound.door import WRONG_SIGNATURE
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused
from dragoman.kit.http import outward
from dragoman.services import Services
from dragoman.setups import store
from dragoman.setups.actions import Guided, changed, guided
from dragoman.setups.model import Check, Name, Outcome, Setup, State, next_look, state_after, with_check
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

LOOK = "look_at_setup"
OUTSIDE_SECONDS = 10.0
SOON_ENDS = timedelta(days=14)


async def check_all(services: Services, by: Membership, setup_id: UUID) -> None:
    """Everything up to the delivery, one after the other; ends at the first that is not well. Raises Refused where
    something is missing."""
    by.needs(Right.MANAGE_CHANNELS)
    there = await guided(services, by.workspace_id, setup_id)
    connecting.refuse_missing(there.fields, there.written)
    await _check(services, by.workspace_id, there)


async def _check(services: Services, workspace_id: UUID, there: Guided) -> None:
    check = Checking(services, workspace_id, there)
    for name, tried in (
        (Name.CREDENTIALS, check.credentials),
        (Name.RIGHTS, check.rights),
        (Name.ADDRESS, check.address),
        (Name.DELIVERY, check.delivery),
    ):
        found = await _outcome(name, tried)
        if not await _note(services, workspace_id, there, found) or found.outcome is not Outcome.OK:
            return


async def _outcome(name: Name, tried: Callable[[], Awaitable[str | None]]) -> Check:
    try:
        return Check(name=name, outcome=Outcome.OK, at=now(), sentence=await tried())
    except AwaitsPlatform as waits:
        return Check(name=name, outcome=Outcome.PENDING, at=now(), sentence=waits.reason)
    except LeftToTheAdmin as left:
        return Check(name=name, outcome=Outcome.FAILED, at=now(), sentence=left.reason)
    except Refused as refused:
        return Check(name=name, outcome=Outcome.FAILED, at=now(), sentence=refused.message)


class Checking:
    """Each returns what is worth knowing, or None, and raises what is wrong."""

    def __init__(self, services: Services, workspace_id: UUID, there: Guided) -> None:
        self._services = services
        self._workspace_id = workspace_id
        self._there = there
        self._accounts: tuple[AccountInfo, ...] = ()

    async def credentials(self) -> str | None:
        there = self._there
        self._accounts = await connecting.accounts_of(there.channel, there.credentials)
        return None

    async def rights(self) -> str | None:
        client = self._there.channel.client(self._there.credentials)
        try:
            rights = await connecting.asked_of(client.rights())
        finally:
            await client.aclose()
        if rights.missing:
            missing = ", ".join(rights.missing)
            raise Refused("platform_refused", f"The token lacks {missing}: make a new one that has it.", 422)
        if rights.expires_at is not None and rights.expires_at < now() + SOON_ENDS:
            return f"The token ends on {rights.expires_at:%Y-%m-%d}: make a new one before."
        return None

    async def address(self) -> str | None:
        there = self._there
        made = there.connection
        if connecting.delivery_of(self._services, there.manifest, None, made.simulated) == "polling":
            return "It is asked for news and needs no address."
        answer = await _asked_by_a_stranger(connecting.hook_address(self._services, self._workspace_id, made))
        if answer is None:
            raise Refused(
                "unreachable",
                "Our webhook address cannot be reached: see that PUBLIC_URL leads here, through every proxy.",
                422,
            )
        if (answer.status_code, answer.content) != (WRONG_SIGNATURE.status, WRONG_SIGNATURE.body):
            raise Refused(
                "unreachable",
                "Something else answers at our webhook address: see that PUBLIC_URL leads to this installation.",
                422,
            )
        return None

    async def delivery(self) -> str | None:
        there, services, workspace_id = self._there, self._services, self._workspace_id
        simulated = there.connection.simulated
        delivery = connecting.delivery_of(services, there.manifest, None, simulated)
        prepared = msgspec.structs.replace(there.connection, delivery=delivery)
        kept = await keep(
            services,
            workspace_id,
            there.manifest,
            there.credentials,
            self._accounts,
            delivery,
            simulated,
            prepared=prepared,
        )
        try:
            await connecting.have_it_delivered(services, workspace_id, there.channel, kept)
        except Refused as refused:
            await connecting.not_delivered(services, workspace_id, kept, refused.message, is_prepared=True)
            raise
        except LeftToTheAdmin as left:
            await connecting.wait_for_the_admin(services, workspace_id, kept, left.reason)
            raise
        await connecting.go_live(services, workspace_id, kept)
        await _give_over(services, workspace_id, there, kept)
        return None


async def _asked_by_a_stranger(address: str) -> httpx2.Response | None:
    """As a platform would come: unsigned, which our own door refuses in its own words."""
    async with outward(OUTSIDE_SECONDS) as http:
        try:
            return await http.post(address)
        except httpx2.HTTPError:
            return None


async def _give_over(services: Services, workspace_id: UUID, there: Guided, kept: Kept) -> None:
    """The accounts were connected already: their own connection goes on with these credentials, ours is not needed."""
    if kept.connection.connection_id == there.connection.connection_id:
        return
    async with services.database.transaction(workspace_id) as tx:
        await store.remove(tx, there.connection.connection_id)
        await connections.remove_connection(tx, there.connection.connection_id, now())
        changed(tx, there.connection.connection_id)


async def _note(services: Services, workspace_id: UUID, there: Guided, found: Check) -> bool:
    """Keep what was found. False: the set-up is over, or somebody else is at it."""
    async with services.database.transaction(workspace_id) as tx:
        before = await store.setup(tx, there.setup.connection_id, lock=True)
        if before is None:
            return False
        checks = with_check(before.checks, found)
        after = msgspec.structs.replace(before, checks=checks, state=state_after(checks), step="checks")
        await store.save(tx, after)
        changed(tx, before.connection_id)
        again = next_look(after.state, timedelta(0))
        if again is not None:
            lane = lane_of(before.connection_id, LOOK)
            await jobs.schedule(
                tx, [Job(kind=LOOK, subject=before.connection_id, lane=lane, due_at=now() + again)]
            )
    return True


async def look(services: Services, workspace_id: UUID, setup_id: UUID) -> UUID | None:
    """Has a message come, and was it answered? Returns the conversation in which it stands."""
    async with services.database.transaction(workspace_id) as tx:
        before = await store.setup(tx, setup_id, lock=True)
        heard = await store.heard(tx, before) if before else None
        if before is None or heard is None:
            return None
        after = _with_what_was_heard(before, is_answered=heard.answered)
        if after.checks != before.checks:
            await store.save(tx, after)
            changed(tx, setup_id)
    return heard.conversation_id


def _with_what_was_heard(before: Setup, *, is_answered: bool) -> Setup:
    """What is known already stays as it was found."""
    if before.state is not State.TESTING:
        return before
    known = {each.name for each in before.checks}
    checks = before.checks
    for name, is_so in ((Name.HEARD, True), (Name.ANSWERED, is_answered)):
        if is_so and name not in known:
            checks = with_check(checks, Check(name=name, outcome=Outcome.OK, at=now()))
    return msgspec.structs.replace(before, checks=checks, state=state_after(checks))


async def look_by_ourselves(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Nobody need keep the guide open: what is waited for is looked for until it is there."""
    async with services.database.transaction(workspace_id) as tx:
        found = await store.setup(tx, job.subject)
    if found is None:
        return None
    if found.state is State.WAITING_FOR_PLATFORM:
        await _check(services, workspace_id, await guided(services, workspace_id, job.subject))
    else:
        await look(services, workspace_id, job.subject)
    async with services.database.transaction(workspace_id) as tx:
        found = await store.setup(tx, job.subject)
    if found is None:
        return None
    waited = now() - (found.checks[-1].at if found.checks else found.begun_at)
    if found.state is State.WAITING_FOR_PLATFORM:
        waited = now() - found.begun_at
    return next_look(found.state, waited)
