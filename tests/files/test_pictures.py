"""Pictures from strangers become pictures of ours."""

import asyncio
import base64
import io
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageCms

from dragoman.files import pictures, reencode
from dragoman.files.pictures import Picture, portrait, reencoded


async def through(content: bytes) -> tuple[Picture | None, bytes]:
    """The picture without its blur, which has a test of its own."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(content)
        source.flush()
        picture = await reencoded(source, target)
        return picture and msgspec.structs.replace(picture, blur=None), target.read()


async def shrunk(content: bytes) -> tuple[Picture, dict[str, bytes]]:
    """The picture, and its smaller versions as far as there are any."""
    with ExitStack() as files:
        source, target, small, large = (files.enter_context(tempfile.TemporaryFile()) for _ in range(4))
        source.write(content)
        source.flush()
        picture = await reencoded(source, target, {"small": small, "large": large})
        assert picture is not None
        versions = {"small": small, "large": large}
        for version in versions.values():
            version.seek(0)
        return picture, {name: file.read() for name, file in versions.items() if name in picture.smaller}


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def gradient(width: int = 64, height: int = 32) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


async def test_a_photo_loses_its_place_and_camera_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "a camera"
    exif.get_ifd(0x8825)[2] = (52.0, 13.0, 24.0)  # where it was taken
    content = encoded(gradient(64, 32), "JPEG", exif=exif, comment=b"a remark")

    picture, written = await through(content)

    assert picture == Picture("image/jpeg", 32, 64, moves=False)
    assert opened(written).size == (32, 64)
    assert not opened(written).getexif()
    assert b"a camera" not in written
    assert b"a remark" not in written


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/webp"),
        ("GIF", "image/png"),
        ("BMP", "image/png"),
        ("TIFF", "image/png"),
    ],
)
async def test_a_still_picture_of_any_kind_becomes_one_that_every_browser_shows(
    kind: str, becomes: str
) -> None:
    picture, written = await through(encoded(gradient(), kind))

    assert picture == Picture(becomes, 64, 32, moves=False)
    assert opened(written).get_format_mimetype() == becomes  # type: ignore[attr-defined]
    difference = Image.blend(gradient(), opened(written).convert("RGB"), 0.5)
    assert difference.size == (64, 32)
    assert max(abs(a - b) for a, b in zip(_greys(gradient()), _greys(opened(written)), strict=True)) <= 24


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((600, 640), {}),
        ((1200, 300), {"small": (640, 160)}),
        ((2000, 4000), {"small": (320, 640), "large": (800, 1600)}),
    ],
)
async def test_a_large_picture_has_smaller_versions_of_the_same_shape(
    size: tuple[int, int], wanted: dict[str, tuple[int, int]]
) -> None:
    picture, versions = await shrunk(encoded(gradient(*size), "JPEG"))

    assert {name: opened(version).size for name, version in versions.items()} == wanted
    assert {opened(version).format for version in versions.values()} <= {"WEBP"}
    assert (picture.width, picture.height) == size


async def test_a_moving_picture_has_its_first_frame_for_who_wants_no_motion() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green")]

    picture, versions = await shrunk(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))

    assert picture.moves
    red, green, _ = opened(versions["small"]).convert("RGB").getpixel((15, 15))  # type: ignore[misc]
    assert (red > 200, green < 50) == (True, True)
    assert opened(versions["small"]).n_frames == 1  # type: ignore[attr-defined]


async def test_a_few_pixels_stand_in_for_a_picture_that_is_on_its_way() -> None:
    picture, _ = await shrunk(encoded(Image.new("RGB", (900, 300), (10, 60, 200)), "JPEG"))

    assert picture.blur is not None
    assert len(picture.blur) < 1000
    blur = opened(base64.b64decode(picture.blur))
    assert blur.size == (12, 4)
    red, _, blue = blur.convert("RGB").getpixel((6, 2))  # type: ignore[misc]
    assert (red < 60, blue > 150) == (True, True)


async def test_what_is_clear_in_a_picture_stays_clear() -> None:
    for kind in ("PNG", "WEBP"):
        clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
        clear.putpixel((5, 5), (0, 0, 255, 255))

        _, written = await through(encoded(clear, kind, **({"lossless": True} if kind == "WEBP" else {})))

        assert opened(written).convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]
        assert opened(written).convert("RGBA").getpixel((5, 5))[3] == 255  # type: ignore[index]


async def test_colours_are_taken_into_srgb_since_the_profile_stays_behind() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    content = encoded(Image.new("RGB", (20, 20), (10, 200, 30)), "PNG", icc_profile=profile.tobytes())

    for given in (content, encoded(gradient(), "PNG", icc_profile=b"no profile at all")):
        picture, written = await through(given)

        assert picture is not None
        assert "icc_profile" not in opened(written).info


@pytest.mark.parametrize(
    ("kind", "becomes"), [("GIF", "image/gif"), ("PNG", "image/webp"), ("WEBP", "image/webp")]
)
async def test_a_moving_picture_goes_on_moving_at_its_pace(kind: str, becomes: str) -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green", "blue")]
    content = encoded(
        frames[0], kind, save_all=True, append_images=frames[1:], duration=[50, 100, 200], loop=0
    )

    picture, written = await through(content)

    assert picture == Picture(becomes, 30, 30, moves=True)
    shown = opened(written)
    assert shown.n_frames == 3  # type: ignore[attr-defined]
    assert [_colour_and_pace(shown, number) for number in range(3)] == [
        ("red", 50), ("green", 100), ("blue", 200),
    ]  # fmt: skip


async def test_clear_places_of_a_moving_picture_show_nothing_of_the_frame_before() -> None:
    first, second = Image.new("RGBA", (30, 30), "red"), Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    first.putpixel((29, 29), (0, 0, 0, 0))
    second.putpixel((0, 0), (0, 0, 255, 255))
    content = encoded(first, "GIF", save_all=True, append_images=[second], duration=100, disposal=2)

    _, written = await through(content)

    shown = opened(written)
    shown.seek(1)
    assert shown.convert("RGBA").getpixel((20, 20))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(100),
        encoded(gradient(400, 400), "JPEG")[:2000],
        encoded(gradient(400, 400), "PNG")[:200],
        encoded(gradient(), "PPM"),
    ],
    ids=["empty", "svg", "broken gif", "half a jpeg", "half a png", "a kind that we do not take"],
)
async def test_what_is_no_picture_that_we_take_is_said_to_be_none(content: bytes) -> None:
    assert (await through(content))[0] is None


async def test_a_picture_of_more_than_50_million_pixels_is_not_unpacked() -> None:
    content = encoded(Image.new("1", (8000, 6251)), "PNG")
    assert len(content) < 50_000

    assert (await through(content))[0] is None


async def test_a_moving_picture_of_too_many_pixels_is_not_unpacked() -> None:
    frames = [Image.new("1", (3000, 3000), number % 2) for number in range(45)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])

    assert (await through(content))[0] is None


async def test_a_decoder_that_never_ends_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(reencode, "__file__", str(endless))
    monkeypatch.setattr(pictures, "WALL_SECONDS", 0.5)
    began = time.monotonic()

    assert (await through(encoded(gradient(), "PNG")))[0] is None
    assert time.monotonic() - began < 10  # it is an end that counts here, not speed


async def test_the_child_knows_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    curious = tmp_path / "curious.py"
    curious.write_text(
        "import json, os, sys\n"
        "print(dict(os.environ))\n"
        "json.dump({'mime_type': 'x', 'width': 0, 'height': 0, 'moves': False}, sys.stderr)\n"
    )
    monkeypatch.setattr(reencode, "__file__", str(curious))
    monkeypatch.setenv("DRAGOMAN_KEY", "k1:SECRET")

    _, seen = await through(encoded(gradient(), "PNG"))

    assert b"{" in seen
    assert b"SECRET" not in seen


async def test_the_child_takes_no_more_memory_than_it_may(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    greedy = tmp_path / "greedy.py"
    greedy.write_text(
        f"import sys; sys.path.insert(0, {str(Path(reencode.__file__).parent)!r})\n"
        "import reencode\n"
        "reencode.reencode = lambda *_: {'eaten': len(bytearray(2 * reencode.MEMORY_BYTES))}\n"
        "sys.exit(reencode.main())\n"
    )
    monkeypatch.setattr(reencode, "__file__", str(greedy))

    assert (await through(encoded(gradient(), "PNG")))[0] is None


async def test_several_pictures_at_once_take_turns() -> None:
    results = await asyncio.gather(*(through(encoded(gradient(), "PNG")) for _ in range(5)))

    assert [picture is not None for picture, _ in results] == [True] * 5


def _greys(picture: Image.Image) -> list[int]:
    return list(picture.convert("L").tobytes())


def _colour_and_pace(picture: Image.Image, number: int) -> tuple[str, int]:
    picture.seek(number)
    picture.load()
    red, green, blue = picture.convert("RGB").getpixel((15, 15))  # type: ignore[misc]
    colour = max((red, "red"), (green, "green"), (blue, "blue"))[1]
    return colour, int(picture.info["duration"])


async def portrayed(content: bytes) -> Image.Image | None:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(content)
        source.flush()
        return opened(target.read()) if await portrait(source, target) else None


@pytest.mark.parametrize(("width", "height"), [(640, 640), (1200, 300), (40, 900), (8, 8)])
async def test_a_face_becomes_a_small_square_of_its_middle(width: int, height: int) -> None:
    face = await portrayed(encoded(gradient(width, height), "JPEG"))

    assert face is not None
    assert (face.format, face.size, face.mode) == ("WEBP", (192, 192), "RGB")


async def test_a_face_on_nothing_stands_on_white() -> None:
    face = await portrayed(encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG"))

    assert face is not None
    assert face.getpixel((96, 96)) == (255, 255, 255)


async def test_what_is_no_picture_becomes_no_face() -> None:
    assert await portrayed(b"no picture at all") is None
