from dragoman.language.changing import Known, settled_language, words_in
from dragoman.language.detecting import Detected

POLISH = Known("pl", 0.97)


def test_the_first_language_found_is_known() -> None:
    assert settled_language(None, Detected("pl", 0.95), 2) == Known("pl", 0.95)
    assert settled_language(None, Detected(None, 0.6, "pl"), 2) == Known(None, 0.6, probably="pl")


def test_it_changes_only_with_near_certainty_on_four_new_words() -> None:
    assert settled_language(POLISH, Detected("en", 0.99), 4) == Known("en", 0.99)
    assert settled_language(POLISH, Detected("en", 0.97), 20) == POLISH
    assert settled_language(POLISH, Detected("en", 1.0), 3) == POLISH
    assert settled_language(POLISH, Detected(None, 0.5, "en"), 9) == POLISH


def test_what_a_member_said_is_final() -> None:
    said = Known("pl", 1.0, said_by_member=True)
    nobody_knows = Known(None, 1.0, said_by_member=True)

    assert settled_language(said, Detected("en", 1.0), 50) == said
    assert settled_language(nobody_knows, Detected("en", 1.0), 50) == nobody_knows


def test_chinese_that_may_be_either_becomes_one_and_never_goes_back() -> None:
    either = settled_language(None, Detected("zh", 0.99), 1)
    traditional = settled_language(either, Detected("zh-Hant", 0.99), 1)

    assert traditional.language == "zh-Hant"
    assert settled_language(traditional, Detected("zh", 0.99), 9) == traditional


def test_the_same_language_again_makes_it_surer() -> None:
    assert settled_language(POLISH, Detected("pl", 0.99), 1) == Known("pl", 0.99)


def test_words_are_counted_in_any_script() -> None:
    assert words_in(["my order 1234", "👍 https://a.b"]) == 2
    assert words_in(["언제 배송되나요"]) >= 3
