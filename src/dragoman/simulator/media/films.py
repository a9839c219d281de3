"""A short film as WebM: each frame a VP8 key frame, which is what a lossy WebP picture holds inside."""

import struct
from io import BytesIO
from random import Random

from PIL import Image

from dragoman.simulator.media.kinds import Media
from dragoman.simulator.media.pictures import moving_frames

FRAMES, FRAME_MS, SIDE = 20, 100, 240
UNKNOWN_SIZE = b"\x01\xff\xff\xff\xff\xff\xff\xff"


def film(chance: Random) -> Media:
    frames = [_vp8_key_frame(frame) for frame in moving_frames(chance, FRAMES, SIDE)]
    seconds = FRAMES * FRAME_MS // 1000
    return Media("video.webm", "video/webm", _webm(frames), SIDE, SIDE, seconds)


def _vp8_key_frame(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=60, method=0)
    content = out.getvalue()
    start = content.index(b"VP8 ")
    (size,) = struct.unpack_from("<I", content, start + 4)
    return content[start + 8 : start + 8 + size]


def _webm(frames: list[bytes]) -> bytes:
    """The fewest elements a player needs (EBML ids from the Matroska specification)."""
    header = _element(
        0x1A45DFA3,
        _number(0x4286, 1) + _number(0x42F7, 1) + _number(0x42F2, 4) + _number(0x42F3, 8)
        + _element(0x4282, b"webm") + _number(0x4287, 2) + _number(0x4285, 2),
    )  # fmt: skip
    duration = _element(0x4489, struct.pack(">d", float(len(frames) * FRAME_MS)))
    apps = _element(0x4D80, b"simulator") + _element(0x5741, b"simulator")
    info = _element(0x1549A966, _number(0x2AD7B1, 1_000_000) + duration + apps)
    size = _element(0xE0, _number(0xB0, SIDE) + _number(0xBA, SIDE))
    track = _number(0xD7, 1) + _number(0x73C5, 1) + _number(0x83, 1) + _element(0x86, b"V_VP8") + size
    tracks = _element(0x1654AE6B, _element(0xAE, track))
    blocks = b"".join(
        _element(0xA3, b"\x81" + struct.pack(">hB", number * FRAME_MS, 0x80) + frame)
        for number, frame in enumerate(frames)
    )
    cluster = _element(0x1F43B675, _number(0xE7, 0) + blocks)
    return header + b"\x18\x53\x80\x67" + UNKNOWN_SIZE + info + tracks + cluster


def _element(identity: int, content: bytes) -> bytes:
    name = identity.to_bytes((identity.bit_length() + 7) // 8, "big")
    return name + (0x0100000000000000 | len(content)).to_bytes(8, "big") + content


def _number(identity: int, value: int) -> bytes:
    return _element(identity, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))
