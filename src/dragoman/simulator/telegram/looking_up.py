"""What a bot may ask about people and files."""

from dragoman.simulator.media.kinds import Media
from dragoman.simulator.telegram.attachments import attach
from dragoman.simulator.telegram.call import Call
from dragoman.simulator.telegram.errors import BotApiError, bad_request
from dragoman.simulator.telegram.model import Json, Person, StoredFile
from dragoman.simulator.telegram.network import TelegramNetwork
from dragoman.simulator.telegram.shapes import chat_of_person

MOST_DOWNLOADED = 20 * 1024 * 1024


async def get_chat(call: Call) -> Json:
    person = _person_met(call, "chat_id", "chat not found")
    about: Json = {"accent_color_id": person.id % 7, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if person.username:
        about["active_usernames"] = [person.username]
    sizes = _portrait(call, person)
    if sizes:
        small, big = sizes[0], sizes[-1]
        about["photo"] = {
            "small_file_id": small["file_id"],
            "small_file_unique_id": small["file_unique_id"],
            "big_file_id": big["file_id"],
            "big_file_unique_id": big["file_unique_id"],
        }
    return chat_of_person(person) | about


async def get_user_profile_photos(call: Call) -> Json:
    sizes = _portrait(call, _person_met(call, "user_id", "user not found"))
    return {"total_count": 1, "photos": [sizes]} if sizes else {"total_count": 0, "photos": []}


async def get_file(call: Call) -> Json:
    file_id = call.parameters.required_text("file_id", "invalid file_id")
    stored = call.network.stored_files.get(file_id)
    if stored is None or stored.bot_id != call.bot_id:
        raise bad_request("invalid file_id")
    if stored.size > MOST_DOWNLOADED:
        raise bad_request("file is too big")
    ids = {"file_id": stored.file_id, "file_unique_id": stored.file_unique_id}
    return {**ids, "file_size": stored.size, "file_path": stored.path}


def file_at(network: TelegramNetwork, bot_id: int, path: str) -> StoredFile:
    """The file that `getFile` gave this path for.

    Raises: BotApiError 404 for any other path.
    """
    for stored in network.stored_files.values():
        if stored.bot_id == bot_id and stored.path == path and stored.size <= MOST_DOWNLOADED:
            return stored
    raise BotApiError(404, "Not Found")


def _person_met(call: Call, name: str, complaint: str) -> Person:
    person_id = call.parameters.integer(name) or 0
    if call.network.chat(call.bot_id, person_id) is None:
        raise bad_request(complaint)
    return call.network.people[person_id]


def _portrait(call: Call, person: Person) -> list[Json]:
    if person.photo is None:
        return []
    media = Media("photo.jpg", "image/jpeg", call.network.files.get(person.photo))
    sizes: list[Json] = attach(call.network, call.bot_id, "photo", media)["photo"]
    return sizes


GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
