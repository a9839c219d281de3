"""Updates on their way to a bot's webhook."""

import msgspec
from msgspec.structs import replace

from dragoman.simulator.courier import Destination, Failure, Parcel
from dragoman.simulator.telegram.model import Update
from dragoman.simulator.telegram.network import TelegramNetwork
from dragoman.simulator.telegram.shapes import event_of, update_json

TIMEOUT_SECONDS = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def parcel_of(update: Update) -> Parcel:
    return Parcel(
        platform="telegram",
        account=str(update.bot_id),
        lane=str(update.chat_id),
        reference=str(update.update_id),
        method=update.kind,
        body=msgspec.json.encode(update_json(update)),
        events=(event_of(update),),
    )


class TelegramSender:
    """Where the courier learns addresses and reports back."""

    def __init__(self, network: TelegramNetwork) -> None:
        self._network = network

    def destination(self, parcel: Parcel) -> Destination | None:
        webhook = self._network.bots[int(parcel.account)].webhook
        if webhook is None:
            return None
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        return Destination(webhook.url, headers, TIMEOUT_SECONDS)

    def delivered(self, parcel: Parcel) -> None:
        update = self._network.pending.get(int(parcel.account), {}).get(int(parcel.reference))
        if update:
            self._network.confirm(update)

    def failed(self, parcel: Parcel, failure: Failure) -> bool:
        """Telegram repeats without end; an update lives for a day, longer than any session here."""
        bot = self._network.bots[int(parcel.account)]
        self._network.keep_bot(
            replace(
                bot,
                last_error_date=int(self._network.clock.seconds()),
                last_error_message=failure.reason,
            )
        )
        return True
