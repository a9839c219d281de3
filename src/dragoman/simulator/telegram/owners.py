"""What the owner of a connected account does on their own phone, beside the bot."""

from msgspec.structs import replace

from dragoman.simulator import acts
from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.telegram.accounts import tell_of_message
from dragoman.simulator.telegram.call import Office
from dragoman.simulator.telegram.customers import contents_of, delete, existing, open_chat, worded


def perform(office: Office, owner_id: int, person_id: int, act: acts.Act) -> list[str]:
    """Do it; the ids of the messages that came of it.

    Raises: NotPossibleError when the app would not let the owner.
    """
    if not office.network.owns_account(owner_id):
        raise NotPossibleError("This person has connected no bot to their account.")
    chat = open_chat(office, owner_id, person_id)
    match act:
        case acts.Edit(message_id, text):
            message = existing(office, chat, message_id)
            edited = replace(
                message,
                content=message.content | worded(text, "text" if "text" in message.content else "caption"),
                edit_date=int(office.network.clock.seconds()),
            )
            tell_of_message(office, office.network.keep_message(edited), "edited_message")
            return []
        case acts.Delete(message_id):
            delete(office, existing(office, chat, message_id))
            return []
    contents = contents_of(office, chat, act)
    if contents is None:
        raise NotPossibleError("An owner has nothing like that here.")
    said = [office.network.add_message(chat, content, is_from_bot=True) for content in contents]
    for message in said:
        tell_of_message(office, message, "message")
    return [str(message.message_id) for message in said]
