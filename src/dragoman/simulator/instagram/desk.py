"""Instagram, as the control API and the random customers use it. A customer is a person; accounts know an IGSID."""

from msgspec.structs import replace

from dragoman.simulator.acts import Act, NotPossibleError, SendLocation
from dragoman.simulator.desk import NewCustomer
from dragoman.simulator.instagram.renewing import a_token
from dragoman.simulator.messenger.desk import MessengerDesk
from dragoman.simulator.messenger.model import BY_PAGE, App, Page, Token


class InstagramDesk(MessengerDesk):
    platform = "instagram"

    def new_app(self, name: str) -> App:
        """It has two secrets; the one of its product Instagram signs."""
        network = self._office.network
        secret = "".join(network.chance.choices("0123456789abcdef", k=32))
        return network.keep_app(replace(super().new_app(name), instagram_secret=secret))

    def new_account(self, name: str) -> Page:
        """A professional account, with the Page that it is linked to."""
        network = self._office.network
        username = "".join(letter for letter in name.lower() if letter.isalnum()) or "shop"
        return network.keep_page(
            Page(
                f"1784{network.digits(13)}",
                name,
                username=username,
                linked_page=network.digits(15),
                login_id=network.digits(16),
            )
        )

    def own_token(self, app_id: str, account: str) -> str:
        """Of a log-in with Instagram: good for graph.instagram.com."""
        self.app(app_id)
        return a_token(self._office.network, app_id, account).token

    def page_token(self, app_id: str, account: str) -> str:
        """Of a log-in with Facebook: the linked Page's, good for graph.facebook.com."""
        network = self._office.network
        self.app(app_id)
        return network.keep_token(Token(f"{BY_PAGE}{network.letters(60)}", app_id, account)).token

    def add_customer(self, wanted: NewCustomer) -> str:
        """Everybody has a user name there; some have no other."""
        person_id = super().add_customer(wanted)
        network = self._office.network
        username = wanted.username or f"{wanted.first_name.lower()}.{network.digits(4)}"
        network.keep_person(replace(network.people[person_id], username=username))
        return person_id

    def act(self, account: str, customer: str, act: Act) -> list[str]:
        if isinstance(act, SendLocation):
            raise NotPossibleError("Instagram sends no places to businesses.")
        return super().act(account, customer, act)
