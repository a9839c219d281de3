"""Pictures drawn on the spot: photos of an espresso machine, stickers, a short animation."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from dragoman.simulator.media.kinds import Media

Colour = tuple[int, int, int]
WALLS: tuple[Colour, ...] = ((236, 226, 212), (214, 224, 228), (226, 216, 222), (218, 226, 212))
BODIES: tuple[Colour, ...] = ((178, 40, 36), (60, 66, 74), (206, 208, 210), (38, 84, 116), (196, 160, 92))
STICKER_SIDE = 512
LARGEST_SIDE = 1280
SMALL_SIDE = 90


def photo(chance: Random) -> Media:
    """A JPEG of somebody's machine on somebody's worktop."""
    picture = _machine(chance, 960, 1280 if chance.random() < 0.7 else 720)
    return Media("photo.jpg", "image/jpeg", encoded(picture, "JPEG"), picture.width, picture.height)


def screenshot(chance: Random) -> Media:
    """A PNG, as sent from a computer."""
    picture = _machine(chance, 800, 500)
    return Media("screenshot.png", "image/png", encoded(picture, "PNG"), picture.width, picture.height)


def sticker(chance: Random) -> Media:
    """A WebP on a transparent ground: a cup, steaming."""
    picture = Image.new("RGBA", (STICKER_SIDE, STICKER_SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    colour = chance.choice(BODIES)
    draw.rounded_rectangle((110, 220, 350, 440), 60, fill=colour)
    draw.arc((320, 260, 440, 380), 270, 90, fill=colour, width=28)
    for left in (170, 230, 290):
        draw.arc((left - 20, 90, left + 20, 200), 90, 270, fill=(150, 150, 150, 255), width=10)
    return Media("sticker.webp", "image/webp", encoded(picture, "WEBP"), STICKER_SIDE, STICKER_SIDE)


def animation(chance: Random) -> Media:
    """A GIF of a filling cup: twelve frames, one second."""
    colour = chance.choice(BODIES)
    frames = [_filling_cup(colour, filled / 12) for filled in range(12)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0)
    return Media("cup.gif", "image/gif", out.getvalue(), frames[0].width, frames[0].height, 1)


def portrait(chance: Random) -> bytes:
    """A face of sorts, as a JPEG: whoever has none looks like a test."""
    picture = Image.new("RGB", (256, 256), chance.choice(WALLS))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 170, 216, 340), fill=chance.choice(BODIES))
    draw.ellipse((78, 56, 178, 176), fill=chance.choice(((236, 200, 172), (196, 148, 110), (128, 86, 62))))
    draw.pieslice(
        (70, 40, 186, 160), 180, 360, fill=chance.choice(((40, 30, 24), (122, 84, 46), (90, 90, 92)))
    )
    return encoded(picture, "JPEG")


def moving_frames(chance: Random, count: int, side: int) -> list[Image.Image]:
    """Frames of a film, square: a cup that fills."""
    colour = chance.choice(BODIES)
    return [_filling_cup(colour, number / count).resize((side, side)) for number in range(count)]


def shrunk(content: bytes, largest_side: int) -> Media:
    """Any picture as a JPEG that fits into a square of that side.

    Raises: OSError (of Pillow) for what is no picture.
    """
    with Image.open(BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((largest_side, largest_side))
    return Media("photo.jpg", "image/jpeg", encoded(picture, "JPEG"), picture.width, picture.height)


def encoded(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind, quality=82)
    return out.getvalue()


def _machine(chance: Random, width: int, height: int) -> Image.Image:
    wall, body = chance.choice(WALLS), chance.choice(BODIES)
    picture = Image.new("RGB", (width, height), wall)
    draw = ImageDraw.Draw(picture)
    table = int(height * chance.uniform(0.7, 0.8))
    draw.rectangle((0, table, width, height), fill=(124, 92, 66))
    left, right = int(width * chance.uniform(0.12, 0.22)), int(width * chance.uniform(0.7, 0.85))
    top = int(height * chance.uniform(0.2, 0.3))
    draw.rounded_rectangle((left, top, right, table), 30, fill=body)
    draw.rounded_rectangle((left + 40, top + 120, right - 40, table - 50), 16, fill=(30, 30, 32))
    middle = (left + right) // 2
    draw.rectangle((middle - 70, top + 120, middle + 70, top + 180), fill=(190, 190, 194))
    draw.rounded_rectangle((middle - 60, table - 150, middle + 60, table - 52), 20, fill=(250, 248, 244))
    draw.ellipse((right - 120, top + 25, right - 50, top + 95), fill=(244, 240, 228))
    return picture


def _filling_cup(colour: Colour, share: float) -> Image.Image:
    picture = Image.new("RGB", (240, 240), (240, 234, 224))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((60, 80, 170, 190), 24, fill=colour)
    draw.arc((150, 100, 205, 160), 270, 90, fill=colour, width=12)
    draw.rectangle((76, 180 - int(84 * share), 154, 180), fill=(82, 50, 30))
    return picture
