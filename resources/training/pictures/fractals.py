"""Fractals: escape times, substitutions and iterated maps."""

import math

import numpy as np


def _palette(c, t):
    """A smooth run through three random colours."""
    a, b = c.pair(0.35)
    m = c.colour()
    t = np.clip(t, 0, 1)
    low = c.mix(a, m, np.clip(t * 2, 0, 1))
    return c.mix(low, b, np.clip(t * 2 - 1, 0, 1))


def _escape(c, z, k, steps=36):
    """Smoothed share of the steps after which each point has left; 1 where it stays."""
    time = np.full(z.shape, 1, np.float32)
    live = np.ones(z.shape, bool)
    for i in range(steps):
        z[live] = z[live] * z[live] + (k[live] if isinstance(k, np.ndarray) else k)
        size = np.abs(z)
        gone = live & (size > 6)
        time[gone] = (i + 1 - np.log2(np.log(size[gone]) / math.log(6))) / steps
        live &= ~gone
    return time


def _escape_picture(c, time):
    inside = (time >= 1).astype(np.float32)
    outside = _palette(c, np.sqrt(np.clip(time, 0, 1)) * c.uniform(1, 1.4))
    return c.mix(outside, c.colour(0, 0.15) if c.chance(0.7) else c.colour(), inside)


def mandelbrot_set(c):
    x, y = c.plane(zoom=(0.9, 1.5), shift=0.25)
    k = ((x - 0.6) + 1j * y).astype(np.complex64)
    return _escape_picture(c, _escape(c, np.zeros_like(k), k))


def julia_set(c):
    x, y = c.plane(zoom=(1.0, 1.5), shift=0.15)
    k = c.choice((-0.8 + 0.156j, -0.4 + 0.6j, 0.285 + 0.01j, -0.7269 + 0.1889j,
                  -0.835 - 0.2321j, -0.123 + 0.745j, 0.355 + 0.355j))
    k += c.uniform(-0.01, 0.01) + 1j * c.uniform(-0.01, 0.01)
    return _escape_picture(c, _escape(c, (x + 1j * y).astype(np.complex64), np.complex64(k)))


def newton_fractal(c):
    x, y = c.plane(zoom=(0.8, 1.8), shift=0.4)
    z = (x + 1j * y).astype(np.complex64) + 1e-6
    n = c.choice((3, 3, 4, 5))
    for _ in range(12):
        z = z - (z - z ** (1 - n)) / n
        z = np.where(np.abs(z) < 50, z, 50 * z / np.abs(z))  # thrown far out, it comes back slowly
    which = np.round(np.angle(z) * n / (2 * math.pi)).astype(int) % n
    colours = np.stack([c.colour(0.1, 0.95) for _ in range(n)])
    return colours[which].astype(np.float32)


def sierpinski_triangle(c):
    corners = [np.array([(0, -1), (-0.87, 0.5), (0.87, 0.5)], np.float32)]
    for _ in range(c.integer(4, 5)):
        corners = [np.stack((t[i], (t[i] + t[(i + 1) % 3]) / 2, (t[i] + t[(i + 2) % 3]) / 2))
                   for t in corners for i in range(3)]
    matrix, at = c.place((0.7, 1.05))
    return c.compose(c.ink(lambda draw, px: [
        draw.polygon(px(t @ matrix.T + at), fill=255) for t in corners]))


def sierpinski_carpet(c):
    x, y = c.plane(zoom=(0.55, 0.75), shift=0.08)
    x, y = x + 0.5, y + 0.5
    mask = ((x >= 0) & (x < 1) & (y >= 0) & (y < 1))
    for level in range(c.integer(3, 4)):
        scale = 3 ** (level + 1)
        mask &= ~((np.floor(x * scale) % 3 == 1) & (np.floor(y * scale) % 3 == 1))
    return c.compose(mask.astype(np.float32))


def koch_snowflake(c):
    points = [np.array(p) for p in ((0, -1), (0.87, 0.5), (-0.87, 0.5))]
    turn = np.array([[0.5, math.sqrt(3) / 2], [-math.sqrt(3) / 2, 0.5]])
    for _ in range(c.integer(3, 4)):
        grown = []
        for p, q in zip(points, points[1:] + points[:1]):
            d = (q - p) / 3
            grown += [p, p + d, p + d + turn @ d, p + 2 * d]
        points = grown
    where = c.place((0.55, 0.9))
    mask = c.polygon(points, where)
    if c.chance(0.3):
        mask = c.strokes([points + points[:1]], where, 0.03)
    return c.compose(mask)


def _scatter(c, points, spread=0.9, turn=0.5):
    """A cloud of points as a mask: counted at twice the size, then softened."""
    low, high = points.min(0), points.max(0)
    unit = (points - (low + high) / 2) / (high - low).max() * 2
    matrix, at = c.place((0.75, spread), turn, 0.15)
    n = c.size * 2
    xy = ((unit @ matrix.T + at + 1) * (n / 2)).astype(int)
    xy = xy[((xy >= 0) & (xy < n)).all(1)]
    count = np.zeros((n, n), np.float32)
    np.add.at(count, (xy[:, 1], xy[:, 0]), 1)
    mask = np.minimum(count, 1).reshape(c.size, 2, c.size, 2).mean((1, 3))
    return np.minimum(mask * 1.6, 1)


def _iterate(c, maps, weights, points=3000, steps=14):
    maps = np.asarray(maps, np.float32)
    xy = c.rng.uniform(-1, 1, (points, 2)).astype(np.float32)
    kept = []
    for step in range(steps + 8):
        m = maps[c.rng.choice(len(maps), points, p=weights)]
        xy = np.stack((m[:, 0] * xy[:, 0] + m[:, 1] * xy[:, 1] + m[:, 4],
                       m[:, 2] * xy[:, 0] + m[:, 3] * xy[:, 1] + m[:, 5]), -1)
        if step >= 8:
            kept.append(xy)
    return np.concatenate(kept)


def fern(c):
    bend = c.uniform(-0.03, 0.05)
    points = _iterate(c, [(0, 0, 0, 0.16, 0, 0), (0.85, 0.04 + bend, -0.04 - bend, 0.85, 0, 1.6),
                          (0.2, -0.26, 0.23, 0.22, 0, 1.6), (-0.15, 0.28, 0.26, 0.24, 0, 0.44)],
                      [0.01, 0.85, 0.07, 0.07])
    points[:, 1] *= -1
    return c.compose(_scatter(c, points, 1.0, 0.9))


def dragon_curve(c):
    turns = np.array([1], int)
    for _ in range(c.integer(8, 10)):
        turns = np.concatenate((turns, [1], -turns[::-1]))
    heading = np.cumsum(np.concatenate(([0], turns))) % 4
    steps = np.array([(1, 0), (0, 1), (-1, 0), (0, -1)], float)[heading]
    corner = np.concatenate(([(0, 0)], np.cumsum(steps, 0)))
    return _curve(c, corner)


def hilbert_curve(c):
    x, y = np.array([0.0]), np.array([0.0])
    for _ in range(c.integer(3, 4)):
        x, y = (np.concatenate((y - 1, x - 1, x + 1, 1 - y)) / 2,
                np.concatenate((x - 1, y + 1, y + 1, -1 - x)) / 2)
    return _curve(c, np.stack((x, y), -1))


def _curve(c, points):
    points = np.asarray(points, np.float32)
    low, high = points.min(0), points.max(0)
    unit = (points - (low + high) / 2) / (high - low).max() * 2
    step = float(np.linalg.norm(unit[1] - unit[0]))
    where = c.place((0.7, 0.95), squeeze=0.1)
    return c.compose(c.strokes([unit], where, step * c.uniform(0.25, 0.5)))


def fractal_tree(c):
    spread, shrink = c.uniform(0.35, 0.6), c.uniform(0.68, 0.77)
    lines = []

    def grow(x, y, angle, length, depth):
        nx, ny = x + length * math.sin(angle), y - length * math.cos(angle)
        lines.append((depth, [(x, y), (nx, ny)]))
        if depth < 7:
            sway = c.uniform(-0.12, 0.12)
            grow(nx, ny, angle - spread + sway, length * shrink, depth + 1)
            grow(nx, ny, angle + spread + sway, length * shrink, depth + 1)

    grow(0, 1, c.uniform(-0.1, 0.1), 0.6, 0)
    matrix, at = c.place((0.75, 0.95), 0.25, 0.15)

    def shapes(draw, px):
        for depth, line in lines:
            draw.line(px(np.array(line) @ matrix.T + at), fill=255,
                      width=max(1, int(c.size * 0.13 * 0.68 ** depth)))

    return c.compose(c.ink(shapes))


FAMILY = {
    "Mandelbrot set": mandelbrot_set, "Julia set": julia_set, "Newton fractal": newton_fractal,
    "Sierpinski triangle": sierpinski_triangle, "Sierpinski carpet": sierpinski_carpet,
    "Koch snowflake": koch_snowflake, "fern": fern, "dragon curve": dragon_curve,
    "Hilbert curve": hilbert_curve, "fractal tree": fractal_tree,
}
