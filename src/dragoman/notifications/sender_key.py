"""The key pair by which push services know this installation: made when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from dragoman.access.sealing import INSTALLATION, PUSH_KEY, Sealer
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.notifications.encryption import CURVE, point_of

NAME = "push"


@dataclass(frozen=True, slots=True)
class Stored:
    public_key: bytes
    private_key: bytes = field(repr=False)
    private_key_key: str = ""


async def public_key(database: Database, sealer: Sealer) -> bytes:
    """What browsers are told of."""
    return (await _stored(database, sealer)).public_key


async def private_key(database: Database, sealer: Sealer) -> ec.EllipticCurvePrivateKey:
    """What signs. Raises CannotOpen where the master key is missing."""
    stored = await _stored(database, sealer)
    der = sealer.open(stored.private_key, stored.private_key_key, workspace=INSTALLATION, column=PUSH_KEY)
    key = load_der_private_key(der, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


async def _stored(database: Database, sealer: Sealer) -> Stored:
    async with database.transaction(installation_key=NAME) as tx:
        found = await _find(tx)
        if found is None:
            await _make(tx, sealer)
            found = await _find(tx)
        assert found is not None
        return found


async def _find(tx: Transaction) -> Stored | None:
    return await tx.one(
        Stored,
        "select public_key, private_key, private_key_key from installation_keys where name = %(name)s",
        {"name": NAME},
    )


async def _make(tx: Transaction, sealer: Sealer) -> None:
    """Two processes may come here at once: the first one's key is the key."""
    key = ec.generate_private_key(CURVE)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    sealed, key_id = sealer.seal(der, workspace=INSTALLATION, column=PUSH_KEY)
    await tx.execute(
        """
        insert into installation_keys (name, public_key, private_key, private_key_key, created_at)
        values (%(name)s, %(public)s, %(sealed)s, %(key)s, %(at)s) on conflict (name) do nothing""",
        {"name": NAME, "public": point_of(key.public_key()), "sealed": sealed, "key": key_id, "at": now()},
    )
