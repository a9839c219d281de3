"""Whether two pictures show the same: a smoother edge is no difference, an element two pixels further on is."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

# An edge may lie one pixel beside its place, and be lighter or darker by this much of 255.
SHADES = 40
# Pixels off that are no difference yet: a few corners of letters, where rasterisers disagree.
FEW = 12


@dataclass(frozen=True, slots=True)
class Difference:
    pixels: int
    picture: Image.Image  # white where the two differ

    @property
    def is_seen(self) -> bool:
        return self.pixels > FEW


def difference(kept: Image.Image, now: Image.Image) -> Difference:
    """Pixels of either picture that are found nowhere near the same place of the other."""
    kept, now = kept.convert("RGB"), now.convert("RGB")
    if kept.size != now.size:
        return Difference(kept.width * kept.height, Image.new("L", kept.size, 255))
    off = ImageChops.lighter(strays(kept, now), strays(now, kept))
    return Difference(off.histogram()[255], off)


def strays(picture: Image.Image, other: Image.Image) -> Image.Image:
    """White where a pixel is darker or lighter than all nine around the same place of the other picture."""
    too_dark = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), picture)
    too_light = ImageChops.subtract(picture, other.filter(ImageFilter.MaxFilter(3)))
    worst = ImageChops.lighter(too_dark, too_light)
    red, green, blue = worst.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point([255 if shade > SHADES else 0 for shade in range(256)])
