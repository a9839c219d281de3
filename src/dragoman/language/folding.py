"""Words without case, width, accents and points, so that "dziekuje" is found where "dziękuję" is listed. Pure."""

from __future__ import annotations

import unicodedata

import regex


def folded(text: str) -> str:
    """``text`` as word lists are read and asked. Indic and Thai signs and the marks of Kana stay."""
    if text.isascii():
        return text.lower().replace("'", "")
    apart = unicodedata.normalize("NFD", _compatible(text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart).translate(_PLAIN))


def _compatible(text: str) -> str:
    """Wide, narrow, ligated and decorated letters as plain ones; single letters of Hangul (ㅋㅋ) as they are."""
    return "".join(
        piece if "\u3130" < piece[0] < "\u3190" else unicodedata.normalize("NFKC", piece)
        for piece in _BY_SINGLE_HANGUL.findall(text)
    )


_BY_SINGLE_HANGUL = regex.compile("[\u3131-\u318f]+|[^\u3131-\u318f]+")

# Accents of Latin, Greek and Cyrillic; points of Hebrew and Arabic, and Arabic's lengthening stroke; joiners.
_ACCENTS = regex.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u00ad]+"
)

_PLAIN = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "'": "", "’": "", "ʼ": "", "`": "", "´": "", "‘": "",
    }
)  # fmt: skip
