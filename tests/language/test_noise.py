import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.noise import Verdict, fragment_class, judge
from tests.language import samples

BY_CLASS = {
    "closer": samples.CLOSERS,
    "emoji_only": samples.EMOJI_ONLY,
    "punctuation": samples.PUNCTUATION,
    "empty": samples.EMPTY,
    "reaction": samples.REACTIONS,
    None: samples.SUBSTANTIVE,
}
NOISE = st.sampled_from([text for class_, texts in BY_CLASS.items() if class_ for text in texts])
ANY_TEXT = st.text(max_size=80) | st.text("()[]:;'\"<>^_-=8DxXTohaHkwㅋ哈はะ5😂\ufe0f\u200d ", max_size=80)
ENDLESS = (
    *(
        "ha" * 5_000,
        "o" * 9_999,
        ")" * 999,
        "(" * 999,
        "<" * 9_999,
        '"' * 9_999,
        " " * 9_999 + "x",
        "\u0301" * 999,
    ),
    *("Liked " + '"' * 900, "thanks " * 900, "谢" * 999, "ㅋ" * 999, "=)" * 499, "*" + "_" * 900, "ﷺ" * 999),
)


@pytest.mark.parametrize(
    ("class_", "text"), [(class_, text) for class_, texts in BY_CLASS.items() for text in texts]
)
def test_a_text_is_of_this_class_of_noise_or_of_none(class_: str | None, text: str) -> None:
    assert fragment_class("text", text) == class_


@pytest.mark.parametrize("text", samples.STORY_REACTIONS)
def test_two_words_about_a_story_are_noise(text: str) -> None:
    assert fragment_class("story_reply", text) == "story_reaction"


@pytest.mark.parametrize("text", samples.SUBSTANTIVE_TO_STORIES)
def test_a_question_or_a_complaint_about_a_story_is_none_however_short(text: str) -> None:
    assert fragment_class("story_reply", text) is None


@pytest.mark.parametrize("kind", ["sticker", "story_mention", "reaction"])
def test_some_kinds_are_noise_whatever_stands_in_them(kind: str) -> None:
    assert fragment_class(kind, None) == kind
    assert fragment_class(kind, "😡") == kind


@pytest.mark.parametrize("kind", ["photo", "voice", "file", "location", "something new"])
def test_all_other_kinds_say_something(kind: str) -> None:
    assert fragment_class(kind, None) is None
    assert fragment_class(kind, "👍") is None


def test_thanks_may_have_seven_words_and_no_more() -> None:
    assert fragment_class("text", "ok thanks thanks ok great thanks bye") == "closer"
    assert fragment_class("text", "ok thanks thanks ok great thanks bye bye") is None


def test_an_emoji_belongs_to_the_turn_in_which_something_was_said() -> None:
    assert not judge("text", "😉", turn=["where is it"]).shelve
    assert not judge("sticker", None, turn=["👍", "where is it"]).shelve
    assert judge("text", "😉", turn=["👍", "thanks"]).shelve


def test_what_may_answer_our_question_is_never_shelved() -> None:
    for kind, text in [("text", "👍"), ("text", "ok"), ("sticker", None), ("reaction", "❤"), ("text", "…")]:
        assert not judge(kind, text, we_asked=True).shelve
    assert judge("text", "ok", we_asked=True).class_ == "substantive"
    assert judge("story_mention", None, we_asked=True) == judge("story_mention", None)


def test_noise_is_shelved_wherever_the_conversation_stands_and_says_where_it_went() -> None:
    told = [judge("text", "감사합니다 🙏", conversation=status) for status in ("none", "open", "closed")]

    assert {(verdict.class_, verdict.shelve) for verdict in told} == {("closer", True)}
    assert len({verdict.why for verdict in told}) == 3


@given(NOISE, st.sampled_from(samples.SUBSTANTIVE), st.booleans())
def test_with_something_to_say_in_its_turn_nothing_is_shelved(noise: str, said: str, asked: bool) -> None:
    assert not judge("text", noise, turn=[noise, said], we_asked=asked).shelve


@given(ANY_TEXT, st.sampled_from(["text", "story_reply"]))
def test_an_emoji_at_the_end_makes_no_noise_of_what_says_something(text: str, kind: str) -> None:
    if fragment_class(kind, text) is None:
        assert fragment_class(kind, text + "👍") is None


@given(
    ANY_TEXT, st.sampled_from(["text", "story_reply", "sticker", "voice", ""]), st.lists(ANY_TEXT, max_size=2)
)
def test_every_text_has_a_verdict(text: str, kind: str, turn: list[str]) -> None:
    assert isinstance(judge(kind, text, turn=turn), Verdict)


@given(st.text(st.characters(codec=None, categories=("Cs", "Cn", "Co", "Cf", "Mn", "So")), max_size=20))
def test_what_is_no_text_at_all_has_one_too(text: str) -> None:
    assert isinstance(judge("text", text), Verdict)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: repr(text[:6]))
def test_no_text_takes_for_ever(text: str) -> None:
    fragment_class("text", text)
