"""Secrets at rest, and the master keys that seal them."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from dragoman.access.keys import MasterKey, add_key, master_keys, read_keys
from dragoman.access.rotation import reseal_everything
from dragoman.access.sealing import CONNECTION_SECRETS, CannotOpen, Sealer
from dragoman.config import Settings
from dragoman.errors import OperatorError
from dragoman.services import Services
from tests.house import House

HERE, ELSEWHERE = uuid4(), uuid4()
COLUMN = CONNECTION_SECRETS


def sealer_with(*keys: MasterKey) -> Sealer:
    return Sealer(keys)


def test_what_was_sealed_opens_in_its_place_and_nowhere_else() -> None:
    sealer = sealer_with(MasterKey.fresh())

    sealed, key_id = sealer.seal(b"token", workspace=HERE, column=COLUMN)

    assert sealer.open(sealed, key_id, workspace=HERE, column=COLUMN) == b"token"
    with pytest.raises(CannotOpen):
        sealer.open(sealed, key_id, workspace=ELSEWHERE, column=COLUMN)
    with pytest.raises(CannotOpen):
        sealer.open(sealed, key_id, workspace=HERE, column="another.column")


def test_the_same_secret_never_looks_the_same_twice() -> None:
    sealer = sealer_with(MasterKey.fresh())

    one, _ = sealer.seal(b"token", workspace=HERE, column=COLUMN)
    two, _ = sealer.seal(b"token", workspace=HERE, column=COLUMN)

    assert one != two
    assert b"token" not in one


@pytest.mark.parametrize(
    "damage", [lambda s: s[:-1], lambda s: s[:-1] + bytes([s[-1] ^ 1]), lambda _: b"", lambda s: s[:5]]
)
def test_a_damaged_secret_does_not_open(damage: Callable[[bytes], bytes]) -> None:
    sealer = sealer_with(MasterKey.fresh())
    sealed, key_id = sealer.seal(b"token", workspace=HERE, column=COLUMN)

    with pytest.raises(CannotOpen):
        sealer.open(damage(sealed), key_id, workspace=HERE, column=COLUMN)


def test_the_first_key_seals_and_all_of_them_open() -> None:
    old, new = MasterKey.fresh(), MasterKey.fresh()
    sealed, key_id = sealer_with(old).seal(b"token", workspace=HERE, column=COLUMN)

    both = sealer_with(new, old)

    assert both.open(sealed, key_id, workspace=HERE, column=COLUMN) == b"token"
    assert both.seal(b"token", workspace=HERE, column=COLUMN)[1] == new.key_id
    with pytest.raises(CannotOpen, match=old.key_id):
        sealer_with(new).open(sealed, key_id, workspace=HERE, column=COLUMN)


def test_keys_for_two_purposes_have_nothing_in_common() -> None:
    sealer = sealer_with(MasterKey.fresh(), MasterKey.fresh())

    assert len({*sealer.derived_keys("links"), *sealer.derived_keys("attempts")}) == 4


def test_a_key_shows_itself_to_nobody() -> None:
    key = MasterKey.fresh()

    assert base64.b64encode(key.secret).decode() not in repr(key)
    assert repr(key.secret) not in repr(key)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "holds no key"),
        ("k7", "no key"),
        ("k1:c2hvcnQ=", "no key"),
        ("k1:" + "!" * 44, "no key"),
        ("a b:" + "A" * 43 + "=", "no key"),
        (":" + "A" * 43 + "=", "no key"),
        (f"k1:{'A' * 43}=,k1:{'B' * 42}A=", "same id"),
    ],
)
def test_a_wrong_key_is_one_sentence_that_does_not_repeat_it(written: str, says: str) -> None:
    with pytest.raises(OperatorError, match=says) as wrong:
        read_keys(written, called="DRAGOMAN_KEY")

    assert str(wrong.value).startswith("DRAGOMAN_KEY")
    assert not written or written not in str(wrong.value)


def test_keys_are_read_with_commas_or_line_ends_between_them() -> None:
    one, two = MasterKey.fresh(), MasterKey.fresh()

    assert read_keys(f"{one},{two}", called="x") == read_keys(f"{one}\n{two}\n", called="x") == (one, two)


def test_the_first_start_makes_a_key_file_for_the_owner_alone(settings: Settings) -> None:
    made = master_keys(settings)

    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert settings.key_file.parent.stat().st_mode & 0o077 == 0
    assert master_keys(settings) == made


async def test_of_many_first_starts_at_once_one_makes_the_key(settings: Settings) -> None:
    keys = await asyncio.gather(*(asyncio.to_thread(master_keys, settings) for _ in range(20)))

    assert len(set(keys)) == 1
    assert [path.name for path in settings.key_file.parent.iterdir()] == [settings.key_file.name]


def test_a_key_file_that_others_can_read_is_refused_with_what_to_do(settings: Settings) -> None:
    master_keys(settings)
    settings.key_file.chmod(0o640)

    with pytest.raises(OperatorError, match="chmod 600"):
        master_keys(settings)


def test_a_key_file_that_cannot_be_made_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OperatorError, match="DRAGOMAN_KEY_FILE"):
        master_keys(replace(settings, key_file=tmp_path / "file" / "master.key"))


def test_the_setting_wins_over_the_file_and_makes_none(settings: Settings) -> None:
    key = MasterKey.fresh()

    assert master_keys(replace(settings, key=str(key))) == (key,)
    assert not settings.key_file.exists()


async def test_rotation_seals_everything_anew_while_others_go_on_reading(house: House) -> None:
    services, settings = house.services, house.services.settings
    workspace = await house.a_workspace()
    channel = await house.a_channel(workspace)
    await _an_attachment(house, workspace, channel)
    old = services.sealer.key_id

    new = add_key(settings.key_file)
    done = await reseal_everything(services.database, Sealer.from_settings(settings))
    client = await services.clients.of(workspace, channel)  # of a process that started with the old key
    await client.aclose()

    assert (done.resealed, done.missing_keys) == (2, frozenset())
    keys = await house.as_owner(
        "select secrets_key from connections union select source_key from attachments"
    )
    assert keys == [(new.key_id,)]
    assert old in settings.key_file.read_text()  # backups need it still
    assert (await reseal_everything(services.database, Sealer.from_settings(settings))).resealed == 0


async def test_rotation_names_the_keys_that_are_missing_and_seals_the_rest(house: House) -> None:
    workspace = await house.a_workspace()
    await house.a_channel(workspace)
    lost = House(Services.over(house.services.database, _with_another_key(house.services.settings)), "")
    await lost.a_channel(workspace, account="2")
    new = add_key(house.services.settings.key_file)

    done = await reseal_everything(house.services.database, Sealer.from_settings(house.services.settings))

    assert (done.resealed, done.missing_keys) == (1, frozenset({lost.services.sealer.key_id}))
    assert (new.key_id,) in await house.as_owner("select secrets_key from connections")


async def test_more_rows_than_one_batch_are_all_sealed_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.access.rotation.ROWS_AT_ONCE", 2)
    workspace = await house.a_workspace()
    for number in range(5):
        await house.a_channel(workspace, account=str(number))
    add_key(house.services.settings.key_file)

    done = await reseal_everything(house.services.database, Sealer.from_settings(house.services.settings))

    assert done.resealed == 5


def _with_another_key(settings: Settings) -> Settings:
    return replace(settings, key=str(MasterKey.fresh()))


async def _an_attachment(house: House, workspace: UUID, channel: UUID) -> None:
    sealed, key_id = house.services.sealer.seal(
        b'{"file_id": "1"}',
        workspace=workspace,
        column="attachments.source",
    )
    await house.as_owner(
        """insert into attachments (workspace_id, attachment_id, channel_id, kind, source, source_key, state,
                                    created_at)
           values (%(w)s, %(c)s, %(c)s, 'image', %(s)s, %(k)s, 'waiting', now())""",
        w=workspace, c=channel, s=sealed, k=key_id,
    )  # fmt: skip
