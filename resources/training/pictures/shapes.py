"""Flat shapes: filled outlines in any colour, size and turn, before a quiet background."""

import math

import numpy as np


def _around(n, radius=lambda i: 1.0, start=-math.pi / 2):
    angles = start + 2 * math.pi * np.arange(n) / n
    r = np.array([radius(i) for i in range(n)])
    return np.stack((r * np.cos(angles), r * np.sin(angles)), -1)


def _regular(n):
    return lambda c: _around(n)


def _star(c):
    inner = c.uniform(0.36, 0.46)
    return _around(10, lambda i: 1.0 if i % 2 == 0 else inner)


def _heart(c):
    t = np.linspace(0, 2 * math.pi, 80)
    return np.stack((16 * np.sin(t) ** 3,
                     -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t)
                       - np.cos(4 * t))), -1) / 17


def _crescent(c):
    bite = c.uniform(0.35, 0.6)
    out = np.linspace(0.6, 2 * math.pi - 0.6, 60)
    outer = np.stack((np.cos(out), np.sin(out)), -1)
    end = outer[-1]
    radius = math.hypot(end[0] - bite, end[1])
    first = math.atan2(end[1], end[0] - bite) % (2 * math.pi)
    back = np.linspace(first, 2 * math.pi - first, 60)
    inner = np.stack((bite + radius * np.cos(back), radius * np.sin(back)), -1)
    return np.concatenate((outer, inner))


def _plus_sign(c):
    w = c.uniform(0.2, 0.36)
    return [(-w, -1), (w, -1), (w, -w), (1, -w), (1, w), (w, w), (w, 1), (-w, 1), (-w, w),
            (-1, w), (-1, -w), (-w, -w)]


def _arrow(c):
    w, h = c.uniform(0.15, 0.28), c.uniform(0.5, 0.75)
    neck = c.uniform(-0.1, 0.25)
    return [(-1, -w), (neck, -w), (neck, -h), (1, 0), (neck, h), (neck, w), (-1, w)]


def _teardrop(c):
    t = np.linspace(0, 2 * math.pi, 80)
    return np.stack((np.sin(t) * np.sin(t / 2) ** c.uniform(1.3, 2.2), -np.cos(t)), -1)


def _gear(c):
    teeth, depth = c.integer(7, 12), c.uniform(0.72, 0.82)
    return _around(teeth * 4, lambda i: 1.0 if i % 4 < 2 else depth)


def _flower(c):
    petals, depth = c.integer(5, 8), c.uniform(0.2, 0.35)
    t = np.linspace(0, 2 * math.pi, 160)
    r = 1 - depth + depth * np.cos(petals * t)
    return np.stack((r * np.cos(t), r * np.sin(t)), -1)


def _lightning_bolt(c):
    k = c.uniform(0.9, 1.1)
    return [(0.1, -1), (-0.55 * k, 0.15), (-0.05, 0.1), (-0.35, 1), (0.55 * k, -0.25),
            (0.05, -0.2), (0.45, -1)]


def _fish(c):
    tail, deep = c.uniform(0.3, 0.45), c.uniform(0.38, 0.5)
    t = np.linspace(math.pi * 0.1, math.pi * 1.9, 50)
    body = np.stack((0.25 - 0.75 * np.cos(t), -deep * np.sin(t)), -1)
    return np.concatenate((body, [(-1, tail), (-0.8, 0), (-1, -tail)]))


def _leaf(c):
    t = np.linspace(-1, 1, 40)
    bulge = c.uniform(0.4, 0.55)
    side = bulge * np.cos(t * math.pi / 2) ** c.uniform(0.8, 1.3) * (1 - 0.25 * t)
    return np.concatenate((np.stack((t, side), -1), np.stack((t, -side), -1)[::-1]))


def _filled(outline, turn=math.pi):
    def draw(c):
        where = c.place((0.45, 0.9), turn)
        return c.compose(c.polygon(outline(c), where))

    return draw


def _pierced(outline, holes):
    """A shape with parts cut out of it."""
    def draw(c):
        where = c.place((0.45, 0.9))
        mask = c.polygon(outline(c), where)
        for hole in holes(c):
            mask = mask * (1 - c.polygon(hole, where))
        return c.compose(mask)

    return draw


def _disc_at(x, y, radius):
    return _around(48, lambda i: radius) + [x, y]


def _eye(c):
    return [_disc_at(0.6, -0.1, 0.08)]


def _vein(c):
    w = c.uniform(0.03, 0.06)
    return [[(-0.95, -w), (0.8, -0.01), (0.8, 0.01), (-0.95, w)]]


FAMILY = {
    "disc": _filled(lambda c: _around(64)),
    "triangle": _filled(_regular(3)),
    "square": _filled(_regular(4)),
    "pentagon": _filled(_regular(5)),
    "hexagon": _filled(_regular(6)),
    "star": _filled(_star),
    "heart": _filled(_heart, 0.6),
    "crescent": _filled(_crescent),
    "plus sign": _filled(_plus_sign),
    "arrow": _filled(_arrow),
    "ring": _pierced(lambda c: _around(64), lambda c: [_disc_at(0, 0, c.uniform(0.45, 0.75))]),
    "teardrop": _filled(_teardrop, 0.7),
    "gear": _pierced(_gear, lambda c: [_disc_at(0, 0, c.uniform(0.2, 0.45))]),
    "flower": _pierced(_flower, lambda c: [_disc_at(0, 0, c.uniform(0.12, 0.22))]),
    "lightning bolt": _filled(_lightning_bolt, 0.6),
    "fish": _pierced(_fish, _eye),
    "leaf": _pierced(_leaf, _vein),
}
