"""What the families of pictures share: random places, colours, noise, lights and strokes.

A picture is float32 [size, size, 3] in 0..1; a mask or a field is float32 [size, size] in 0..1.
Coordinates run from -1 to 1 over the picture, y downward.
"""

import math

import numpy as np
from PIL import Image, ImageDraw

LUMA = np.array([0.299, 0.587, 0.114], np.float32)


class Canvas:
    """One picture's size and its source of chance."""

    def __init__(self, size, rng):
        self.size = size
        self.rng = rng

    def uniform(self, low, high):
        return float(self.rng.uniform(low, high))

    def integer(self, low, high):
        """low..high, both included."""
        return int(self.rng.integers(low, high + 1))

    def chance(self, probability):
        return self.rng.random() < probability

    def choice(self, options):
        return options[int(self.rng.integers(len(options)))]

    def plane(self, turn=math.pi, zoom=(1.0, 1.0), shift=0.0):
        """Coordinates of all pixels, turned by up to `turn`, scaled and shifted by chance."""
        axis = (np.arange(self.size, dtype=np.float32) + 0.5) * (2 / self.size) - 1
        x, y = np.meshgrid(axis, axis)
        angle = self.uniform(-turn, turn)
        scale = self.uniform(*zoom)
        c, s = math.cos(angle) * scale, math.sin(angle) * scale
        return (c * x - s * y + self.uniform(-shift, shift),
                s * x + c * y + self.uniform(-shift, shift))

    def noise(self, cells, octaves=4, gain=0.5):
        """Smooth noise in 0..1: bicubic lattices, each twice as fine as the one before."""
        total = np.zeros((self.size, self.size), np.float32)
        weight = 1.0
        for octave in range(octaves):
            n = int(round(cells * 2 ** octave)) + 3
            if n > self.size:
                break
            lattice = Image.fromarray(self.rng.random((n, n), np.float32), "F")
            total += weight * np.asarray(
                lattice.resize((self.size, self.size), Image.BICUBIC,
                               box=(1, 1, n - 1, n - 1)))
            weight *= gain
        low, high = np.percentile(total, (1, 99))
        return np.clip((total - low) / max(high - low, 1e-6), 0, 1)

    def colour(self, low=0.0, high=1.0):
        """A random colour whose luminance lies in low..high."""
        for _ in range(64):
            colour = self.rng.random(3).astype(np.float32)
            grey = float(colour @ LUMA)
            mixed = grey + (colour - grey) * self.uniform(0.05, 1.3)
            colour = np.clip(mixed, 0, 1).astype(np.float32)
            if low <= float(colour @ LUMA) <= high:
                return colour
        return np.full(3, (low + high) / 2, np.float32)

    def pair(self, contrast=0.3):
        """Two colours that differ in luminance by `contrast` at least, either one darker."""
        dark = self.colour(0.0, 0.95 - contrast)
        light = self.colour(float(dark @ LUMA) + contrast, 1.0)
        return (dark, light) if self.chance(0.5) else (light, dark)

    def mix(self, a, b, t):
        """Colours or pictures a and b blended by a field: a where it is 0, b where it is 1."""
        return a + (b - a) * t[..., None]

    def background(self, colour):
        """A quiet picture around one colour: flat, shaded, clouded, striped or mottled."""
        kind = self.integer(0, 4)
        other = np.clip(colour + self.rng.uniform(-0.16, 0.16, 3), 0, 1).astype(np.float32)
        if kind == 0:
            return np.broadcast_to(colour, (self.size, self.size, 3)).copy()
        if kind == 1:
            x, _ = self.plane()
            t = np.clip(x * 0.5 + 0.5, 0, 1)
        elif kind == 2:
            t = self.noise(self.uniform(2, 6))
        elif kind == 3:
            x, _ = self.plane(zoom=(4, 16))
            t = np.sin(x) * 0.5 + 0.5
        else:
            t = self.noise(self.uniform(10, 30), octaves=2)
        return self.mix(colour, other, t.astype(np.float32))

    def place(self, scale=(0.5, 0.85), turn=math.pi, squeeze=0.25):
        """A random affine map of the unit shape onto the canvas."""
        size = self.uniform(*scale)
        angle = self.uniform(-turn, turn)
        sx, sy = size, size * self.uniform(1 - squeeze, 1)
        room = max(0.0, 1.0 - size) * 0.8
        c, s = math.cos(angle), math.sin(angle)
        matrix = np.array([[c * sx, -s * sy], [s * sx, c * sy]], np.float32)
        return matrix, np.array([self.uniform(-room, room), self.uniform(-room, room)], np.float32)

    def ink(self, draw_shapes, fine=3):
        """A mask that draw_shapes(draw, pixel) draws with PIL at `fine` times the size; pixel()
        turns unit coordinates [n, 2] into a list of points."""
        n = self.size * fine
        image = Image.new("L", (n, n), 0)

        def pixel(points):
            return [tuple(p) for p in ((np.asarray(points, np.float32) + 1) * (n / 2)).tolist()]

        draw_shapes(ImageDraw.Draw(image), pixel)
        return np.asarray(image.reduce(fine), np.float32) / 255

    def polygon(self, points, where=None):
        matrix, at = where or self.place()
        return self.ink(lambda draw, px: draw.polygon(px(np.asarray(points) @ matrix.T + at),
                                                      fill=255))

    def strokes(self, lines, where, width):
        """Polylines in unit coordinates, `width` as a share of the picture's half width."""
        matrix, at = where

        def shapes(draw, px):
            thick = max(1, int(round(width * self.size * 3 / 2)))
            for line in lines:
                draw.line(px(np.asarray(line) @ matrix.T + at), fill=255, width=thick,
                          joint="curve")

        return self.ink(shapes)

    def fill(self, colour):
        """What a shape is filled with: mostly one colour, now and then shaded or textured."""
        kind = self.integer(0, 5)
        if kind <= 2:
            return np.broadcast_to(colour, (self.size, self.size, 3))
        other = np.clip(colour + self.rng.uniform(-0.22, 0.22, 3), 0, 1).astype(np.float32)
        if kind == 3:
            x, _ = self.plane()
            return self.mix(colour, other, np.clip(x * 0.5 + 0.5, 0, 1))
        if kind == 4:
            return self.mix(colour, other, self.noise(self.uniform(4, 20)))
        x, _ = self.plane(zoom=(8, 24))
        return self.mix(colour, other, (np.sin(x) * 0.5 + 0.5).astype(np.float32))

    def compose(self, mask, contrast=0.3, fill=None):
        """A shape before a background, sometimes with its shadow or a few dots of dirt."""
        front, back = self.pair(contrast)
        picture = self.background(back)
        if self.chance(0.25):
            dx, dy = self.integer(1, 6), self.integer(1, 6)
            shadow = np.roll(mask, (dy, dx), (0, 1)) * 0.35
            picture = picture * (1 - shadow[..., None])
        return self.mix(picture, self.fill(front) if fill is None else fill, mask)

    def finish(self, picture):
        """The light, the camera: shading, exposure, blur, grain. Returns uint8."""
        if self.chance(0.5):
            x, y = self.plane(shift=0.5)
            picture = picture * (1 + self.uniform(-0.35, 0.35) * x)[..., None]
            if self.chance(0.3):
                picture = picture * (1 - 0.25 * np.minimum(x * x + y * y, 1.5))[..., None]
        gamma = 2 ** self.uniform(-0.5, 0.5)
        picture = np.clip(picture, 0, 1) ** gamma
        gain = self.uniform(0.7, 1.1)
        picture = picture * gain + self.uniform(0, max(0.0, 1 - gain))
        tint = self.rng.uniform(0.9, 1.1, 3).astype(np.float32)
        picture = picture * tint
        if self.chance(0.4):
            picture = picture + self.rng.standard_normal(
                picture.shape, np.float32) * self.uniform(0.005, 0.05)
        return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def smooth(distance, edge):
    """A soft step: 0 below -edge, 1 above edge."""
    t = np.clip(distance / (2 * edge) + 0.5, 0, 1)
    return t * t * (3 - 2 * t)
