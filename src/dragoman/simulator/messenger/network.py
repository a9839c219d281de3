"""All that this network knows, and the only place that changes it. Every change is kept at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

import msgspec

from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.clock import Clock
from dragoman.simulator.files import Files
from dragoman.simulator.kept import Kept
from dragoman.simulator.messenger.model import (
    App,
    Event,
    Json,
    Message,
    Page,
    Person,
    SavedAttachment,
    Thread,
    Token,
)
from dragoman.simulator.messenger.ways import Ways

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
Record = TypeVar("Record", bound=msgspec.Struct)


@dataclass(slots=True)
class MessengerNetwork:
    clock: Clock
    chance: Random
    kept: Kept
    files: Files
    ways: Ways
    apps: dict[str, App] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    threads: dict[tuple[str, str], Thread] = field(default_factory=dict)  # page, PSID
    psids: dict[tuple[str, str], str] = field(default_factory=dict)  # page, person → PSID
    messages: dict[tuple[str, str], dict[str, Message]] = field(default_factory=dict)  # page, PSID → mid
    events: dict[str, Event] = field(default_factory=dict)
    attachments: dict[str, SavedAttachment] = field(default_factory=dict)

    def remember(self) -> None:
        """Read back what an earlier process of this simulator kept."""
        self.apps = {app.id: app for app in self._read("app", App)}
        self.pages = {page.id: page for page in self._read("page", Page)}
        self.tokens = {token.token: token for token in self._read("token", Token)}
        self.people = {person.id: person for person in self._read("person", Person)}
        for thread in self._read("thread", Thread):
            self._file_thread(thread)
        for message in sorted(self._read("message", Message), key=lambda one: one.timestamp):
            self.messages.setdefault((message.page_id, message.psid), {})[message.mid] = message
        for event in sorted(self._read("event", Event), key=lambda one: one.at):
            self.events[event.id] = event
        self.attachments = {one.id: one for one in self._read("attachment", SavedAttachment)}

    def keep_app(self, app: App) -> App:
        self.apps[app.id] = app
        self._put("app", app.id, app)
        return app

    def keep_page(self, page: Page) -> Page:
        self.pages[page.id] = page
        self._put("page", page.id, page)
        return page

    def keep_token(self, token: Token) -> Token:
        self.tokens[token.token] = token
        self._put("token", token.token, token)
        return token

    def keep_person(self, person: Person) -> Person:
        self.people[person.id] = person
        self._put("person", person.id, person)
        return person

    def keep_thread(self, thread: Thread) -> Thread:
        self._file_thread(thread)
        self._put("thread", f"{thread.page_id}/{thread.psid}", thread)
        return thread

    def keep_message(self, message: Message) -> Message:
        self.messages.setdefault((message.page_id, message.psid), {})[message.mid] = message
        self._put("message", message.mid, message)
        return message

    def keep_event(self, event: Event) -> Event:
        self.events[event.id] = event
        self._put("event", event.id, event)
        return event

    def drop_event(self, event_id: str) -> None:
        if self.events.pop(event_id, None):
            self.kept.drop(f"{self.ways.platform}_event", event_id)

    def keep_attachment(self, attachment: SavedAttachment) -> SavedAttachment:
        self.attachments[attachment.id] = attachment
        self._put("attachment", attachment.id, attachment)
        return attachment

    def thread_with(self, page_id: str, person_id: str) -> Thread:
        """The thread of these two, begun now if there was none. The person is a new PSID to each page."""
        if page_id not in self.pages:
            raise NotPossibleError(f"There is no page {page_id}.")
        if person_id not in self.people:
            raise NotPossibleError(f"There is no {self.ways.name} customer {person_id}.")
        psid = self.psids.get((page_id, person_id))
        if psid:
            return self.threads[page_id, psid]
        return self.keep_thread(
            Thread(id=f"t_{self.digits(16)}", page_id=page_id, psid=self.digits(17), person_id=person_id)
        )

    def thread(self, page_id: str, psid: str) -> Thread | None:
        return self.threads.get((page_id, psid))

    def messages_of(self, thread: Thread) -> list[Message]:
        """The oldest first."""
        return list(self.messages.get((thread.page_id, thread.psid), {}).values())

    def newest(self, thread: Thread) -> Message | None:
        messages = self.messages.get((thread.page_id, thread.psid), {})
        return next(reversed(messages.values()), None)

    def add_message(
        self, thread: Thread, content: Json, *, is_from_page: bool, **sent: str | None
    ) -> Message:
        """A new message at the end of the thread; times within a thread never repeat."""
        newest = self.newest(thread)
        timestamp = max(self.clock.milliseconds(), newest.timestamp + 1 if newest else 0)
        message = Message(
            mid=self.new_mid(),
            page_id=thread.page_id,
            psid=thread.psid,
            timestamp=timestamp,
            is_from_page=is_from_page,
            content=content,
            app_id=sent.get("app_id"),
            metadata=sent.get("metadata"),
        )
        return self.keep_message(message)

    def put_in_order(self, thread: Thread) -> None:
        """By the time at which it was said, for what was remembered later."""
        messages = sorted(self.messages_of(thread), key=lambda one: one.timestamp)
        self.messages[thread.page_id, thread.psid] = {one.mid: one for one in messages}

    def new_mid(self) -> str:
        return self.ways.mid_prefix + self.letters(86)

    def letters(self, count: int) -> str:
        return "".join(self.chance.choices(ALPHABET, k=count))

    def digits(self, count: int) -> str:
        return str(self.chance.randrange(10 ** (count - 1), 10**count))

    def _file_thread(self, thread: Thread) -> None:
        self.threads[thread.page_id, thread.psid] = thread
        self.psids[thread.page_id, thread.person_id] = thread.psid

    def _read(self, table: str, kind: type[Record]) -> Iterator[Record]:
        return (record for _, record in self.kept.read(f"{self.ways.platform}_{table}", kind))

    def _put(self, table: str, key: str, record: msgspec.Struct) -> None:
        self.kept.put(f"{self.ways.platform}_{table}", key, record)
