"""Messenger, as the control API and the random customers use it. A customer is a person; pages know a PSID."""

from msgspec.structs import replace

from dragoman.simulator.acts import Act, NotPossibleError
from dragoman.simulator.courier import Courier
from dragoman.simulator.desk import Answer, Contact, NewCustomer
from dragoman.simulator.messenger import customers, past, phones
from dragoman.simulator.messenger.graph.sending import put_on_phone
from dragoman.simulator.messenger.graph.subscribing import connected_app
from dragoman.simulator.messenger.graph.thread_control import hand_over
from dragoman.simulator.messenger.model import PAGE_INBOX_APP_ID, App, Page, Person, Thread, Token
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.phone import Phone


class MessengerDesk:
    platform = "messenger"

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def courier(self) -> Courier:
        return self._office.courier

    def knows(self, *, app: str = "", account: str = "", token: str = "") -> bool:
        network = self._office.network
        return app in network.apps or account in network.pages or token in network.tokens

    def new_app(self, name: str) -> App:
        network = self._office.network
        secret = "".join(network.chance.choices("0123456789abcdef", k=32))
        return network.keep_app(App(network.digits(16), secret, name))

    def new_page(self, name: str) -> Page:
        network = self._office.network
        return network.keep_page(Page(network.digits(15), name))

    def token_of(self, app_id: str, page_id: str | None) -> str:
        """The token by which an app speaks for a page; without a page, the token of the pages' owner."""
        network = self._office.network
        self.app(app_id)
        for token in network.tokens.values():
            if (token.app_id, token.page_id) == (app_id, page_id) and token.revoked_subcode is None:
                return token.token
        return network.keep_token(
            Token(f"{network.ways.tokens_begin}{network.letters(60)}", app_id, page_id)
        ).token

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

    def age(self, token: str, seconds: float, ends_in_seconds: float | None) -> None:
        """It was made that long ago, and ends then; None: never."""
        network = self._office.network
        known = network.tokens.get(token)
        if known is None:
            raise NotPossibleError("There is no such token.")
        at = network.clock.steady_seconds()
        ends = None if ends_in_seconds is None else at + ends_in_seconds
        network.keep_token(replace(known, made_at=at - seconds, expires_at=ends))

    def unsubscribe(self, account: str) -> None:
        """As Meta does it after an hour of failing, in silence."""
        network = self._office.network
        if account not in network.pages:
            raise NotPossibleError("There is no such account.")
        network.keep_page(replace(network.pages[account], subscribed_apps={}))

    def set_webhook(self, app_id: str, url: str, verify_token: str, fields: list[str]) -> None:
        """As if it had been set in the app's dashboard and its handshake had gone well."""
        self._office.network.keep_app(
            connected_app(self.app(app_id), url, verify_token, fields, self._office.network.ways)
        )
        for page_id in self._office.network.pages:
            self.courier.wake(page_id)

    def set_entries_per_post(self, app_id: str, most: int) -> None:
        self._office.network.keep_app(replace(self.app(app_id), entries_per_post=most))

    def answer_in_page_inbox(self, account: str, customer: str, text: str, app_id: str | None) -> str:
        """Somebody answers outside our app: in the Page's inbox, or by another app."""
        thread = self._thread(account, customer)
        return put_on_phone(self._office, thread, {"text": text}, app_id or str(PAGE_INBOX_APP_ID), None).mid

    def remember_past(self, account: str, customer: str, texts: list[str], hours_ago: float) -> list[str]:
        """Said before anybody was connected: the history shows it, and no webhook tells of it."""
        return past.remember_past(self._office, self._thread(account, customer), texts, hours_ago)

    def remember_some_past(self, account: str, conversations: int) -> None:
        """With strangers, in many languages."""
        for person, texts, hours_ago in past.strangers_of_old(self._office.network.chance, conversations):
            self.remember_past(account, self.add_customer(person), texts, hours_ago)

    def give_thread_to(self, account: str, customer: str, app_id: str | None) -> None:
        hand_over(self._office, self._thread(account, customer), "pass_thread_control", app_id, None)

    def psid(self, account: str, customer: str) -> str:
        return self._thread(account, customer).psid

    def accounts(self) -> list[Contact]:
        return [Contact(page.id, page.name) for page in self._office.network.pages.values()]

    def is_listened_to(self, account: str) -> bool:
        page, apps = self._office.network.pages[account], self._office.network.apps
        return any(apps[app_id].callback_url for app_id in page.subscribed_apps)

    def customers(self) -> list[Contact]:
        people = self._office.network.people.values()
        return [Contact(one.id, f"{one.first_name} {one.last_name or ''}".strip()) for one in people]

    def add_customer(self, wanted: NewCustomer) -> str:
        network = self._office.network
        person = Person(
            id=f"p{network.digits(12)}",
            first_name=wanted.first_name,
            last_name=wanted.last_name,
            locale=wanted.language,
            photo=network.files.put(wanted.portrait) if wanted.portrait else None,
        )
        return network.keep_person(person).id

    def act(self, account: str, customer: str, act: Act) -> list[str]:
        return customers.perform(self._office, self._thread(account, customer), act)

    def last_answer(self, account: str, customer: str) -> Answer | None:
        thread = self._thread(account, customer)
        messages = self._office.network.messages.get((thread.page_id, thread.psid), {})
        for message in reversed(messages.values()):
            if message.is_from_page:
                return Answer(message.mid, message.text)
        return None

    def answer_elsewhere(self, account: str, customer: str, text: str) -> str:
        return self.answer_in_page_inbox(account, customer, text, None)

    def events_made(self) -> int:
        return self._office.events_made

    def phone(self, account: str, customer: str) -> Phone:
        return phones.phone(self._office, self._thread(account, customer))

    def set_limits(self, *, enabled: bool) -> None:
        self._office.limits_enabled = enabled

    def _thread(self, account: str, customer: str) -> Thread:
        """By the person's own id, or by their PSID."""
        known = self._office.network.thread(account, customer)
        return known or self._office.network.thread_with(account, customer)

    def app(self, app_id: str) -> App:
        app = self._office.network.apps.get(app_id)
        if app is None:
            raise NotPossibleError(f"There is no app {app_id}.")
        return app
