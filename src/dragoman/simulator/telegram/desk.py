"""Telegram, as the control API and the random customers use it."""

from msgspec.structs import replace

from dragoman.simulator.acts import Act, NotPossibleError, Write
from dragoman.simulator.courier import Courier
from dragoman.simulator.desk import Answer, Contact, NewCustomer
from dragoman.simulator.phone import Phone
from dragoman.simulator.telegram import accounts, customers, owners, phones
from dragoman.simulator.telegram.call import Office
from dragoman.simulator.telegram.model import Bot, Person, Webhook
from dragoman.simulator.telegram.subscribing import send_pending


class TelegramDesk:
    platform = "telegram"

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def courier(self) -> Courier:
        return self._office.courier

    def new_bot(self, name: str, username: str | None) -> Bot:
        chosen = username or f"espresso_{self._office.network.chance.randrange(1000, 9999)}_bot"
        return self._office.network.new_bot(name, chosen)

    def set_webhook(self, account: str, url: str, secret: str | None) -> None:
        """As if the bot had called setWebhook, its wishes for kinds of updates left as they are."""
        bot = self._office.network.bots[self._known(account, self._office.network.bots)]
        kept = self._office.network.keep_bot(replace(bot, webhook=Webhook(url, secret, 40)))
        send_pending(self._office, kept)

    def accounts(self) -> list[Contact]:
        return [Contact(str(bot.id), bot.first_name) for bot in self._office.network.bots.values()]

    def is_listened_to(self, account: str) -> bool:
        bot_id = self._known(account, self._office.network.bots)
        return self._office.network.bots[bot_id].webhook is not None or bot_id in self._office.polls

    def customers(self) -> list[Contact]:
        return [
            Contact(str(person.id), _full_name(person)) for person in self._office.network.people.values()
        ]

    def add_customer(self, wanted: NewCustomer) -> str:
        network = self._office.network
        person = Person(
            id=network.new_person_id(),
            first_name=wanted.first_name,
            last_name=wanted.last_name,
            username=wanted.username,
            language_code=wanted.language,
            photo=network.files.put(wanted.portrait) if wanted.portrait else None,
        )
        return str(network.keep_person(person).id)

    def act(self, account: str, customer: str, act: Act) -> list[str]:
        bot_id, person_id = self._pair(account, customer)
        return customers.perform(self._office, bot_id, person_id, act)

    def last_answer(self, account: str, customer: str) -> Answer | None:
        messages = self._office.network.messages.get(self._pair(account, customer), {})
        for message in reversed(messages.values()):
            if message.is_from_bot and not message.is_deleted:
                return Answer(str(message.message_id), message.text)
        return None

    def answer_elsewhere(self, account: str, customer: str, text: str) -> str:
        if account in {str(bot_id) for bot_id in self._office.network.bots}:
            raise NotPossibleError("A bot is not told what others say in its name.")
        return self.owner_acts(account, customer, Write(text))[0]

    def connect_account(self, owner: str, bot: str, *, can_reply: bool) -> str:
        """The owner connects their account to this bot, or changes what it may do; the connection's id."""
        network = self._office.network
        ids = self._known(owner, network.people), self._known(bot, network.bots)
        return accounts.connect(self._office, *ids, can_reply=can_reply).id

    def disconnect_account(self, owner: str) -> None:
        accounts.disconnect(self._office, self._known(owner, self._office.network.people))

    def owner_acts(self, owner: str, customer: str, act: Act) -> list[str]:
        return owners.perform(self._office, *self._pair(owner, customer), act)

    def events_made(self) -> int:
        return self._office.events_made

    def phone(self, account: str, customer: str) -> Phone:
        return phones.phone(self._office, *self._pair(account, customer))

    def set_limits(self, *, enabled: bool) -> None:
        self._office.limits.enabled = enabled

    def _pair(self, account: str, customer: str) -> tuple[int, int]:
        network = self._office.network
        if account.isdecimal() and network.owns_account(int(account)):
            return int(account), self._known(customer, network.people)
        return self._known(account, network.bots), self._known(customer, network.people)

    def _known(self, text: str, ones: dict[int, Bot] | dict[int, Person]) -> int:
        number = int(text) if text.isdecimal() else 0
        if number not in ones:
            raise NotPossibleError(f"Telegram knows nobody with the id {text}.")
        return number


def _full_name(person: Person) -> str:
    return f"{person.first_name} {person.last_name}" if person.last_name else person.first_name
