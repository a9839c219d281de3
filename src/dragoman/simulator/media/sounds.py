"""Voice notes: an Ogg Opus of silence, and a WAV with a tone, both written here byte by byte."""

import math
import struct
import wave
from array import array
from io import BytesIO
from random import Random

from dragoman.simulator.media.kinds import Media

# RFC 6716: 0xF8 is "CELT, full band, 20 ms, mono, one frame"; 0xFF 0xFE is the shortest silent frame.
SILENT_20_MS = b"\xf8\xff\xfe"
SAMPLES_IN_20_MS = 960
PACKETS_PER_PAGE = 50
FIRST_PAGE, LAST_PAGE = 0x02, 0x04
OGG_POLYNOMIAL = 0x04C11DB7


def voice(chance: Random) -> Media:
    """An Ogg Opus file (RFC 7845) of a few silent seconds."""
    seconds = chance.randrange(2, 9)
    return Media("voice.ogg", "audio/ogg", ogg_opus(seconds), duration_seconds=seconds)


def audio(chance: Random) -> Media:
    """A WAV with a fading tone: the noise that the machine makes."""
    seconds, pitch = chance.randrange(1, 4), chance.randrange(180, 420)
    return Media("noise.wav", "audio/wav", wav(seconds, pitch), duration_seconds=seconds)


def wav(seconds: int, pitch: int, rate: int = 8000) -> bytes:
    samples = array(
        "h",
        (
            int(9000 * math.sin(2 * math.pi * pitch * at / rate) * (1 - at / (seconds * rate)))
            for at in range(seconds * rate)
        ),
    )
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def ogg_opus(seconds: int) -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    vendor = b"simulator"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", 0)
    pages = [_page([head], 0, FIRST_PAGE, 0), _page([tags], 0, 0, 1)]
    packets = seconds * 50
    for done in range(0, packets, PACKETS_PER_PAGE):
        count = min(PACKETS_PER_PAGE, packets - done)
        flag = LAST_PAGE if done + count == packets else 0
        position = (done + count) * SAMPLES_IN_20_MS
        pages.append(_page([SILENT_20_MS] * count, position, flag, len(pages)))
    return b"".join(pages)


def _page(packets: list[bytes], position: int, flag: int, number: int) -> bytes:
    """One Ogg page (RFC 3533) of packets shorter than 255 bytes each."""
    sizes = bytes(len(packet) for packet in packets)
    before = b"OggS" + struct.pack("<BBqII", 0, flag, position, 1, number)
    after = struct.pack("<B", len(sizes)) + sizes + b"".join(packets)
    checksum = _ogg_checksum(before + b"\0\0\0\0" + after)
    return before + struct.pack("<I", checksum) + after


def _ogg_checksum(content: bytes) -> int:
    """Ogg's own CRC-32: not reflected, starts at 0, no final inversion."""
    register = 0
    for byte in content:
        register = ((register << 8) & 0xFFFFFFFF) ^ _CRC_TABLE[(register >> 24) ^ byte]
    return register


def _crc_of_byte(byte: int) -> int:
    register = byte << 24
    for _ in range(8):
        register = ((register << 1) ^ OGG_POLYNOMIAL if register & 0x80000000 else register << 1) & 0xFFFFFFFF
    return register


_CRC_TABLE = [_crc_of_byte(byte) for byte in range(256)]
