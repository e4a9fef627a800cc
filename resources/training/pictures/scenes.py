"""Simple scenes and things that everybody knows."""

import math

import numpy as np

from .canvas import smooth


def _upright(c, turn=0.2, scale=(0.6, 0.92)):
    return c.place(scale, turn, 0.15)


def _boxes(c, boxes, where):
    matrix, at = where

    def shapes(draw, px):
        for x0, y0, x1, y1 in boxes:
            corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
            draw.polygon(px(corners @ matrix.T + at), fill=255)

    return c.ink(shapes)


def maze(c):
    n = c.integer(6, 11)
    seen = np.zeros((n, n), bool)
    seen[0, 0] = True
    walls = {(i, j, d) for i in range(n) for j in range(n) for d in (0, 1)}
    path = [(0, 0)]
    while path:
        i, j = path[-1]
        options = [(a, b) for a, b in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1))
                   if 0 <= a < n and 0 <= b < n and not seen[a, b]]
        if not options:
            path.pop()
            continue
        a, b = c.choice(options)
        walls.discard((min(i, a), min(j, b), 0 if a != i else 1))
        seen[a, b] = True
        path.append((a, b))
    lines = [[(-1, -1), (1, -1)], [(-1, -1), (-1, 1)]]
    at = lambda k: 2 * k / n - 1
    for i, j, d in walls:
        lines.append([(at(i + 1), at(j)), (at(i + 1), at(j + 1))] if d == 0 else
                     [(at(i), at(j + 1)), (at(i + 1), at(j + 1))])
    return c.compose(c.strokes(lines, c.place((0.75, 0.98), squeeze=0.1), c.uniform(0.3, 0.6) / n))


def barcode(c):
    boxes, x = [], -1.0
    while x < 0.95:
        width = c.choice((0.025, 0.025, 0.05, 0.075))
        boxes.append((x, -0.6, min(x + width, 1), 0.6))
        x += width + c.choice((0.025, 0.05, 0.075))
    where = _upright(c, math.pi, (0.75, 1.0))
    paper = _boxes(c, [(-1.08, -0.7, 1.08, 0.7)], where)
    picture = c.mix(c.background(c.colour()), c.colour(0.75, 1), paper)
    return c.mix(picture, c.colour(0, 0.15), _boxes(c, boxes, where))


def clock_face(c):
    where = _upright(c, 0.15, (0.55, 0.92))
    t = np.linspace(0, 2 * math.pi, 64)
    rim = np.stack((np.cos(t), np.sin(t)), -1)
    marks = [[(r * math.sin(a), -r * math.cos(a)) for r in (0.78, 0.92)]
             for a in np.arange(12) * math.pi / 6]
    hour, minute = c.uniform(0, 2 * math.pi), c.uniform(0, 2 * math.pi)
    hands = [[(0, 0), (r * math.sin(a), -r * math.cos(a))] for r, a in ((0.5, hour), (0.75, minute))]
    dial, ink = c.pair(0.4)
    picture = c.mix(c.background(c.colour()), dial, c.polygon(rim, where))
    width = c.uniform(0.04, 0.07)
    picture = c.mix(picture, ink, c.strokes(marks + [rim], where, width))
    return c.mix(picture, ink, c.strokes(hands, where, width * 1.4))


def bar_chart(c):
    n = c.integer(4, 8)
    boxes = []
    for i in range(n):
        x = -0.95 + 1.9 * i / n
        boxes.append((x, 1 - c.uniform(0.3, 1.9), x + 1.9 / n * c.uniform(0.55, 0.75), 1))
    where = _upright(c, 0.12, (0.65, 0.95))
    front, back = c.pair(0.3)
    picture = c.background(back)
    for box in boxes:
        colour = front if c.chance(0.6) else c.colour()
        picture = c.mix(picture, colour, _boxes(c, [box], where))
    return c.mix(picture, c.colour(), c.strokes([[(-1, -1), (-1, 1), (1, 1)]], where, 0.04))


def _sky(c, low, high):
    y = np.linspace(0, 1, c.size, dtype=np.float32)[:, None] * np.ones((1, c.size), np.float32)
    return c.mix(low, high, y)


def sunset(c):
    horizon = c.uniform(-0.1, 0.4)
    x, y = c.plane(turn=0.05)
    warm = np.array([0.95, c.uniform(0.4, 0.65), 0.2], np.float32)
    cool = np.array([c.uniform(0.2, 0.5), 0.15, c.uniform(0.3, 0.5)], np.float32)
    picture = _sky(c, cool, warm)
    sx, radius = c.uniform(-0.6, 0.6), c.uniform(0.15, 0.35)
    sy = horizon - c.uniform(-0.3, 1.2) * radius
    sun = smooth(radius - np.hypot(x - sx, y - sy), 0.02)
    picture = c.mix(picture, np.array([1, 0.9, 0.55], np.float32), sun)
    glint = np.exp(-((x - sx) / (radius * 0.8)) ** 2) * (np.sin(y * c.uniform(50, 90) +
                                                             3 * c.noise(5, 2)) > 0)
    sea = c.mix(cool * 0.6, warm, (0.15 + 0.7 * glint).astype(np.float32))
    return c.mix(picture, sea, smooth(y - horizon, 0.01))


def mountain_range(c):
    x, y = c.plane(turn=0.06)
    picture = _sky(c, c.colour(0.4, 0.8), c.colour(0.6, 1))
    tone = c.colour(0.25, 0.5)
    for layer in range(3):
        ridge = np.zeros(c.size, np.float32)
        for k in range(1, 7):
            f, p = c.uniform(0.6, 1.4) * 2 ** k / 2, c.uniform(0, 1)
            ridge += np.abs((np.linspace(0, f, c.size) + p) % 1 - 0.5) * 2 / 2 ** k
        top = 0.55 * layer - 0.15 - ridge * c.uniform(0.5, 0.8)
        depth = y - top[None, :]
        picture = c.mix(picture, tone * (1.3 - 0.4 * layer), smooth(depth, 0.012))
        if layer == 0:
            snow = smooth(depth, 0.012) * smooth(0.2 - depth + 0.08 * c.noise(12, 2), 0.02)
            picture = c.mix(picture, np.full(3, 0.95, np.float32), snow)
    return np.clip(picture, 0, 1)


def city_skyline(c):
    night = c.chance(0.6)
    sky, wall = (c.colour(0.02, 0.25), c.colour(0.0, 0.12)) if night else (
        c.colour(0.55, 0.95), c.colour(0.1, 0.4))
    picture = _sky(c, sky, np.clip(sky + 0.15, 0, 1).astype(np.float32))
    lamp = np.array([1, 0.85, 0.45], np.float32) if night else np.clip(wall + 0.3, 0, 1)
    where = np.eye(2, dtype=np.float32), np.zeros(2, np.float32)
    x = -1.1
    towers, windows = [], []
    while x < 1:
        width, top = c.uniform(0.18, 0.4), c.uniform(-0.75, 0.45)
        towers.append((x, top, x + width, 1.1))
        step = c.uniform(0.09, 0.13)
        for i in range(int(width / step)):
            for j in range(int((1 - top) / step)):
                if c.chance(0.5):
                    wx, wy = x + (i + 0.3) * step, top + (j + 0.4) * step
                    windows.append((wx, wy, wx + step * 0.45, wy + step * 0.5))
        x += width + c.choice((0, 0.04))
    picture = c.mix(picture, wall, _boxes(c, towers, where))
    return c.mix(picture, lamp.astype(np.float32), _boxes(c, windows, where))


def die(c):
    pips = {1: [(0, 0)], 2: [(-1, -1), (1, 1)], 3: [(-1, -1), (0, 0), (1, 1)],
            4: [(-1, -1), (1, -1), (-1, 1), (1, 1)],
            5: [(-1, -1), (1, -1), (0, 0), (-1, 1), (1, 1)],
            6: [(-1, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (1, 1)]}[c.integer(2, 6)]
    where = c.place((0.5, 0.85))
    t = np.linspace(0, 2 * math.pi, 80)
    power = 0.35
    body = np.stack((np.sign(np.cos(t)) * np.abs(np.cos(t)) ** power,
                     np.sign(np.sin(t)) * np.abs(np.sin(t)) ** power), -1) * 0.85
    radius = c.uniform(0.13, 0.19)
    ring = np.stack((np.cos(t), np.sin(t)), -1) * radius
    face, ink = c.pair(0.45)
    picture = c.mix(c.background(c.colour()), face, c.polygon(body, where))
    for x, y in pips:
        picture = c.mix(picture, ink, c.polygon(ring + [x * 0.48, y * 0.48], where))
    return picture


def smiling_face(c):
    where = _upright(c, 0.5, (0.5, 0.92))
    t = np.linspace(0, 2 * math.pi, 64)
    ring = np.stack((np.cos(t), np.sin(t)), -1)
    mouth = np.linspace(0.15 * math.pi, 0.85 * math.pi, 24)
    smile = np.stack((np.cos(mouth), np.sin(mouth)), -1) * c.uniform(0.5, 0.62)
    skin, ink = c.pair(0.4)
    if c.chance(0.5):
        skin, ink = np.array([0.98, 0.8, 0.2], np.float32), c.colour(0, 0.2)
    picture = c.mix(c.background(c.colour()), skin, c.polygon(ring, where))
    for x in (-0.36, 0.36):
        eye = ring * [0.1, c.uniform(0.12, 0.2)] + [x, -0.28]
        picture = c.mix(picture, ink, c.polygon(eye, where))
    return c.mix(picture, ink, c.strokes([smile], where, c.uniform(0.06, 0.1)))


FAMILY = {
    "maze": maze, "barcode": barcode, "clock face": clock_face, "bar chart": bar_chart,
    "sunset": sunset, "mountain range": mountain_range, "city skyline": city_skyline,
    "die": die, "smiling face": smiling_face,
}
