"""One hundred kinds of pictures, each drawn by a formula and a few random numbers."""

import numpy as np

from . import curves, fractals, glyphs, scenes, shapes, solids, textures
from .canvas import Canvas

FAMILIES = {
    "textures": textures.FAMILY, "shapes": shapes.FAMILY, "curves": curves.FAMILY,
    "fractals": fractals.FAMILY, "solids": solids.FAMILY, "letters": glyphs.FAMILY,
    "scenes": scenes.FAMILY,
}
CLASSES = [name for family in FAMILIES.values() for name in family]
_DRAW = [draw for family in FAMILIES.values() for draw in family.values()]


def render(label, index, size, seed):
    """Picture `index` of class `label` as uint8 [size, size, 3]: the same for the same numbers."""
    canvas = Canvas(size, np.random.default_rng((seed, label, index)))
    return canvas.finish(_DRAW[label](canvas))
