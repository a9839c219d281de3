"""A picture from a stranger becomes a picture of ours.

Run as a process of its own, with limits: the picture comes on standard input, the new one goes to standard
output (both plain files), and one line of JSON about it to standard error. Smaller versions go to the open
files whose numbers are given, in the order of SMALLER. What a decoder of ours may have been talked into dies
here, and nothing but pixels gets through: no EXIF, no place, no colour profile.
"""

from __future__ import annotations

import base64
import io
import json
import os
import resource
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from PIL import Image, ImageCms, ImageFile, ImageOps, ImageSequence, JpegImagePlugin

MAX_PIXELS = 50_000_000
MAX_FRAME_PIXELS = 400_000_000  # of all frames of a moving picture together
MAX_FRAMES = 1000

CPU_SECONDS = 20
MEMORY_BYTES = 1536 * 1024 * 1024
OUTPUT_BYTES = 100 * 1024 * 1024

SMALLER = {"small": 640, "large": 1600}  # pixels of the longer side: in a bubble, and filling a screen
PORTRAIT_PIXELS = 192  # a face beside a name: twice what the largest takes on a screen
PORTRAIT = "portrait"  # the argument that asks for one
PORTRAIT_TYPE = "image/webp"
BLUR_PIXELS = 12  # enough to tell sky from grass while the picture is on its way

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")
CLEAR = 255  # the index of the colour that is none
MOVING = ("GIF", "WEBP", "PNG", "AVIF")


class Beyond(Exception):
    """More pixels or frames than we take."""


def main() -> int:
    """Exit code 0: done; 1: no picture that we take; another: it ran into a limit."""
    _limit_this_process()
    try:
        if sys.argv[1:] == [PORTRAIT]:
            about = portray(sys.stdin.buffer, sys.stdout.buffer)
        else:
            smaller = dict(zip(SMALLER, map(_opened, sys.argv[1:]), strict=False))
            about = reencode(sys.stdin.buffer, sys.stdout.buffer, smaller)
    except Exception:  # decoders of broken pictures raise all sorts: whatever it is, this is no picture
        return 1
    sys.stdout.flush()
    print(json.dumps(about), file=sys.stderr)  # noqa: T201 this is how the parent hears of it
    return 0


def _opened(number: str) -> IO[bytes]:
    return os.fdopen(int(number), "wb", closefd=False)


def reencode(source: IO[bytes], target: IO[bytes], smaller: Mapping[str, IO[bytes]]) -> dict[str, Any]:
    """Writes the picture anew; says its type and size in pixels. Raises what Pillow raises, or Beyond."""
    with _opened_picture(source) as picture:
        frames = getattr(picture, "n_frames", 1)
        if frames > 1 and picture.format in MOVING:
            first = _bare(picture.convert("RGBA"))
            return _write_moving(picture, frames, target) | _write_smaller(first, smaller, moves=True)
        pixels = _bare(ImageOps.exif_transpose(_in_srgb(picture)))
        return _write_still(picture, pixels, target) | _write_smaller(pixels, smaller, moves=False)


@contextmanager
def _opened_picture(source: IO[bytes]) -> Iterator[ImageFile.ImageFile]:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(source, formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Beyond
        yield picture


def portray(source: IO[bytes], target: IO[bytes]) -> dict[str, Any]:
    """Writes the middle of the picture as a small square without anything clear in it; raises as ``reencode``."""
    with _opened_picture(source) as picture:
        pixels = _bare(ImageOps.exif_transpose(_in_srgb(picture))).convert("RGBA")
        square = ImageOps.fit(pixels, (PORTRAIT_PIXELS, PORTRAIT_PIXELS), Image.Resampling.LANCZOS)
        ground = Image.new("RGBA", square.size, "white")
        return _write(Image.alpha_composite(ground, square).convert("RGB"), target, "WEBP", quality=80)


def _write_smaller(pixels: Image.Image, files: Mapping[str, IO[bytes]], *, moves: bool) -> dict[str, Any]:
    """Where that saves something; of a moving picture its first frame, for who wants no motion."""
    written = []
    bare = pixels.convert(
        "RGBA" if pixels.mode in ("RGBA", "LA", "PA") or "transparency" in pixels.info else "RGB"
    )
    for name, file in files.items():
        if max(bare.size) > SMALLER[name] or (moves and name == "small"):
            shrunk = bare.copy()
            shrunk.thumbnail((SMALLER[name], SMALLER[name]), Image.Resampling.LANCZOS)
            shrunk.save(file, "WEBP", quality=80)
            file.flush()
            written.append(name)
    return {"smaller": written, "blur": _blurred(bare)}


def _blurred(pixels: Image.Image) -> str:
    tiny = pixels.copy()
    tiny.thumbnail((BLUR_PIXELS, BLUR_PIXELS), Image.Resampling.BOX)
    out = io.BytesIO()
    tiny.save(out, "WEBP", quality=20)
    return base64.b64encode(out.getvalue()).decode()


def _write_still(picture: ImageFile.ImageFile, pixels: Image.Image, target: IO[bytes]) -> dict[str, Any]:
    match picture.format:
        case "JPEG" | "MPO":
            return _write(
                pixels if pixels.mode == "L" else pixels.convert("RGB"), target, "JPEG", **_jpeg(picture)
            )
        case "WEBP" | "AVIF":
            return _write(pixels, target, "WEBP", quality=90)
        case _:
            return _write(pixels, target, "PNG")


def _jpeg(picture: ImageFile.ImageFile) -> dict[str, Any]:
    """As coarse as it came: finer would only make it larger, coarser would show."""
    sampling = JpegImagePlugin.get_sampling(picture)
    if picture.mode not in ("RGB", "L") or sampling < 0:
        return {"quality": 90}
    tables: dict[int, list[int]] = getattr(picture, "quantization", {})
    return {"qtables": tables, "subsampling": sampling} if tables else {"quality": 90}


def _write_moving(picture: ImageFile.ImageFile, count: int, target: IO[bytes]) -> dict[str, Any]:
    """A GIF stays one, since networks take those; others become WebP."""
    if count > MAX_FRAMES or count * picture.width * picture.height > MAX_FRAME_PIXELS:
        raise Beyond
    options: dict[str, Any] = {"save_all": True, "duration": _milliseconds(picture)}
    if "loop" in picture.info:
        options["loop"] = picture.info["loop"]
    frames = (_bare(frame.convert("RGBA")) for frame in ImageSequence.Iterator(picture))
    if picture.format == "GIF":
        indexed = map(_indexed, frames)
        # Each frame whole: one laid over the one before would leave traces where a picture is clear.
        options |= {"disposal": 2, "transparency": CLEAR}
        return _write(next(indexed), target, "GIF", append_images=indexed, **options)
    return _write(next(frames), target, "WEBP", append_images=frames, quality=85, method=2, **options)


def _milliseconds(picture: ImageFile.ImageFile) -> list[int]:
    """Of each frame, which some decoders only know once they have unpacked it."""
    durations = []
    for frame in ImageSequence.Iterator(picture):
        frame.load()
        durations.append(int(frame.info.get("duration", 100)))
    return durations


def _indexed(frame: Image.Image) -> Image.Image:
    """255 colours and one that is clear: left alone, Pillow gives a clear colour only where the first frame has one."""
    indexed = frame.convert("RGB").quantize(CLEAR)
    indexed.paste(CLEAR, mask=frame.getchannel("A").point(lambda alpha: 255 if alpha < 128 else 0))
    indexed.info["transparency"] = CLEAR
    return indexed


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as screens expect them, since the profile that explains them does not come along."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    try:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile: the colours are taken as they are
    return picture if converted is None else converted


def _bare(picture: Image.Image) -> Image.Image:
    """Its pixels and what is clear in them; everything else that it carried stays behind."""
    bare = picture.copy()
    bare.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    return bare


def _write(pixels: Image.Image, target: IO[bytes], kind: str, **options: Any) -> dict[str, Any]:
    pixels.save(target, kind, **options)
    return {
        "mime_type": f"image/{kind.lower()}",
        "width": pixels.width,
        "height": pixels.height,
        "moves": "save_all" in options,
    }


def _limit_this_process() -> None:
    os.nice(5)
    for limit, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    sys.exit(main())
