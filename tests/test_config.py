import ipaddress
from pathlib import Path

import pytest

from dragoman.config import Settings, settings_table
from dragoman.errors import OperatorError


def test_an_empty_environment_gives_an_installation_of_its_own() -> None:
    settings = Settings.from_environment({})

    assert settings.database_url is None
    assert settings.listening_url == "http://127.0.0.1:8088"
    assert settings.own_url == settings.listening_url
    assert not settings.key_file.is_relative_to(settings.data)


def test_what_is_set_is_read_in_its_own_type() -> None:
    settings = Settings.from_environment(
        {
            "DATABASE_URL": "postgresql://dragoman@db.example.com/inbox",
            "DRAGOMAN_DATA": "/srv/inbox",
            "PUBLIC_URL": "https://inbox.example.com/",
            "DRAGOMAN_PORT": "9000",
            "DRAGOMAN_TRUSTED_PROXIES": "10.0.0.0/8, 2001:db8::/32",
            "DRAGOMAN_ALLOW_HOSTS": "127.0.0.1:8090,[::1]:8090",
        }
    )

    assert settings.database_url == "postgresql://dragoman@db.example.com/inbox"
    assert settings.data == Path("/srv/inbox")
    assert settings.own_url == "https://inbox.example.com"
    assert settings.port == 9000
    assert ipaddress.ip_network("10.0.0.0/8") in settings.trusted_proxies
    assert settings.allow_hosts == {("127.0.0.1", 8090), ("::1", 8090)}


def test_a_setting_that_is_set_to_nothing_counts_as_not_set() -> None:
    assert Settings.from_environment({"DRAGOMAN_PORT": " ", "PUBLIC_URL": ""}) == Settings.from_environment(
        {}
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DRAGOMAN_PORT", "0"),
        ("DRAGOMAN_PORT", "65536"),
        ("DRAGOMAN_PORT", "٨٠٨٨"),
        ("DRAGOMAN_BIND", "inbox.example.com"),
        ("PUBLIC_URL", "inbox.example.com"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://inbox.example.com:notaport"),
        ("PUBLIC_URL", "https://user@inbox.example.com"),
        ("DATABASE_URL", "mysql://db/inbox"),
        ("DRAGOMAN_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("DRAGOMAN_ALLOW_HOSTS", "127.0.0.1"),
        ("DRAGOMAN_ALLOW_HOSTS", ":80"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(OperatorError) as told:
        Settings.from_environment({variable: value})

    sentence = str(told.value)
    assert sentence.startswith(f"{variable} must ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_wrong_value_is_not_repeated_as_it_may_be_a_secret() -> None:
    with pytest.raises(OperatorError) as told:
        Settings.from_environment({"DATABASE_URL": "mysql://u:hush@db/inbox"})

    assert "hush" not in str(told.value)


def test_a_key_inside_the_data_folder_is_refused() -> None:
    with pytest.raises(OperatorError, match="DRAGOMAN_KEY_FILE"):
        Settings.from_environment(
            {"DRAGOMAN_DATA": "/srv/inbox", "DRAGOMAN_KEY_FILE": "/srv/inbox/../inbox/key"}
        )


def test_settings_show_no_secret_when_they_are_printed() -> None:
    settings = Settings.from_environment(
        {"DRAGOMAN_KEY": "hush-key", "DATABASE_URL": "postgresql://u:hush-word@db/inbox"}
    )

    assert "hush" not in repr(settings)


def test_the_table_of_settings_in_the_documentation_is_the_one_the_code_prints() -> None:
    document = Path(__file__).parent.parent / "docs" / "operating.md"

    assert settings_table() in document.read_text(encoding="utf-8")
