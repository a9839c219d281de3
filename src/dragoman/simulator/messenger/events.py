"""Something happened in a thread: every app that subscribed to it hears of it."""

from dragoman.simulator.messenger.model import App, Event, Json, Message, Page, Thread
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.messenger.outgoing import send_out


def tell_from_customer(office: Office, thread: Thread, timestamp: int, what: Json) -> None:
    people = {"sender": {"id": thread.psid}, "recipient": {"id": thread.page_id}}
    _tell(office, thread, {**people, "timestamp": timestamp, **what})


def tell_from_page(office: Office, thread: Thread, timestamp: int, what: Json) -> None:
    people = {"sender": {"id": thread.page_id}, "recipient": {"id": thread.psid}}
    _tell(office, thread, {**people, "timestamp": timestamp, **what})


def tell_of_echo(office: Office, thread: Thread, message: Message) -> None:
    """Every app hears what the Page has said, whoever said it, its own words included."""
    echo: Json = {"is_echo": True}
    if message.app_id:
        echo["app_id"] = int(message.app_id)
    if message.metadata is not None:
        echo["metadata"] = message.metadata
    tell_from_page(
        office, thread, message.timestamp, {"message": {**echo, "mid": message.mid, **message.content}}
    )


def _tell(office: Office, thread: Thread, item: Json) -> None:
    page = office.network.pages[thread.page_id]
    for app_id, page_fields in page.subscribed_apps.items():
        event = _event_for(office, office.network.apps[app_id], page, page_fields, thread, item)
        if event:
            office.events_made += 1
            send_out(office, office.network.keep_event(event))


def _event_for(
    office: Office, app: App, page: Page, page_fields: list[str], thread: Thread, item: Json
) -> Event | None:
    """None where this app did not ask for that; in `standby` while another app owns the thread."""
    is_standby = thread.owner_app_id not in (None, app.id) and "pass_thread_control" not in item
    ways = office.network.ways
    field = "standby" if is_standby else ways.field_of(item)
    is_chosen = field in app.fields and (field in page_fields or not ways.pages_choose_fields)
    if app.callback_url is None or not is_chosen:
        return None
    if is_standby and "postback" in item:
        item = {
            **item,
            "postback": {key: value for key, value in item["postback"].items() if key != "payload"},
        }
    return Event(
        id=office.network.letters(20),
        app_id=app.id,
        page_id=page.id,
        psid=thread.psid,
        field=field,
        item=item,
        at=office.network.clock.milliseconds(),
        is_standby=is_standby,
    )
