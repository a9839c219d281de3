import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.questions import LONGEST, MOST, is_question, questions_in
from tests.language import samples

PIECES = st.text("a? ？؟か吗.!…;\n😂ли mi wie", max_size=60)


@pytest.mark.parametrize("text", samples.QUESTIONS)
def test_a_mark_or_an_ending_makes_a_question(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", samples.NO_QUESTIONS)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not is_question(text)


def test_the_questions_of_a_turn_are_found_in_their_order() -> None:
    assert questions_in(["hi", "what size is it?", "and the colour?", "220 V?"]) == (
        "what size is it?",
        "and the colour?",
        "220 V?",
    )


def test_the_greeting_before_a_question_is_left_out() -> None:
    assert questions_in(["Hello, do you ship to Norway?"]) == ("do you ship to Norway?",)
    assert questions_in(["안녕하세요 혹시 재고 있나요? 얼마예요"]) == ("혹시 재고 있나요?", "얼마예요")


@pytest.mark.parametrize(
    "text",
    [
        "wann kommt meine Bestellung",
        "ile kosztuje wysyłka",
        "cuánto cuesta el envío",
        "сколько стоит доставка",
        "combien ça coûte",
        "quanto costa",
        "quanto custa",
        "hoeveel kost het",
        "kolik to stojí",
        "vad kostar den",
        "hvor mye koster den",
        "paljonko tämä maksaa",
        "ne zaman gelir",
        "скільки коштує",
        "كم السعر",
        "כמה זה עולה",
        "قیمتش چنده",
        "कितने का है",
        "ราคาเท่าไหร่คะ",
        "giá bao nhiêu",
        "berapa harganya",
        "いくらですか",
        "얼마예요",
        "多少钱",
        "how much is it",
    ],
)
def test_how_much_is_understood_without_a_mark(text: str) -> None:
    assert questions_in([text]) == (text,)


def test_marks_that_come_late_belong_to_the_fragment_before() -> None:
    assert questions_in(["is it in stock", "??"]) == ("is it in stock??",)
    assert questions_in(["???"]) == ()


def test_a_question_asked_twice_stands_once() -> None:
    assert questions_in(["Size?", "size ?"]) == ("Size?",)


def test_statements_addresses_and_numbers_are_no_questions() -> None:
    assert (
        questions_in(["I like it. See https://shop.example/?size=1 and www.shop.de?x=1", "220.5 V", "1;2"])
        == ()
    )


def test_there_are_six_at_most_and_each_is_short() -> None:
    found = questions_in(["a? b? c? d? e? f? g?"])
    long = questions_in(["x " * 500 + "?"])

    assert found == ("a?", "b?", "c?", "d?", "e?", "f?")
    assert len(long[0]) <= LONGEST
    assert long[0].endswith("…")


@given(st.lists(PIECES | st.text(max_size=40), max_size=4))
def test_questions_are_found_in_any_text(texts: list[str]) -> None:
    found = questions_in(texts)

    assert len(found) <= MOST
    assert all(0 < len(question) <= LONGEST for question in found)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["; " * 9_000, "a.b" * 9_000, ". " * 9_000, "and " * 9_000, "hi " * 9_000, "?" * 9_000]
)
def test_no_text_takes_for_ever(text: str) -> None:
    questions_in([text])
    is_question(text)
