"""All that this Telegram knows, and the only place that changes it. Every change is kept at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from dragoman.simulator.clock import Clock
from dragoman.simulator.files import Files
from dragoman.simulator.kept import Kept
from dragoman.simulator.telegram.model import Bot, Chat, Connection, Json, Message, Person, StoredFile, Update

FIRST_MESSAGE_ID = 1
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
Record = TypeVar("Record", bound=msgspec.Struct)


@dataclass(slots=True)
class TelegramNetwork:
    clock: Clock
    chance: Random
    kept: Kept
    files: Files
    bots: dict[int, Bot] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[tuple[int, int], Chat] = field(default_factory=dict)
    messages: dict[tuple[int, int], dict[int, Message]] = field(default_factory=dict)
    pending: dict[int, dict[int, Update]] = field(default_factory=dict)  # bot → update_id → not yet confirmed
    stored_files: dict[str, StoredFile] = field(default_factory=dict)
    connections: dict[str, Connection] = field(default_factory=dict)
    photo_sizes: dict[tuple[int, str], list[Json]] = field(default_factory=dict)  # bot, file → drawn once

    def remember(self) -> None:
        """Read back what an earlier process of this simulator kept."""
        self.bots = {bot.id: bot for bot in self._read("telegram_bot", Bot)}
        self.people = {person.id: person for person in self._read("telegram_person", Person)}
        self.chats = {(chat.bot_id, chat.person_id): chat for chat in self._read("telegram_chat", Chat)}
        self.connections = {one.id: one for one in self._read("telegram_connection", Connection)}
        for message in self._read("telegram_message", Message):
            self.messages.setdefault((message.bot_id, message.chat_id), {})[message.message_id] = message
        for update in sorted(self._read("telegram_update", Update), key=lambda update: update.update_id):
            self.pending.setdefault(update.bot_id, {})[update.update_id] = update
        self.stored_files = {file.file_id: file for file in self._read("telegram_file", StoredFile)}

    def new_bot(self, first_name: str, username: str) -> Bot:
        bot_id = self.chance.randrange(5_000_000_000, 8_000_000_000)
        secret = "AA" + "".join(self.chance.choices(ALPHABET, k=33))
        bot = Bot(
            id=bot_id,
            token=f"{bot_id}:{secret}",
            username=username,
            first_name=first_name,
            next_update_id=self.chance.randrange(100_000_000, 900_000_000),
        )
        return self.keep_bot(bot)

    def bot_with_token(self, token: str) -> Bot | None:
        bot_id, _, _ = token.partition(":")
        bot = self.bots.get(int(bot_id)) if bot_id.isascii() and bot_id.isdecimal() else None
        return bot if bot and bot.token == token else None

    def keep_bot(self, bot: Bot) -> Bot:
        self.bots[bot.id] = bot
        self.kept.put("telegram_bot", str(bot.id), bot)
        return bot

    def new_connection_id(self) -> str:
        return "".join(self.chance.choices(ALPHABET, k=24))

    def keep_connection(self, connection: Connection) -> Connection:
        self.connections[connection.id] = connection
        self.kept.put("telegram_connection", connection.id, connection)
        return connection

    def connection_of(self, owner_id: int) -> Connection | None:
        """The owner's one connection that holds at present."""
        mine = (one for one in self.connections.values() if one.owner_id == owner_id and one.is_enabled)
        return next(mine, None)

    def owns_account(self, person_id: int) -> bool:
        """Whether this person ever connected a bot to their account."""
        return any(one.owner_id == person_id for one in self.connections.values())

    def new_person_id(self) -> int:
        return self.chance.randrange(100_000_000, 7_999_999_999)

    def keep_person(self, person: Person) -> Person:
        self.people[person.id] = person
        self.kept.put("telegram_person", str(person.id), person)
        return person

    def chat(self, bot_id: int, person_id: int) -> Chat | None:
        return self.chats.get((bot_id, person_id))

    def keep_chat(self, chat: Chat) -> Chat:
        self.chats[chat.bot_id, chat.person_id] = chat
        self.kept.put("telegram_chat", f"{chat.bot_id}/{chat.person_id}", chat)
        return chat

    def message(self, bot_id: int, chat_id: int, message_id: int) -> Message | None:
        return self.messages.get((bot_id, chat_id), {}).get(message_id)

    def add_message(
        self, chat: Chat, content: Json, *, is_from_bot: bool, for_owner_by: int | None = None
    ) -> Message:
        """A new message at the end of the chat, with the chat's next number."""
        current = self.chats[chat.bot_id, chat.person_id]
        self.keep_chat(replace(current, next_message_id=current.next_message_id + 1))
        return self.keep_message(
            Message(
                bot_id=chat.bot_id,
                chat_id=chat.person_id,
                message_id=current.next_message_id,
                date=int(self.clock.seconds()),
                is_from_bot=is_from_bot,
                content=content,
                for_owner_by=for_owner_by,
            )
        )

    def keep_message(self, message: Message) -> Message:
        self.messages.setdefault((message.bot_id, message.chat_id), {})[message.message_id] = message
        self.kept.put("telegram_message", f"{message.bot_id}/{message.chat_id}/{message.message_id}", message)
        return message

    def add_update(self, bot_id: int, chat_id: int, kind: str, body: Json) -> Update | None:
        """A new update in the bot's queue; None if the bot did not ask for this kind."""
        bot = self.bots[bot_id]
        if not bot.wants(kind):
            return None
        self.keep_bot(replace(bot, next_update_id=bot.next_update_id + 1))
        update = Update(bot_id, bot.next_update_id, chat_id, kind, body)
        self.pending.setdefault(bot_id, {})[update.update_id] = update
        self.kept.put("telegram_update", _update_key(update), update)
        return update

    def confirm(self, update: Update) -> None:
        """It has been taken over by the bot and is not offered again."""
        if self.pending.get(update.bot_id, {}).pop(update.update_id, None):
            self.kept.drop("telegram_update", _update_key(update))

    def pending_of(self, bot_id: int) -> list[Update]:
        return list(self.pending.get(bot_id, {}).values())

    def keep_file(self, file: StoredFile) -> StoredFile:
        self.stored_files[file.file_id] = file
        self.kept.put("telegram_file", file.file_id, file)
        return file

    def _read(self, table: str, kind: type[Record]) -> Iterator[Record]:
        return (record for _, record in self.kept.read(table, kind))


def _update_key(update: Update) -> str:
    return f"{update.bot_id}/{update.update_id}"
