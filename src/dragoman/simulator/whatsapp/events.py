"""Something happened in a chat: every app that subscribed to the account hears of it."""

from dragoman.simulator.whatsapp.model import Chat, Event, Json, Message, Person, Template
from dragoman.simulator.whatsapp.office import Office
from dragoman.simulator.whatsapp.outgoing import send_out


def tell_of_message(office: Office, chat: Chat, item: Json, *, contacts: bool = True) -> None:
    """Something by the customer. Who took a username is named by the id alone."""
    person = office.network.people[chat.person_id]
    phone = {"from": person.shown_phone} if person.shown_phone else {}
    stamp = {"timestamp": str(office.network.now())}
    told = {**phone, "from_user_id": person.user_id, **stamp, **item}
    tell(office, chat, "messages", "messages", told, [contact_of(person)] if contacts else [])


def tell_of_status(office: Office, chat: Chat, message: Message, status: str, **more: object) -> None:
    person = office.network.people[chat.person_id]
    phone = {"recipient_id": person.shown_phone} if person.shown_phone else {}
    item: Json = {
        "id": message.wamid,
        "status": status,
        "timestamp": str(office.network.now()),
        **phone,
        "recipient_user_id": person.user_id,
        **({"biz_opaque_callback_data": message.callback} if message.callback else {}),
        **more,
    }
    if status in ("sent", "delivered"):
        item["pricing"] = {
            "billable": False,
            "pricing_model": "PMP",
            "type": "free_customer_service",
            "category": "service",
        }
    tell(office, chat, "messages", "statuses", item, [])


def tell_of_echo(office: Office, chat: Chat, item: Json) -> None:
    """What the owner does in the phone's app, for numbers that live there too. What the API sends is not echoed."""
    person, number = office.network.people[chat.person_id], office.network.numbers[chat.number_id]
    phone = {"to": person.shown_phone} if person.shown_phone else {}
    ends = {"from": number.display.lstrip("+").replace(" ", ""), **phone, "to_user_id": person.user_id}
    stamp = {"timestamp": str(office.network.now())}
    tell(office, chat, "smb_message_echoes", "message_echoes", {**ends, **stamp, **item}, [])


def contact_of(person: Person) -> Json:
    profile = {"name": person.name, **({"username": person.username} if person.username else {})}
    phone = {"wa_id": person.shown_phone} if person.shown_phone else {}
    return {"profile": profile, **phone, "user_id": person.user_id}


def tell_of_template(office: Office, template: Template) -> None:
    """News of the account: no number of it is named, and nobody's chat."""
    value = {
        "event": template.status,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "reason": template.rejected_reason,
    }
    network = office.network
    account = network.accounts[template.account_id]
    numbers = [one.id for one in network.numbers.values() if one.account_id == account.id]
    if numbers:
        about = Chat(numbers[0], "")
        tell(office, about, "message_template_status_update", "", value, [])


def tell(office: Office, chat: Chat, field: str, key: str, item: Json, contacts: list[Json]) -> None:
    network = office.network
    account = network.accounts[network.numbers[chat.number_id].account_id]
    for app_id in account.subscribed_apps:
        app = network.apps[app_id]
        if app.callback_url is None or field not in app.fields:
            continue
        office.events_made += 1
        event = Event(
            id=network.letters(20),
            app_id=app_id,
            account_id=account.id,
            number_id=chat.number_id,
            person_id=chat.person_id,
            field=field,
            key=key,
            item=item,
            contacts=contacts,
            at=network.now(),
        )
        send_out(office, network.keep_event(event))
