"""Messages that only one browser can read, on their way through somebody else's push service.

RFC 8291 (Message Encryption for Web Push) over RFC 8188 (Encrypted Content-Encoding), with one record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT_BYTES = 65
SECRET_BYTES = 16
SALT_BYTES = 16
RECORD_BYTES = 4096  # what every push service takes (RFC 8030, section 7.2)
LAST_RECORD = b"\x02"
MOST_BYTES = RECORD_BYTES - SALT_BYTES - 4 - 1 - POINT_BYTES - len(LAST_RECORD) - 16


@dataclass(frozen=True, slots=True)
class BrowserKeys:
    """What a browser gave us: its public key and a secret shared with it."""

    public: bytes
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Raises ValueError where these are no such keys."""
        if len(self.secret) != SECRET_BYTES or len(self.public) != POINT_BYTES:
            raise ValueError("these are not the keys of a browser")
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, self.public)


def encrypted(
    message: bytes, keys: BrowserKeys, *, salt: bytes, ours: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The body of a push: header and one record. ``salt`` and the key of ours are used once."""
    if len(message) > MOST_BYTES:
        raise ValueError(f"a push carries {MOST_BYTES} bytes")
    ours = ours or ec.generate_private_key(CURVE)
    our_point = point_of(ours.public_key())
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, keys.public))
    input_key = _derived(shared, keys.secret, b"WebPush: info\x00" + keys.public + our_point, 32)
    content_key = _derived(input_key, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(input_key, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD_BYTES.to_bytes(4) + bytes([len(our_point)]) + our_point
    return header + AESGCM(content_key).encrypt(nonce, message + LAST_RECORD, None)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as browsers write it: 65 bytes, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=salt, info=info).derive(secret)
