"""What was said before an app was connected: it stands in the history, and nobody is told of it."""

from collections.abc import Iterator
from random import Random

from msgspec.structs import replace

from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.desk import NewCustomer
from dragoman.simulator.messenger.model import Message, Thread
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.people.script import read_scripts

HOUR = 3_600_000  # milliseconds
SPAN_HOURS = 60 * 24.0
ANSWER = "Yes, gladly \U0001f642"


def remember_past(office: Office, thread: Thread, texts: list[str], hours_ago: float) -> list[str]:
    """By turns theirs and ours, a minute apart, the customer first."""
    if not texts:
        raise NotPossibleError("Nothing was said.")
    began = office.network.clock.milliseconds() - int(hours_ago * HOUR)
    messages = [
        Message(
            mid=office.network.new_mid(),
            page_id=thread.page_id,
            psid=thread.psid,
            timestamp=began + 60_000 * nth,
            is_from_page=nth % 2 == 1,
            content={"text": text},
        )
        for nth, text in enumerate(texts)
    ]
    for message in messages:
        office.network.keep_message(message)
    office.network.put_in_order(thread)
    _open_window(office, thread, max(one.timestamp for one in messages if not one.is_from_page))
    return [message.mid for message in messages]


def _open_window(office: Office, thread: Thread, at: int) -> None:
    current = office.network.threads[thread.page_id, thread.psid]
    if current.customer_wrote_at is None or current.customer_wrote_at < at:
        office.network.keep_thread(replace(current, window_opened_at=at, customer_wrote_at=at))


def strangers_of_old(chance: Random, count: int) -> Iterator[tuple[NewCustomer, list[str], float]]:
    """So many people of many languages, what was said with each, and how many hours ago: two of three got an answer."""
    scripts = read_scripts()
    for nth in range(count):
        script = scripts[nth % len(scripts)]
        first, last = chance.choice(script.people)
        asked = " ".join(chance.choice(script.questions))
        texts = [asked, ANSWER] if nth % 3 else [asked]
        yield (
            NewCustomer(first, last or None, language=script.locale),
            texts,
            1 + SPAN_HOURS * (nth / count) ** 2,
        )
