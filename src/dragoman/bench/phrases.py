"""What customers say, in pieces and in the scripts of the world: put together, they make texts to search in."""

from __future__ import annotations

from random import Random

BEGINNINGS = (
    "hello is the", "could you tell me whether the", "Guten Tag, passt die", "Dzień dobry, czy jest",
    "¿Tienen todavía el", "Bonjour, je cherche le", "Здравствуйте, есть ли", "안녕하세요 혹시", "您好，請問還有",
    "你好，想问一下", "こんにちは、あの", "مرحبا هل يوجد", "שלום, האם יש", "สวัสดีค่ะ มี", "Xin chào, còn",
    "Merhaba, acaba",
)  # fmt: skip
THINGS = (
    "grinder", "portafilter", "gasket for the old model", "Dampfdüse", "młynek", "molinillo", "filtre",
    "кофемашина", "그라인더", "磨豆機", "咖啡机", "グラインダー", "مطحنة القهوة", "מטחנת קפה",
    "เครื่องบดกาแฟ", "máy xay", "öğütücü", "220 V one",
)  # fmt: skip
ENDS = (
    "in black?", "still available", "for two cups", "noch lieferbar?", "na stanie?", "en negro?", "en stock ?",
    "в наличии?", "재고 있나요", "現貨嗎", "有现货吗", "はありますか", "متوفر باللون الأسود", "במלאי?",
    "สีดำไหมคะ", "không ạ", "var mı", "thank you",
)  # fmt: skip
FIRST_NAMES = (
    "Maria", "Jonas", "Agnieszka", "José", "Chloé", "Иван", "민준", "志明", "伟", "さくら", "محمد", "נועה",
    "สมชาย", "Linh", "Ayşe",
)  # fmt: skip
LAST_NAMES = (
    "Lindqvist", "Øvergård", "Wójcik", "García", "김", "陳", "田中", "الحسن", "לוי", "Nguyễn", "Yılmaz",
)  # fmt: skip


def phrases(how_many: int, seed: int) -> list[str]:
    """Different pieces of text, some words in most of them and many in few."""
    chance = Random(seed)  # noqa: S311 the same texts every time, no secret
    return [
        f"{chance.choice(BEGINNINGS)} {chance.choice(THINGS)} {_word(chance)} {chance.choice(ENDS)}"
        for _ in range(how_many)
    ]


def _word(chance: Random) -> str:
    """One of some thousands that nobody says often."""
    return "".join(chance.choice(SYLLABLES) for _ in range(3))


SYLLABLES = ("ba", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "xa", "ze", "do", "fi", "gu", "ho")
