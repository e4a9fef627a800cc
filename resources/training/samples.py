#!/usr/bin/env python3
"""Draws the bundled sample pictures, which show classes of the trained network, into ../pictures."""

import os

from PIL import Image

import pictures

SEED = 9
# File name, class and number of the picture; none of them is in the sets of dataset.py.
SAMPLES = {
    "city-skyline": ("city skyline", 7),
    "clock-face": ("clock face", 8),
    "julia-set": ("Julia set", 8),
    "leopard": ("leopard", 1),
    "smiling-face": ("smiling face", 3),
    "stained-glass": ("stained glass", 7),
    "torus": ("torus", 1),
}


def main():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pictures")
    for name, (label, index) in SAMPLES.items():
        picture = pictures.render(pictures.CLASSES.index(label), index, 384, SEED)
        Image.fromarray(picture).save(os.path.join(folder, name + ".png"), optimize=True)


if __name__ == "__main__":
    main()
