"""Curves: one drawn line, thin or thick."""

import math

import numpy as np


def _line(points, turn=math.pi, width=(0.035, 0.1), squeeze=0.25):
    def draw(c):
        where = c.place((0.6, 0.92), turn, squeeze)
        return c.compose(c.strokes([points(c)], where, c.uniform(*width)))

    return draw


def _xy(x, y):
    return np.stack((x, y), -1).astype(np.float32)


def _turn(n=400, turns=1.0):
    return np.linspace(0, 2 * math.pi * turns, n)


def _sine_wave(c):
    t = np.linspace(-1, 1, 200)
    return _xy(t, c.uniform(0.2, 0.5) * np.sin(t * math.pi * c.uniform(1.5, 3.5)))


def _square_wave(c):
    periods, height = c.integer(2, 4), c.uniform(0.2, 0.45)
    points = []
    for i in range(2 * periods):
        level = height if i % 2 else -height
        points += [(i / periods - 1, level), ((i + 1) / periods - 1, level)]
    return np.array(points, np.float32)


def _figure_eight(c):
    t = _turn()
    d = 1 + np.sin(t) ** 2
    return _xy(np.cos(t) / d, c.uniform(0.9, 1.4) * np.sin(t) * np.cos(t) / d)


def _rose(c):
    t = _turn(600)
    k = c.choice((3, 5, 2, 4))
    r = np.cos(k * t)
    return _xy(r * np.cos(t), r * np.sin(t))


def _spirograph(c):
    outer, inner = c.choice(((8, 3), (7, 3), (9, 4), (11, 4), (10, 3)))
    pen = c.uniform(0.6, 1.0) * inner
    t = _turn(1200, inner)
    d = outer - inner
    return _xy(d * np.cos(t) + pen * np.cos(d / inner * t),
               d * np.sin(t) - pen * np.sin(d / inner * t)) / (d + pen)


def _lissajous(c):
    a, b = c.choice(((2, 3), (3, 4), (3, 5), (4, 5)))
    t = _turn(800)
    return _xy(np.sin(a * t + c.uniform(0.3, 1.2)), np.sin(b * t))


def _trefoil_knot(c):
    t = _turn()
    return _xy(np.sin(t) + 2 * np.sin(2 * t), np.cos(t) - 2 * np.cos(2 * t)) / 3


def _coil(c):
    loops = c.integer(4, 7)
    t = np.linspace(0, 2 * math.pi * loops, 600)
    x = t / (math.pi * loops) - 1
    radius = c.uniform(0.25, 0.4)
    return _xy(0.8 * x + 0.5 * radius * np.sin(t), radius * np.cos(t))


def _scribble(c):
    t = np.linspace(0, 1, 300)
    x = sum(c.uniform(-1, 1) * np.sin(2 * math.pi * (k * t + c.uniform(0, 1))) / k ** 0.6
            for k in range(1, 8))
    y = sum(c.uniform(-1, 1) * np.sin(2 * math.pi * (k * t + c.uniform(0, 1))) / k ** 0.6
            for k in range(1, 8))
    points = _xy(x, y)
    return (points - points.mean(0)) / np.abs(points - points.mean(0)).max()


FAMILY = {
    "sine wave": _line(_sine_wave, width=(0.05, 0.12)),
    "square wave": _line(_square_wave, width=(0.05, 0.12)),
    "figure eight": _line(_figure_eight, width=(0.05, 0.14)),
    "rose curve": _line(_rose),
    "spirograph": _line(_spirograph, width=(0.03, 0.06)),
    "Lissajous figure": _line(_lissajous, width=(0.03, 0.07), turn=0.5),
    "trefoil knot": _line(_trefoil_knot, width=(0.05, 0.12)),
    "coil": _line(_coil, width=(0.04, 0.08)),
    "scribble": _line(_scribble, width=(0.03, 0.07)),
}
