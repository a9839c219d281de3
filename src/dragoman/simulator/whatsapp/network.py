"""All that this WhatsApp knows, and the only place that changes it. Every change is kept at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

import msgspec

from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.clock import Clock
from dragoman.simulator.files import Files
from dragoman.simulator.kept import Kept
from dragoman.simulator.whatsapp.model import (
    Account,
    App,
    Chat,
    Event,
    Json,
    Message,
    Number,
    Person,
    Template,
    Token,
    Upload,
)

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
Record = TypeVar("Record", bound=msgspec.Struct)
Key = tuple[str, str]  # number, person


@dataclass(slots=True)
class WhatsAppNetwork:
    clock: Clock
    chance: Random
    kept: Kept
    files: Files
    apps: dict[str, App] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    templates: dict[tuple[str, str, str], Template] = field(default_factory=dict)  # account, name, language
    tokens: dict[str, Token] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    chats: dict[Key, Chat] = field(default_factory=dict)
    messages: dict[Key, dict[str, Message]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    last_order: int = 0

    def remember(self) -> None:
        """Read back what an earlier process of this simulator kept."""
        self.apps = {one.id: one for one in self._read("whatsapp_app", App)}
        self.accounts = {one.id: one for one in self._read("whatsapp_account", Account)}
        self.numbers = {one.id: one for one in self._read("whatsapp_number", Number)}
        self.tokens = {one.token: one for one in self._read("whatsapp_token", Token)}
        for template in self._read("whatsapp_template", Template):
            self.templates[template.account_id, template.name, template.language] = template
        self.people = {one.id: one for one in self._read("whatsapp_person", Person)}
        self.chats = {(one.number_id, one.person_id): one for one in self._read("whatsapp_chat", Chat)}
        for message in sorted(self._read("whatsapp_message", Message), key=lambda one: one.order):
            self.messages.setdefault((message.number_id, message.person_id), {})[message.wamid] = message
            self.last_order = message.order
        self.events = {one.id: one for one in sorted(self._read("whatsapp_event", Event), key=lambda e: e.at)}
        self.uploads = {one.id: one for one in self._read("whatsapp_upload", Upload)}

    def keep_app(self, app: App) -> App:
        self.apps[app.id] = app
        self.kept.put("whatsapp_app", app.id, app)
        return app

    def keep_account(self, account: Account) -> Account:
        self.accounts[account.id] = account
        self.kept.put("whatsapp_account", account.id, account)
        return account

    def keep_number(self, number: Number) -> Number:
        self.numbers[number.id] = number
        self.kept.put("whatsapp_number", number.id, number)
        return number

    def keep_token(self, token: Token) -> Token:
        self.tokens[token.token] = token
        self.kept.put("whatsapp_token", token.token, token)
        return token

    def keep_template(self, template: Template) -> Template:
        self.templates[template.account_id, template.name, template.language] = template
        self.kept.put("whatsapp_template", template.id, template)
        return template

    def keep_person(self, person: Person) -> Person:
        self.people[person.id] = person
        self.kept.put("whatsapp_person", person.id, person)
        return person

    def keep_chat(self, chat: Chat) -> Chat:
        self.chats[chat.number_id, chat.person_id] = chat
        self.kept.put("whatsapp_chat", f"{chat.number_id}/{chat.person_id}", chat)
        return chat

    def keep_message(self, message: Message) -> Message:
        self.messages.setdefault((message.number_id, message.person_id), {})[message.wamid] = message
        self.kept.put("whatsapp_message", message.wamid, message)
        return message

    def keep_event(self, event: Event) -> Event:
        self.events[event.id] = event
        self.kept.put("whatsapp_event", event.id, event)
        return event

    def drop_event(self, event_id: str) -> None:
        if self.events.pop(event_id, None):
            self.kept.drop("whatsapp_event", event_id)

    def keep_upload(self, upload: Upload) -> Upload:
        self.uploads[upload.id] = upload
        self.kept.put("whatsapp_upload", upload.id, upload)
        return upload

    def chat_with(self, number_id: str, person_id: str) -> Chat:
        """The chat of these two, begun now if there was none."""
        if number_id not in self.numbers:
            raise NotPossibleError(f"There is no number {number_id}.")
        if person_id not in self.people:
            raise NotPossibleError(f"There is no WhatsApp customer {person_id}.")
        return self.chats.get((number_id, person_id)) or self.keep_chat(Chat(number_id, person_id))

    def person_by(self, address: str) -> Person | None:
        """By phone number, or by the id that businesses see."""
        wanted = address.removeprefix("+")
        return next((p for p in self.people.values() if wanted in (p.phone, p.user_id)), None)

    def messages_of(self, chat: Chat) -> dict[str, Message]:
        """The oldest first."""
        return self.messages.get((chat.number_id, chat.person_id), {})

    def add_message(
        self, chat: Chat, content: Json, *, is_from_us: bool, callback: str | None = None
    ) -> Message:
        self.last_order += 1
        return self.keep_message(
            Message(
                wamid=self.new_wamid(),
                number_id=chat.number_id,
                person_id=chat.person_id,
                at=self.now(),
                order=self.last_order,
                is_from_us=is_from_us,
                content=content,
                callback=callback,
            )
        )

    def now(self) -> int:
        """Epoch seconds, as WhatsApp counts."""
        return int(self.clock.seconds())

    def new_wamid(self) -> str:
        return f"wamid.HBg{self.letters(51)}="

    def letters(self, count: int) -> str:
        return "".join(self.chance.choices(ALPHABET, k=count))

    def digits(self, count: int) -> str:
        return str(self.chance.randrange(10 ** (count - 1), 10**count))

    def _read(self, table: str, kind: type[Record]) -> Iterator[Record]:
        return (record for _, record in self.kept.read(table, kind))
