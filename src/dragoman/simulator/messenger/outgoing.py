"""Items on their way to an app's webhook: signed, in order for each customer, given up after an hour of failing."""

import asyncio
from itertools import groupby

from msgspec.structs import replace

from dragoman.simulator.courier import Destination, Failure, Parcel
from dragoman.simulator.messenger.model import Event, Json, Page
from dragoman.simulator.messenger.network import MessengerNetwork
from dragoman.simulator.messenger.noting import noted
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.messenger.signing import SIGNATURE_HEADER, signature, wire_bytes

TIMEOUT_SECONDS = 5.0
UNSUBSCRIBED_AFTER_SECONDS = 3600
COMPANY_SECONDS = 2.0
SEPARATOR = ","


def send_out(office: Office, event: Event) -> None:
    """At once, or, where the app's posts hold several entries, when a post is full or has waited long enough."""
    app = office.network.apps[event.app_id]
    if app.entries_per_post <= 1:
        office.courier.hand_over(_parcel(office, [event], lane=event.psid))
        return
    waiting = office.waiting_for_company.setdefault(app.id, [])
    waiting.append(event.id)
    if len(waiting) == app.entries_per_post:
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
    body = {
        "object": office.network.ways.object,
        "entry": [_entry(office, list(run)) for _, run in groupby(events, _entry_key)],
    }
    return Parcel(
        platform=office.network.ways.platform,
        account=first.page_id,
        lane=f"{first.app_id}/{lane}",
        reference=SEPARATOR.join([first.app_id, *(event.id for event in events)]),
        method=first.field,
        body=wire_bytes(body),
        events=tuple(noted(event, office.network.ways.platform) for event in events),
    )


def _entry_key(event: Event) -> tuple[str, str, bool]:
    return event.page_id, event.psid, event.is_standby


def _entry(office: Office, events: list[Event]) -> Json:
    box = "standby" if events[0].is_standby else "messaging"
    time = office.network.clock.milliseconds()
    return {"id": events[0].page_id, "time": time, box: [event.item for event in events]}


class MessengerSender:
    """Where the courier learns addresses and reports back."""

    def __init__(self, network: MessengerNetwork) -> None:
        self._network = network
        self._failing_since: dict[tuple[str, str], float] = {}

    def destination(self, parcel: Parcel) -> Destination | None:
        app = self._network.apps[_app_id(parcel)]
        by_page = self._network.pages[parcel.account].by_page
        secret = app.secret if by_page else app.instagram_secret or app.secret
        if app.callback_url is None:
            return None
        headers = {SIGNATURE_HEADER: signature(secret, parcel.body), "User-Agent": "facebookexternalua"}
        return Destination(app.callback_url, headers, TIMEOUT_SECONDS)

    def delivered(self, parcel: Parcel) -> None:
        self._failing_since.pop((_app_id(parcel), parcel.account), None)
        self._drop(parcel)

    def failed(self, parcel: Parcel, failure: Failure) -> bool:
        """After an hour of failing the page is unsubscribed, in silence, and nothing is kept for it."""
        app_id, page = _app_id(parcel), self._network.pages[parcel.account]
        now = self._network.clock.steady_seconds()
        since = self._failing_since.setdefault((app_id, page.id), now)
        if app_id in page.subscribed_apps and now - since <= UNSUBSCRIBED_AFTER_SECONDS:
            return True
        self._failing_since.pop((app_id, page.id))
        self._network.keep_page(without_app(page, app_id))
        self._drop(parcel)
        return False

    def _drop(self, parcel: Parcel) -> None:
        for event_id in parcel.reference.split(SEPARATOR)[1:]:
            self._network.drop_event(event_id)


def without_app(page: Page, app_id: str) -> Page:
    apps = {app: fields for app, fields in page.subscribed_apps.items() if app != app_id}
    return replace(page, subscribed_apps=apps)


def _app_id(parcel: Parcel) -> str:
    return parcel.reference.split(SEPARATOR)[0]
