"""What a customer does in their Messenger app, and what the page's apps hear of it."""

from msgspec.structs import replace

from dragoman.simulator import acts
from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.messenger.events import tell_from_customer
from dragoman.simulator.messenger.model import Json, Message, Thread
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.messenger.sharing import message_contents

MOST_EDITS = 5


def perform(office: Office, thread: Thread, act: acts.Act) -> list[str]:
    """Do it; the ids of the messages that came of it.

    Raises: NotPossibleError when the app would not let the customer.
    """
    contents = message_contents(office, thread, act)
    if contents:
        return [write(office, thread, content).mid for content in contents]
    if isinstance(act, acts.Edit | acts.React | acts.Delete | acts.Press):
        _change(office, thread, existing(office, thread, act.message), act)
        return []
    match act:
        case acts.Start(payload):
            start(office, thread, payload)
        case acts.Block() | acts.Unblock() | acts.DeleteAccount():
            blocked = not isinstance(act, acts.Unblock)
            office.network.keep_thread(replace(thread, has_blocked_page=blocked))
        case acts.Read():
            read(office, thread)
        case acts.SendOther(kind):
            _tell(office, thread, _event(office, kind))
        case acts.Unheard(kind, body):
            _tell(office, thread, {kind: body})
        case _:
            raise NotPossibleError(f"{office.network.ways.name} has nothing like that.")
    return []


def _change(
    office: Office, thread: Thread, message: Message, act: acts.Edit | acts.React | acts.Delete | acts.Press
) -> None:
    match act:
        case acts.Edit(_, text):
            edit(office, message, text)
        case acts.React(_, emoji):
            react(office, thread, message, emoji)
        case acts.Delete():
            delete(office, message)
        case acts.Press(mid, data, title):
            press(office, thread, {"mid": mid, "title": title, "payload": data})


def write(office: Office, thread: Thread, content: Json) -> Message:
    """Any message from the customer. It opens both windows."""
    if _current(office, thread).has_blocked_page:
        raise NotPossibleError("This customer has blocked the page and must unblock it first.")
    message = office.network.add_message(thread, content, is_from_page=False)
    _open_window(office, thread, message.timestamp, wrote=True)
    tell_from_customer(office, thread, message.timestamp, {"message": {"mid": message.mid, **content}})
    return message


def existing(office: Office, thread: Thread, mid: str) -> Message:
    message = office.network.messages.get((thread.page_id, thread.psid), {}).get(mid)
    if message is None or message.is_deleted:
        raise NotPossibleError(f"There is no message {mid} in this chat.")
    return message


def edit(office: Office, message: Message, text: str) -> None:
    """The customer corrects their own words, five times at most."""
    if message.is_from_page or "text" not in message.content:
        raise NotPossibleError("A customer can edit only their own texts.")
    if message.edits >= MOST_EDITS:
        raise NotPossibleError("A message can be edited five times at most.")
    edited = replace(message, content=message.content | {"text": text}, edits=message.edits + 1)
    office.network.keep_message(edited)
    thread = office.network.threads[message.page_id, message.psid]
    _tell(office, thread, {"message_edit": {"mid": message.mid, "text": text, "num_edit": edited.edits}})


def delete(office: Office, message: Message) -> None:
    """Taken back for everybody; Messenger tells nobody, only reading the message fails from now on."""
    if message.is_from_page:
        raise NotPossibleError("A customer can take back only their own messages.")
    office.network.keep_message(replace(message, is_deleted=True))
    if office.network.ways.tells_deletions:
        thread = office.network.threads[message.page_id, message.psid]
        _tell(office, thread, {"message": {"mid": message.mid, "is_deleted": True}})


def react(office: Office, thread: Thread, message: Message, emoji: str | None) -> None:
    """A reaction opens the 24 hours, but it is no message."""
    office.network.keep_message(replace(message, customer_reaction=emoji))
    now = office.network.clock.milliseconds()
    if emoji is None:
        what: Json = {"action": "unreact", "mid": message.mid}
    else:
        _open_window(office, thread, now)
        name = office.network.ways.reaction_names.get(emoji, "other")
        what = {"reaction": name, "emoji": emoji, "action": "react", "mid": message.mid}
    tell_from_customer(office, thread, now, {"reaction": what})


def press(office: Office, thread: Thread, postback: Json) -> None:
    """A button: the postback has a mid of its own where it is no button of a message."""
    now = office.network.clock.milliseconds()
    _open_window(office, thread, now)
    tell_from_customer(office, thread, now, {"postback": postback})


def start(office: Office, thread: Thread, ref: str | None) -> None:
    """Get started in a new thread; a link into an old one is a referral."""
    referral: Json = {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
    if thread.window_opened_at is not None:
        if ref is None:
            raise NotPossibleError("Get started is shown only in a new thread.")
        now = office.network.clock.milliseconds()
        _open_window(office, thread, now)
        return tell_from_customer(office, thread, now, {"referral": referral})
    postback: Json = {"mid": office.network.new_mid(), "title": "Get started", "payload": "GET_STARTED"}
    return press(office, thread, postback | ({"referral": referral} if ref else {}))


def read(office: Office, thread: Thread) -> None:
    """Everything that the page has sent is read now; nothing is told twice."""
    messages = reversed(office.network.messages.get((thread.page_id, thread.psid), {}).values())
    newest = next((one for one in messages if one.is_from_page), None)
    if newest is None or thread.read_up_to >= newest.timestamp:
        return
    watermark = max(office.network.clock.milliseconds(), newest.timestamp)
    office.network.keep_thread(replace(_current(office, thread), read_up_to=watermark))
    read_up_to = {"mid": newest.mid} if office.network.ways.reads_by_message else {"watermark": watermark}
    tell_from_customer(office, thread, watermark, {"read": read_up_to})


def _event(office: Office, kind: str) -> Json:
    event = office.network.ways.rare_event(kind)
    if event is None:
        raise NotPossibleError(f"{office.network.ways.name} has nothing of kind {kind}.")
    return event


def _tell(office: Office, thread: Thread, what: Json) -> None:
    tell_from_customer(office, thread, office.network.clock.milliseconds(), what)


def _open_window(office: Office, thread: Thread, at: int, *, wrote: bool = False) -> None:
    current = _current(office, thread)
    opened = replace(
        current, window_opened_at=at, customer_wrote_at=at if wrote else current.customer_wrote_at
    )
    office.network.keep_thread(opened)


def _current(office: Office, thread: Thread) -> Thread:
    return office.network.threads[thread.page_id, thread.psid]
