"""What was written before a number was connected, handed over by the app on the phone."""

from dragoman.simulator.whatsapp.events import tell
from dragoman.simulator.whatsapp.model import Chat, Json
from dragoman.simulator.whatsapp.office import Office


def hand_over_past(office: Office, chat: Chat, texts: list[str], hours_ago: float) -> list[str]:
    """By turns theirs and ours, a minute apart, the customer first."""
    network = office.network
    person, number = network.people[chat.person_id], network.numbers[chat.number_id]
    ours = number.display.lstrip("+").replace(" ", "")
    began = network.now() - int(hours_ago * 3600)
    messages: list[Json] = []
    for nth, text in enumerate(texts):
        ends = {"from": person.phone} if nth % 2 == 0 else {"from": ours, "to": person.phone}
        messages.append(
            {
                **ends,
                "id": network.new_wamid(),
                "timestamp": str(began + 60 * nth),
                "type": "text",
                "text": {"body": text},
                "history_context": {"status": "READ"},
            }
        )
    chunk: Json = {
        "metadata": {"phase": 0, "chunk_order": 1, "progress": 100},
        "threads": [{"id": person.phone, "messages": messages}],
    }
    tell(office, chat, "history", "history", chunk, [])
    return [str(message["id"]) for message in messages]
