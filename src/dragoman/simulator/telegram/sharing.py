"""Files, places and people that a customer shares, as contents of messages."""

from dragoman.simulator import acts
from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.media.kinds import Media
from dragoman.simulator.telegram.accounts import bot_that_sees
from dragoman.simulator.telegram.attachments import attach
from dragoman.simulator.telegram.call import Office
from dragoman.simulator.telegram.model import Chat, Json

ALBUM_MOST = 10
# A screenshot sent from a computer goes as a file; a round video note is an ordinary film to us.
DRAWN_AS = {"video_note": "video"}
SENT_AS = {"screenshot": "document"}


def media_contents(office: Office, chat: Chat, act: acts.SendMedia) -> list[Json]:
    """One content, or those of an album, which share a `media_group_id`."""
    if not 1 <= act.count <= ALBUM_MOST:
        raise NotPossibleError("An album holds one to ten pictures.")
    kind = SENT_AS.get(act.kind, act.kind)
    try:
        contents = [
            attach(office.network, bot_that_sees(office.network, chat), kind, _media(office, act))
            for _ in range(act.count)
        ]
    except OSError as error:
        raise NotPossibleError("That file is not a picture.") from error
    if act.count == 1:
        return contents
    group = {"media_group_id": str(office.network.chance.randrange(10**16, 10**17))}
    return [content | group for content in contents]


def location_content(act: acts.SendLocation) -> Json:
    location: Json = {"latitude": act.latitude, "longitude": act.longitude}
    if act.title:
        venue = {"location": location, "title": act.title, "address": act.address or ""}
        return {"venue": venue, "location": location}
    if act.live_seconds:
        return {"location": {**location, "live_period": act.live_seconds}}
    return {"location": {**location, "horizontal_accuracy": 12.5}}


def contact_content(act: acts.SendContact, person_id: int) -> Json:
    card = f"BEGIN:VCARD\nVERSION:3.0\nN:;{act.first_name}\nFN:{act.first_name}\nTEL:{act.phone_number}\nEND:VCARD"
    contact = {"phone_number": act.phone_number, "first_name": act.first_name, "user_id": person_id}
    return {"contact": contact | {"vcard": card}}


def _media(office: Office, act: acts.SendMedia) -> Media:
    if act.content is None:
        return office.drawer.take(DRAWN_AS.get(act.kind, act.kind))
    name = act.file_name or "file"
    return Media(name, act.mime_type or "application/octet-stream", act.content)
