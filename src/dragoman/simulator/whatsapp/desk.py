"""WhatsApp, as the control API and the random customers use it."""

from msgspec.structs import replace

from dragoman.simulator.acts import Act, NotPossibleError
from dragoman.simulator.control.orders import Judged
from dragoman.simulator.courier import Courier
from dragoman.simulator.desk import Answer, Contact, NewCustomer
from dragoman.simulator.phone import Phone
from dragoman.simulator.whatsapp import customers, phones
from dragoman.simulator.whatsapp.events import tell_of_template
from dragoman.simulator.whatsapp.model import Account, App, Chat, Number, Person, Template, Token
from dragoman.simulator.whatsapp.office import Office
from dragoman.simulator.whatsapp.past import hand_over_past
from dragoman.simulator.whatsapp.templates import give_starters

# Country and the beginning of its numbers, by the language that a customer writes or the place they are in.
COUNTRIES = {
    "en_NO": ("NO", "47"), "zh_TW": ("TW", "886"), "ko_KR": ("KR", "82"), "ja_JP": ("JP", "81"),
    "de_DE": ("DE", "49"), "pl_PL": ("PL", "48"), "fr_FR": ("FR", "33"), "es_ES": ("ES", "34"),
    "uk_UA": ("UA", "380"), "he_IL": ("IL", "972"), "th_TH": ("TH", "66"), "ar_AR": ("AE", "971"),
}  # fmt: skip


class WhatsAppDesk:
    platform = "whatsapp"

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def courier(self) -> Courier:
        return self._office.courier

    def new_app(self, name: str) -> App:
        network = self._office.network
        secret = "".join(network.chance.choices("0123456789abcdef", k=32))
        return network.keep_app(App(network.digits(16), secret, name))

    def new_account(self, name: str) -> Account:
        network = self._office.network
        account = network.keep_account(Account(network.digits(15), name))
        give_starters(network, account)
        return account

    def new_number(self, account_id: str, name: str, *, in_app: bool) -> Number:
        network = self._office.network
        if account_id not in network.accounts:
            raise NotPossibleError(f"There is no account {account_id}.")
        display = f"+1 555 {network.digits(3)} {network.digits(4)}"
        return network.keep_number(Number(network.digits(15), account_id, display, name, in_app))

    def token_of(self, app_id: str, account_id: str) -> str:
        """The token of the system user by which an app speaks for an account."""
        network = self._office.network
        self.app(app_id)
        for token in network.tokens.values():
            if (token.app_id, token.account_id) == (app_id, account_id) and token.revoked_subcode is None:
                return token.token
        return network.keep_token(Token(f"EAA{network.letters(60)}", app_id, account_id)).token

    def revoke(self, token: str, subcode: int | None) -> None:
        """From now on this token is answered with error 190; None makes it good again."""
        known = self._office.network.tokens.get(token)
        if known is None:
            raise NotPossibleError("There is no such token.")
        self._office.network.keep_token(replace(known, revoked_subcode=subcode))

    def lack(self, token: str, permissions: list[str]) -> None:
        """From now on it has all permissions but these."""
        known = self._office.network.tokens.get(token)
        if known is None:
            raise NotPossibleError("There is no such token.")
        self._office.network.keep_token(replace(known, lacks=permissions))

    def review(self, account_id: str, status: str) -> None:
        """How far Meta has come with looking at this account."""
        known = self._office.network.accounts.get(account_id)
        if known is None:
            raise NotPossibleError(f"There is no account {account_id}.")
        self._office.network.keep_account(replace(known, review=status))

    def judge(self, account_id: str, wanted: Judged) -> None:
        """Meta judges a template anew, or for the first time, and tells."""
        network = self._office.network
        known = network.templates.get((account_id, wanted.name, wanted.language))
        if account_id not in network.accounts or (known is None and wanted.components is None):
            raise NotPossibleError(f"There is no template {wanted.name} in {wanted.language}.")
        network.keep_template(
            Template(
                id=known.id if known else network.digits(16),
                account_id=account_id,
                name=wanted.name,
                language=wanted.language,
                category=wanted.category or (known.category if known else "UTILITY"),
                status=wanted.status,
                components=known.components
                if wanted.components is None and known
                else wanted.components or [],
                rejected_reason=wanted.reason,
            )
        )
        tell_of_template(self._office, network.templates[account_id, wanted.name, wanted.language])

    def set_changes_per_post(self, app_id: str, most: int) -> None:
        self._office.network.keep_app(replace(self.app(app_id), changes_per_post=most))

    def hand_over_past(self, account: str, customer: str, texts: list[str], hours_ago: float) -> list[str]:
        """The app on the phone tells what was written before; the ids of the messages."""
        return hand_over_past(self._office, self._chat(account, customer), texts, hours_ago)

    def accounts(self) -> list[Contact]:
        return [Contact(number.id, number.name) for number in self._office.network.numbers.values()]

    def is_listened_to(self, account: str) -> bool:
        network = self._office.network
        number = network.numbers.get(account)
        apps = network.accounts[number.account_id].subscribed_apps if number else []
        return any(network.apps[app_id].callback_url for app_id in apps)

    def customers(self) -> list[Contact]:
        return [Contact(one.id, one.name) for one in self._office.network.people.values()]

    def add_customer(self, wanted: NewCustomer) -> str:
        network = self._office.network
        country, prefix = COUNTRIES.get(wanted.language or "", ("US", "1"))
        person = Person(
            id=f"w{network.digits(12)}",
            first_name=wanted.first_name,
            last_name=wanted.last_name,
            phone=prefix + network.digits(10),
            user_id=f"{country}.{network.digits(20)}",
            username=wanted.username,
            locale=wanted.language,
        )
        return network.keep_person(person).id

    def act(self, account: str, customer: str, act: Act) -> list[str]:
        return customers.perform(self._office, self._chat(account, customer), act)

    def last_answer(self, account: str, customer: str) -> Answer | None:
        messages = self._office.network.messages_of(self._chat(account, customer))
        ours = (one for one in reversed(messages.values()) if one.is_from_us)
        newest = next(ours, None)
        return Answer(newest.wamid, newest.text) if newest else None

    def answer_elsewhere(self, account: str, customer: str, text: str) -> str:
        return customers.answer_in_app(self._office, self._chat(account, customer), text)

    def events_made(self) -> int:
        return self._office.events_made

    def phone(self, account: str, customer: str) -> Phone:
        return phones.phone(self._office, self._chat(account, customer))

    def set_limits(self, *, enabled: bool) -> None:
        self._office.limits_enabled = enabled

    def person(self, customer: str) -> Person:
        """By their own id, phone number or the id that businesses see."""
        known = self._office.network.people.get(customer) or self._office.network.person_by(customer)
        if known is None:
            raise NotPossibleError(f"There is no WhatsApp customer {customer}.")
        return known

    def app(self, app_id: str) -> App:
        app = self._office.network.apps.get(app_id)
        if app is None:
            raise NotPossibleError(f"There is no app {app_id}.")
        return app

    def _chat(self, account: str, customer: str) -> Chat:
        return self._office.network.chat_with(account, self.person(customer).id)
