"""Items on their way to an app's webhook: signed, in order for each customer, tried again for a week."""

import asyncio
from itertools import groupby

from dragoman.simulator.courier import Destination, Failure, Parcel
from dragoman.simulator.messenger.signing import SIGNATURE_HEADER, signature, wire_bytes
from dragoman.simulator.whatsapp.model import Event, Json
from dragoman.simulator.whatsapp.network import WhatsAppNetwork
from dragoman.simulator.whatsapp.noting import noted
from dragoman.simulator.whatsapp.office import Office

TIMEOUT_SECONDS = 5.0
TRIED_FOR_SECONDS = 7 * 86_400
COMPANY_SECONDS = 2.0
SEPARATOR = ","


def send_out(office: Office, event: Event) -> None:
    """At once, or, where the app's posts hold several changes, when a post is full or has waited long enough."""
    app = office.network.apps[event.app_id]
    if app.changes_per_post <= 1:
        office.courier.hand_over(_parcel(office, [event], lane=event.person_id))
        return
    waiting = office.waiting_for_company.setdefault(app.id, [])
    waiting.append(event.id)
    if len(waiting) == app.changes_per_post:
        _send_together(office, app.id, waiting)
    elif len(waiting) == 1:
        asyncio.get_running_loop().call_later(COMPANY_SECONDS, _send_together, office, app.id, waiting)


def send_pending(office: Office) -> None:
    """What an earlier process had not delivered travels now."""
    for event in office.network.events.values():
        send_out(office, event)


def _send_together(office: Office, app_id: str, waiting: list[str]) -> None:
    if office.waiting_for_company.get(app_id) is not waiting:
        return  # full before its time was over
    del office.waiting_for_company[app_id]
    if events := [office.network.events[one] for one in waiting if one in office.network.events]:
        office.courier.hand_over(_parcel(office, events, lane="together"))


def _parcel(office: Office, events: list[Event], lane: str) -> Parcel:
    first = events[0]
    entries = [
        {"id": account_id, "changes": _changes(office, list(run))}
        for account_id, run in groupby(events, lambda event: event.account_id)
    ]
    return Parcel(
        platform="whatsapp",
        account=first.number_id,
        lane=f"{first.app_id}/{lane}",
        reference=SEPARATOR.join([first.app_id, *(event.id for event in events)]),
        method=first.field,
        body=wire_bytes({"object": "whatsapp_business_account", "entry": entries}),
        events=tuple(noted(event) for event in events),
    )


def _changes(office: Office, events: list[Event]) -> list[Json]:
    """What is alike and about one number lies in one list of one change."""
    return [
        {"field": field, "value": _value(office, number_id, key, list(run))}
        for (field, number_id, key, _), run in groupby(events, _likeness)
    ]


def _likeness(event: Event) -> tuple[str, str, str, str]:
    return event.field, event.number_id, event.key, "" if event.key else event.id


def _value(office: Office, number_id: str, key: str, events: list[Event]) -> Json:
    if not key:
        return events[0].item
    number = office.network.numbers[number_id]
    metadata = {
        "display_phone_number": number.display.lstrip("+").replace(" ", ""),
        "phone_number_id": number_id,
    }
    contacts = [contact for event in events for contact in event.contacts]
    distinct = [contact for at, contact in enumerate(contacts) if contact not in contacts[:at]]
    value: Json = {"messaging_product": "whatsapp", "metadata": metadata}
    return {**value, **({"contacts": distinct} if distinct else {}), key: [event.item for event in events]}


class WhatsAppSender:
    """Where the courier learns addresses and reports back."""

    def __init__(self, network: WhatsAppNetwork) -> None:
        self._network = network

    def destination(self, parcel: Parcel) -> Destination | None:
        app = self._network.apps[_app_id(parcel)]
        if app.callback_url is None:
            return None
        headers = {SIGNATURE_HEADER: signature(app.secret, parcel.body), "User-Agent": "facebookexternalua"}
        return Destination(app.callback_url, headers, TIMEOUT_SECONDS)

    def delivered(self, parcel: Parcel) -> None:
        self._drop(parcel)

    def failed(self, parcel: Parcel, failure: Failure) -> bool:
        """For seven days; then it is forgotten."""
        made = [event.at for one in _event_ids(parcel) if (event := self._network.events.get(one))]
        if made and self._network.clock.steady_seconds() - min(made) <= TRIED_FOR_SECONDS:
            return True
        self._drop(parcel)
        return False

    def _drop(self, parcel: Parcel) -> None:
        for event_id in _event_ids(parcel):
            self._network.drop_event(event_id)


def _app_id(parcel: Parcel) -> str:
    return parcel.reference.split(SEPARATOR)[0]


def _event_ids(parcel: Parcel) -> list[str]:
    return parcel.reference.split(SEPARATOR)[1:]
