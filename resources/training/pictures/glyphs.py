"""Letters and digits in many typefaces, upright or a little turned."""

import glob
import os

import numpy as np
from PIL import Image, ImageDraw, ImageFont


# Families of Debian's fonts-dejavu-core, fonts-inter, fonts-liberation and fonts-urw-base35.
FAMILIES = ("DejaVuSans", "DejaVuSerif", "Inter-", "Liberation", "NimbusRoman", "NimbusSans",
            "P052", "C059", "URWBookman", "URWGothic")


def _typefaces():
    files = sorted(glob.glob("/usr/share/fonts/**/*.[ot]tf", recursive=True))
    return [f for f in files if os.path.basename(f).startswith(FAMILIES)]


TYPEFACES = _typefaces()


def _glyph(text):
    def draw(c):
        if not TYPEFACES:
            raise SystemExit("letters need typefaces: apt-get install fonts-dejavu-core fonts-liberation")
        n = c.size * 2
        font = ImageFont.truetype(c.choice(TYPEFACES), int(n * c.uniform(0.55, 1.0)))
        left, top, right, bottom = font.getbbox(text)
        image = Image.new("L", (n, n), 0)
        room = max(0, n - max(right - left, bottom - top)) / 2
        ImageDraw.Draw(image).text(
            ((n - right - left) / 2 + c.uniform(-0.8, 0.8) * room,
             (n - bottom - top) / 2 + c.uniform(-0.8, 0.8) * room), text, fill=255, font=font)
        shear = c.uniform(-0.25, 0.25)
        image = image.transform((n, n), Image.AFFINE, (1, shear, -shear * n / 2, 0, 1, 0),
                                Image.BILINEAR)
        image = image.rotate(c.uniform(-20, 20), Image.BILINEAR)
        return c.compose(np.asarray(image.reduce(2), np.float32) / 255)

    return draw


FAMILY = {f"letter {a}": _glyph(a) for a in "AEGKRSX"}
FAMILY.update({f"digit {d}": _glyph(d) for d in "248"})
